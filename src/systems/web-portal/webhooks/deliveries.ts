import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { deliveryRetried } from '../api/audit.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'given_up', 'stopped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_STATE_WORDS: Record<DeliveryState, string> = {
  waiting: 'Waiting',
  delivered: 'Delivered',
  given_up: 'Given up',
  stopped: 'Stopped',
};

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly url: string;
  readonly addressEnded: boolean;
  readonly madeAt: Date;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly body: string;
}

/** Which deliveries are wanted, and in what order. */
export interface DeliveriesAsked {
  readonly q?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly event?: string | undefined;
  readonly sort: 'made' | 'event' | 'attempts';
  readonly order: 'asc' | 'desc';
}

const ORDERS = { made: 'd.made_at', event: 'd.event', attempts: 'd.attempts' } as const;

function narrowed(reader: Pick<Reader, 'db'>, centreId: string, asked: Omit<DeliveriesAsked, 'sort' | 'order'>) {
  let query = reader.db
    .selectFrom('web_portal.webhook_deliveries as d')
    .innerJoin('web_portal.webhooks as w', 'w.id', 'd.webhook_id')
    .where('d.centre_id', '=', centreId);
  if (asked.event) query = query.where('d.event', '=', asked.event);
  for (const word of (asked.q ?? '').toLowerCase().split(/\s+/).filter(Boolean))
    query = query.where(
      sql<boolean>`position(${word} in lower(w.url || ' ' || d.event || ' ' || d.id::text || ' ' || d.body)) > 0`,
    );
  return query;
}

const columns = [
  'd.id',
  'd.event',
  'w.url',
  'w.ended_at as endedAt',
  'd.made_at as madeAt',
  'd.state',
  'd.attempts',
  'd.failures',
  'd.next_attempt_at as nextAttemptAt',
  'd.last_attempt_at as lastAttemptAt',
  'd.last_status as lastStatus',
  'd.last_error as lastError',
  'd.body',
] as const;

/** Deliveries of the centre as asked for, `limit` from `offset` on. */
export async function deliveriesOf(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  asked: DeliveriesAsked,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Delivery[]> {
  let query = narrowed(reader, centreId, asked).select(columns);
  if (asked.state) query = query.where('d.state', '=', asked.state);
  const rows = await query
    .orderBy(ORDERS[asked.sort], asked.order)
    .orderBy('d.id', asked.order)
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ endedAt, ...row }) => ({ ...row, addressEnded: endedAt !== null }));
}

/** How many deliveries of each state there are, whatever state is asked for. */
export async function deliveryCounts(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  asked: Omit<DeliveriesAsked, 'sort' | 'order'>,
): Promise<Record<DeliveryState, number>> {
  const rows = await narrowed(reader, centreId, asked)
    .select(['d.state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('d.state')
    .execute();
  const counts = { waiting: 0, delivered: 0, given_up: 0, stopped: 0 };
  for (const { state, count } of rows) counts[state] = Number(count);
  return counts;
}

/** One delivery of the centre; NotFound where it has none of this id. */
export async function deliveryById(reader: Pick<Reader, 'db'>, centreId: string, id: string): Promise<Delivery> {
  const row = await narrowed(reader, centreId, {}).select(columns).where('d.id', '=', id).executeTakeFirst();
  if (!row) throw new NotFound();
  const { endedAt, ...delivery } = row;
  return { ...delivery, addressEnded: endedAt !== null };
}

/** Whether somebody can ask for it again: what was delivered is, too, where the system lost it. */
export const mayRetry = ({ addressEnded, state, failures }: Delivery): boolean =>
  !addressEnded && (state !== 'waiting' || failures > 0);

/** Has a delivery sent again at once, and with growing delays as if it were new. */
export async function retryDelivery(writer: Writer, centreId: string, id: string): Promise<void> {
  const delivery = await deliveryById(writer, centreId, id);
  if (delivery.addressEnded)
    throw new Refused('The address has ended. Enter it again, then events that follow are sent');
  if (!mayRetry(delivery)) throw new Refused('It is on its way already. Wait a moment, then look again');
  await writer.db
    .updateTable('web_portal.webhook_deliveries')
    .set({ state: 'waiting', failures: 0, next_attempt_at: writer.now })
    .where('id', '=', id)
    .where('centre_id', '=', centreId)
    .execute();
  await writer.audit(
    deliveryRetried,
    { kind: 'delivery', id },
    { event: delivery.event, failures: delivery.failures },
    centreId,
  );
}
