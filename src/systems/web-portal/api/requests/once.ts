import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { Problem } from './problem.ts';

/** What an act of the API leads to. */
export interface Outcome {
  readonly status: number;
  /** The address of what was made. */
  readonly location: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const HOURS_KEPT = 24;
const FORM = /^[\x21-\x7e]{1,200}$/;

/** The Idempotency-Key of a request; a Problem where there is none or it cannot be one. */
export function idempotencyKeyIn(header: string | string[] | undefined): string {
  if (typeof header === 'string' && FORM.test(header)) return header;
  throw new Problem('unreadable', 'Send the header Idempotency-Key with a text of your own for each new request', {
    errors: [{ parameter: 'Idempotency-Key', detail: 'Send 1 to 200 characters without spaces, such as a UUID' }],
  });
}

/** What is compared of two requests with one Idempotency-Key. */
export function requestHash(address: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${address}\n${JSON.stringify(body)}`)
    .digest();
}

/**
 * Does `work` once for each Idempotency-Key of an API key, in the transaction of the writer: its answer is kept with it,
 * so both are there or neither. What is refused leaves nothing, and may be sent again under the same Idempotency-Key.
 * While the first is worked on, others are told to wait; the lock ends with its transaction, however that ends.
 */
export async function once(
  writer: Writer,
  request: { readonly apiKeyId: string; readonly centreId: string; readonly key: string; readonly hash: Buffer },
  work: () => Promise<Outcome>,
): Promise<Outcome & { readonly repeated: boolean }> {
  const { apiKeyId, centreId, key, hash } = request;
  const [lock] = await writer.rows(
    sql<{
      held: boolean;
    }>`select pg_try_advisory_xact_lock(hashtextextended(${`web-portal.api:${apiKeyId}:${key}`}, 0)) as held`,
  );
  if (!lock?.held)
    throw new Problem(
      'in-flight',
      'A request with this Idempotency-Key is being worked on. Send it again in a second',
      {
        headers: { 'retry-after': '1' },
      },
    );
  const before = await writer.db
    .selectFrom('web_portal.api_answers')
    .select(['request_hash', 'status', 'location', 'body'])
    .where('key_id', '=', apiKeyId)
    .where('centre_id', '=', centreId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  if (before) {
    if (!before.request_hash.equals(hash))
      throw new Problem(
        'key-used-otherwise',
        'This Idempotency-Key belongs to another request of the last 24 hours. Take a new one',
      );
    return {
      status: before.status,
      location: before.location,
      body: before.body as Record<string, unknown>,
      repeated: true,
    };
  }
  const outcome = await work();
  await writer.db
    .insertInto('web_portal.api_answers')
    .values({
      key_id: apiKeyId,
      centre_id: centreId,
      idempotency_key: key,
      request_hash: hash,
      status: outcome.status,
      location: outcome.location,
      body: JSON.stringify(outcome.body),
      answered_at: writer.now,
    })
    .execute();
  return { ...outcome, repeated: false };
}

/** Forgets answers that are older than they are kept for. */
export async function sweepAnswers(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    await db
      .deleteFrom('web_portal.api_answers')
      .where('answered_at', '<', new Date(now.getTime() - HOURS_KEPT * 3_600_000))
      .execute();
  });
}
