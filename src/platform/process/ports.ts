import { createServer } from 'node:net';
import { OperatorError } from './operator-error.ts';

/** A free TCP port on this address: `port` itself, or for 0 any. Throws OperatorError when it cannot be had. */
export async function claimablePort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    return (server.address() as { port: number }).port;
  } catch (error) {
    throw explainListening(error, host, port);
  } finally {
    await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
  }
}

/** The reason why listening failed, as a sentence for the operator; other errors stay as they are. */
export function explainListening(error: unknown, host: string, port: number): unknown {
  const because = { cause: error };
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new OperatorError(
        `PORT ${port} on ${host} is in use by another program: stop that, or set PORT to another number.`,
        because,
      );
    case 'EACCES':
      return new OperatorError(`PORT ${port} may not be used by this user: set PORT to a number above 1023.`, because);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new OperatorError(
        `HOST "${host}" is not an address of this machine: set HOST to one that is, or leave it at 127.0.0.1.`,
        because,
      );
    default:
      return error;
  }
}
