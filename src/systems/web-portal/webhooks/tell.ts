import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { type EventData, PING, type WebhookEvent } from './events.ts';

/**
 * Puts events on their way to each address of the centre that asked for them, in the transaction in which they happened:
 * both are there or neither. A job sends them after the commit.
 */
export async function tellWebhooks<Event extends WebhookEvent>(
  writer: Writer,
  centreId: string,
  event: Event,
  happened: readonly EventData<Event>[],
): Promise<void> {
  const addresses = await writer.db
    .selectFrom('web_portal.webhooks')
    .select('id')
    .where('centre_id', '=', centreId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`${event} = any(events)`)
    .execute();
  // Most centres have no address: nothing is made for nobody, however many events there are.
  if (addresses.length === 0 || happened.length === 0) return;
  const bodies = happened.map((data) => bodyOf(writer, event, data));
  for (const { id } of addresses)
    await writer.rows(sql`
      insert into web_portal.webhook_deliveries (centre_id, webhook_id, event, body, made_at, next_attempt_at)
      select ${centreId}, ${id}, ${event}, body, ${writer.now}, ${writer.now} from unnest(${bodies}::text[]) as b (body)`);
}

/** What is signed and sent. */
const bodyOf = (writer: Pick<Writer, 'now'>, event: WebhookEvent | typeof PING, data: object): string =>
  JSON.stringify({ type: event, timestamp: writer.now.toISOString(), data });

/** A test on its way to one address. */
export async function putTestOnItsWay(
  writer: Writer,
  { centreId, webhookId }: { readonly centreId: string; readonly webhookId: string },
): Promise<void> {
  const data: EventData<typeof PING> = { webhookId };
  await writer.db
    .insertInto('web_portal.webhook_deliveries')
    .values({
      centre_id: centreId,
      webhook_id: webhookId,
      event: PING,
      body: bodyOf(writer, PING, data),
      made_at: writer.now,
      next_attempt_at: writer.now,
    })
    .execute();
}
