/** A proxy that lets a request reach the server, waits for the answer (so the commit has happened), and cuts instead of passing it on. */
import { connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  readonly port: number;
  /** Bodies of the answers that were cut off, in order. */
  readonly cut: readonly string[];
  /** Answers that were passed on. */
  passed(): number;
  close(): Promise<void>;
}

/** Each connection's first answer is cut while `cutting` says so; what follows on a new connection passes. */
export async function startCutProxy(port: number, cutting: () => boolean): Promise<CutProxy> {
  const cut: string[] = [];
  let passed = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
    let answer = '';
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      const end = answer.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, end))?.[1] ?? 0);
      if (end < 0 || answer.length < end + 4 + length) return;
      const whole = answer;
      answer = '';
      if (cutting()) {
        cut.push(whole.slice(end + 4));
        // Reset rather than end: as when a line breaks.
        client.resetAndDestroy();
        upstream.destroy();
        return;
      }
      passed++;
      client.write(whole, 'latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut,
    passed: () => passed,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
