import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import type { Keys } from '#platform/keys/keys.ts';
import { webhookAdded, webhookEnded, webhookPinged } from '../api/audit.ts';
import type { WebhookEvent } from './events.ts';
import { newSecret } from './signature.ts';
import { putTestOnItsWay } from './tell.ts';

/** A web address of a centre's own systems that is told of events. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedReason: string | null;
}

/** Every address that the centre has ever entered, the newest first. */
export function webhooksOf(reader: Pick<Reader, 'db'>, centreId: string): Promise<Webhook[]> {
  return reader.db
    .selectFrom('web_portal.webhooks')
    .select(['id', 'url', 'events', 'made_at as madeAt', 'ended_at as endedAt', 'ended_reason as endedReason'])
    .where('centre_id', '=', centreId)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute();
}

/** An address that is told still; NotFound for another centre's, and one that has ended. */
export async function currentWebhook(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  webhookId: string,
): Promise<Webhook> {
  const webhook = (await webhooksOf(reader, centreId)).find(({ id }) => id === webhookId);
  if (!webhook || webhook.endedAt) throw new NotFound();
  return webhook;
}

const MOST_ADDRESSES = 10;

/** Enters an address of the centre; returns its secret, which nobody is shown again. */
export async function addWebhook(
  writer: Writer,
  keys: Pick<Keys, 'webhooks'>,
  centreId: string,
  { url, events }: { readonly url: string; readonly events: readonly WebhookEvent[] },
): Promise<{ readonly id: string; readonly secret: string }> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.webhooks:${centreId}`}, 0))`);
  const current = (await webhooksOf(writer, centreId)).filter(({ endedAt }) => endedAt === null);
  if (current.some((one) => one.url === url))
    throw new Refused([{ field: 'url', message: 'This address is told already. End it first, or enter another' }]);
  if (current.length >= MOST_ADDRESSES)
    throw new Refused(`Your centre has ${MOST_ADDRESSES} addresses. End one that is not needed any more`);
  const [id, secret] = [randomUUID(), newSecret()];
  await writer.db
    .insertInto('web_portal.webhooks')
    .values({
      id,
      centre_id: centreId,
      url,
      events: [...events],
      secret: keys.webhooks.encrypt(secret, id),
      made_at: writer.now,
      made_by: writer.identity.personId,
    })
    .execute();
  await writer.audit(webhookAdded, { kind: 'webhook', id }, { url, events: [...events] }, centreId);
  return { id, secret };
}

/** Ends an address: what waits for it is sent no more. */
export async function endWebhook(
  writer: Writer,
  centreId: string,
  { webhookId, reason }: { readonly webhookId: string; readonly reason: string },
): Promise<void> {
  const { url } = await currentWebhook(writer, centreId, webhookId);
  const ended = await writer.db
    .updateTable('web_portal.webhooks')
    .set({ ended_at: writer.now, ended_by: writer.identity.personId, ended_reason: reason })
    .where('id', '=', webhookId)
    .where('centre_id', '=', centreId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new NotFound();
  await writer.db
    .updateTable('web_portal.webhook_deliveries')
    .set({ state: 'stopped', next_attempt_at: null })
    .where('webhook_id', '=', webhookId)
    .where('centre_id', '=', centreId)
    .where('state', '=', 'waiting')
    .execute();
  await writer.audit(webhookEnded, { kind: 'webhook', id: webhookId }, { url, reason }, centreId);
}

/** Puts a test delivery on its way. */
export async function pingWebhook(writer: Writer, centreId: string, webhookId: string): Promise<void> {
  const { url } = await currentWebhook(writer, centreId, webhookId);
  await putTestOnItsWay(writer, { centreId, webhookId });
  await writer.audit(webhookPinged, { kind: 'webhook', id: webhookId }, { url }, centreId);
}
