import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { KeysError } from '#platform/keys/key-files.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { deliveryGivenUp } from '../api/audit.ts';
import { eventWords } from './events.ts';
import { deliveriesFail } from './notifications.ts';
import { nextAttempt } from './retry.ts';
import { type Attempt, send } from './send.ts';
import { signedHeaders } from './signature.ts';

interface Due {
  readonly id: string;
  readonly centreId: string;
  readonly webhookId: string;
  readonly event: string;
  readonly body: string;
  readonly attempts: number;
  readonly failures: number;
  readonly url: string;
  readonly secret: Buffer;
  readonly ended: boolean;
}

/** Of one address in one run: where one has thousands to get, or does not answer, the others have their turn still. */
const MOST_OF_AN_ADDRESS = 40;
/** And for as long: a system that takes its time holds up nobody else's. */
const LONGEST_OF_AN_ADDRESS_MS = 15_000;
const ADDRESSES_AT_ONCE = 5;
/** Somebody has been told that an address fails: not again for as long. */
const TOLD_FOR_MS = 24 * 3_600_000;

/** Sends what is due, some addresses at a time; an address that fails waits with the rest until the next run. Returns how many attempts were made. */
export async function deliverWebhooks(services: Services): Promise<number> {
  const now = services.clock.now();
  const due = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<Due>`
      select d.id, w.centre_id as "centreId", w.id as "webhookId", d.event, d.body, d.attempts, d.failures, w.url, w.secret,
        w.ended_at is not null as ended
      from web_portal.webhooks w
      cross join lateral (
        select * from web_portal.webhook_deliveries d
        where d.webhook_id = w.id and d.state = 'waiting' and d.next_attempt_at <= ${now}
        order by d.next_attempt_at, d.id limit ${MOST_OF_AN_ADDRESS}) d
      order by d.next_attempt_at, d.id`),
  );
  const byAddress = [...Map.groupBy(due, ({ webhookId }) => webhookId).values()];
  let attempts = 0;
  const worker = async () => {
    for (let queue = byAddress.pop(); queue; queue = byAddress.pop()) {
      const until = performance.now() + LONGEST_OF_AN_ADDRESS_MS;
      for (const delivery of queue) {
        if (performance.now() > until) break;
        attempts += 1;
        if (!(await attempt(services, delivery))) break;
      }
    }
  };
  await Promise.all(Array.from({ length: ADDRESSES_AT_ONCE }, worker));
  return attempts;
}

/** While it is sent, nobody else sends it; if this process dies meanwhile, it is due again afterwards. */
const CLAIMED_FOR_MS = 60_000;

/** Until when it is this process's, or null: somebody else has it. */
function claim(services: Services, id: string): Promise<Date | null> {
  return services.database.write(SYSTEM, async ({ db, now }) => {
    const until = new Date(now.getTime() + CLAIMED_FOR_MS);
    const claimed = await db
      .updateTable('web_portal.webhook_deliveries')
      .set({ next_attempt_at: until })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('next_attempt_at', '<=', now)
      .returning('id')
      .executeTakeFirst();
    return claimed ? until : null;
  });
}

/** One address whose secret is lost with its key file keeps no other waiting. */
const UNREADABLE: Attempt = {
  ok: false,
  status: null,
  error: 'Its secret cannot be read any more. End the address and add it again',
};
function secretOf({ keys }: Services, { secret, webhookId }: Due): string | null {
  try {
    return keys.webhooks.decrypt(secret, webhookId);
  } catch (error) {
    if (error instanceof KeysError) return null;
    throw error;
  }
}

/** Whether the next one for the same address can follow. */
async function attempt(services: Services, delivery: Due): Promise<boolean> {
  const { id, body, url } = delivery;
  const until = await claim(services, id);
  if (until === null) return true;
  if (delivery.ended) {
    await services.database.write(SYSTEM, (writer) => stop(writer, id));
    return true;
  }
  const secret = secretOf(services, delivery);
  const ended =
    secret === null
      ? UNREADABLE
      : await send(
          url,
          { headers: signedHeaders(secret, { id, at: services.clock.now(), body }), body },
          services.settings.webhookTargets,
        );
  await services.database.write(SYSTEM, (writer) => note(writer, delivery, until, ended));
  return ended.ok;
}

/** The address ended at the moment at which the event happened: nobody is told. */
async function stop(writer: Writer, id: string): Promise<void> {
  await writer.db
    .updateTable('web_portal.webhook_deliveries')
    .set({ state: 'stopped', next_attempt_at: null })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

async function note(writer: Writer, delivery: Due, until: Date, { ok, status, error }: Attempt): Promise<void> {
  const failures = ok ? delivery.failures : delivery.failures + 1;
  const next = ok ? null : nextAttempt(failures, writer.now);
  const noted = await writer.db
    .updateTable('web_portal.webhook_deliveries')
    .set({
      state: ok ? 'delivered' : next ? 'waiting' : 'given_up',
      attempts: delivery.attempts + 1,
      failures,
      next_attempt_at: next,
      last_attempt_at: writer.now,
      last_status: status,
      last_error: error,
    })
    .where('id', '=', delivery.id)
    // While it was asked, the address may have been ended, or somebody may have asked for it again: that holds.
    .where('state', '=', 'waiting')
    .where('next_attempt_at', '=', until)
    .returning('id')
    .executeTakeFirst();
  if (noted && !ok && !next) await giveUp(writer, delivery, error ?? '');
}

async function giveUp(writer: Writer, delivery: Due, why: string): Promise<void> {
  const { id, centreId, webhookId, event, url } = delivery;
  const attempts = delivery.attempts + 1;
  await writer.audit(deliveryGivenUp, { kind: 'delivery', id }, { url, event, attempts }, centreId);
  const before = await writer.db
    .selectFrom('web_portal.webhook_deliveries')
    .select('id')
    .where('webhook_id', '=', webhookId)
    .where('id', '!=', id)
    .where('state', '=', 'given_up')
    .where('last_attempt_at', '>', new Date(writer.now.getTime() - TOLD_FOR_MS))
    .limit(1)
    .executeTakeFirst();
  if (before) return;
  const { host } = new URL(url);
  await writer.notify({
    kind: deliveriesFail,
    personIds: await holdersOf(writer, centreId, ['coordinator']),
    subject: `${host} takes no events`,
    body: `An event for your system at ${url} could not be delivered within two days, so it was given up: ${eventWords(event)}. ${why}. Mend the system, then send it again from the list of deliveries.`,
    href: `/web-portal/api/deliveries/${id}`,
    organisationId: centreId,
  });
}
