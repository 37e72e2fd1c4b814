/**
 * Answers of the hot paths, written without the hooks of an ordinary answer (compression, cookies, the policy put
 * together anew for each answer), and with the very headers that those would give.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';

// Of an answer, not of every answer.
const OWN = /^(content-|date$|connection$|keep-alive$|set-cookie$|vary$|etag$|location$)/;

/** Takes the headers that every answer carries from one that the server gives to a seat nobody holds. */
export function commonHeaders(app: FastifyInstance): () => Promise<Record<string, string>> {
  let taken: Promise<Record<string, string>> | undefined;
  const take = async () => {
    const { headers } = await app.inject({ method: 'GET', url: '/sit/state' });
    return Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        OWN.test(name) || value === undefined ? [] : [[name, String(value)]],
      ),
    );
  };
  return () => {
    taken ??= take();
    return taken;
  };
}

/** Writes a JSON answer. `more`: headers of this answer. */
export function answerQuickly(
  reply: FastifyReply,
  common: Record<string, string>,
  status: number,
  body: unknown,
  more: Record<string, string> = {},
): void {
  // As text: headers and body then leave in one write.
  const text = JSON.stringify(body);
  reply.hijack();
  reply.raw.writeHead(status, {
    ...common,
    ...more,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  reply.raw.end(text);
}
