/** The seat's calls to the server: plain POST and GET, JSON, with a limit on how long one may hang. */
import type { Paper, SeatState } from '../../systems/online-assessments/protocol/wire.ts';
import type { Reply } from './sender.ts';

/** After this a request counts as unanswered. The server may have acted on it all the same; a repeat settles that. */
const PATIENCE_MS = 12_000;

/** Asks, and returns what came, whatever its status. Rejects when nothing came. */
export async function ask(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Reply> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patienceMs);
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: given.signal,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text), retryAfterMs: seconds(response.headers.get('retry-after')) };
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error page, or something between us and the server.
    return undefined;
  }
}

function seconds(header: string | null): number | null {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value >= 0 ? value * 1000 : null;
}

export const isPaper = (reply: Reply): reply is Reply & { body: Paper } =>
  reply.status === 200 && typeof (reply.body as Paper | undefined)?.sittingId === 'string';

export const isState = (reply: Reply): reply is Reply & { body: SeatState } =>
  reply.status === 200 && typeof (reply.body as SeatState | undefined)?.goTo === 'string';
