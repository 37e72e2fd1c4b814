import type { IncomingMessage } from 'node:http';
import { cleanText } from '#platform/http/clean-words.ts';
import { Problem } from './problem.ts';

const MOST_BYTES = 65_536;

/** The JSON value of a request's body, its texts clean. Throws a Problem when it is too large or no JSON. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new Problem('not-json', 'Send the body with content-type application/json');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MOST_BYTES)
      throw new Problem('too-large', 'Send a body of 64 KB or less', { headers: { connection: 'close' } });
    parts.push(part);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? cleanText(value) : value));
  } catch {
    throw new Problem('unreadable', 'The body is no JSON text in UTF-8');
  }
}
