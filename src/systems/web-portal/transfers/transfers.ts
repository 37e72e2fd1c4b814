/**
 * Transfers as they are stored. They lie between two centres, so that neither reads the table: everything here runs as
 * the product's own step for a person, and gives each side what it may know.
 */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import type { TransferAct, TransferDirection, TransferSide, TransferState } from './transfer-state.ts';

export const TRANSFERS = '/web-portal/transfers';
/** What people call it: "T-1001". */
export const transferNumber = (number: number): string => `T-${number}`;

/** The whole of a transfer, for the rules; pages show of it what `shownTo` leaves. */
export interface Transfer {
  readonly id: string;
  readonly number: number;
  readonly direction: TransferDirection;
  readonly state: TransferState;
  readonly registrationId: string;
  readonly newRegistrationId: string | null;
  readonly candidateNumber: string;
  /** Null where whoever reads may not know it. */
  readonly candidateName: string | null;
  readonly productId: string;
  readonly productTitle: string;
  readonly fromCentreId: string;
  /** "Northgate, centre 04417"; null where whoever reads may not know it. */
  readonly fromCentre: string | null;
  readonly toCentreId: string;
  readonly toCentre: string;
  readonly reason: string;
  readonly askedAt: Date;
  /** The last day for an answer, YYYY-MM-DD. */
  readonly answerBy: string;
  readonly changedAt: Date;
}

export const TRANSFER_ROW = sql`t.id, t.number, t.direction, t.state, t.registration_id as "registrationId",
  t.new_registration_id as "newRegistrationId", t.candidate_number as "candidateNumber",
  c.given_names || ' ' || c.family_name as "candidateName", r.product_id as "productId", p.title as "productTitle",
  t.from_centre_id as "fromCentreId", f.name || ', centre ' || f.number as "fromCentre",
  t.to_centre_id as "toCentreId", o.name || ', centre ' || o.number as "toCentre", t.reason, t.asked_at as "askedAt",
  t.answer_by as "answerBy", t.state_changed_at as "changedAt"`;
export const TRANSFER_FROM = sql`web_portal.transfers t
  join web_portal.registrations r on r.id = t.registration_id
  join web_portal.candidates c on c.id = r.candidate_id
  join products.published_products p on p.id = r.product_id
  join centres_hub.published_centres f on f.id = t.from_centre_id
  join centres_hub.published_centres o on o.id = t.to_centre_id`;

/** A centre's own transfers, of either side; all of them for null. */
export const ofCentre = (centreId: string | null) =>
  sql`(${centreId}::uuid is null or ${centreId}::uuid in (t.from_centre_id, t.to_centre_id))`;

/** On which side a centre is. */
export function sideOf(
  { direction, fromCentreId, toCentreId }: Transfer,
  centreId: string | null,
): TransferSide | null {
  if (centreId === fromCentreId) return direction === 'offer' ? 'asker' : 'answerer';
  if (centreId === toCentreId) return direction === 'ask' ? 'asker' : 'answerer';
  return null;
}

/**
 * What a centre may know: who asks by number and birth date learns neither the name nor the centre before it is
 * accepted, and who was offered somebody and did not accept knows them no longer. The awarding body (null) knows all.
 */
export function shownTo<One extends Transfer>(transfer: One, centreId: string | null): One {
  const { direction, state, toCentreId } = transfer;
  const told = direction === 'offer' ? state === 'asked' || state === 'accepted' : state === 'accepted';
  if (centreId !== toCentreId || told) return transfer;
  return { ...transfer, candidateName: null, fromCentre: direction === 'offer' ? transfer.fromCentre : null };
}

/** One of the centre's own; of any for null. NotFound else. */
export async function transferById(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<Transfer> {
  const [found] = await reader.rows(
    sql<Transfer>`select ${TRANSFER_ROW} from ${TRANSFER_FROM} where t.id = ${id} and ${ofCentre(centreId)}`,
  );
  if (!found) throw new NotFound();
  return found;
}

export interface TransferEvent {
  readonly act: TransferAct | 'ask';
  readonly at: Date;
  readonly centreId: string | null;
  /** Who it was; told to the own centre and the awarding body. */
  readonly name: string | null;
  readonly words: string;
}

/** What happened to it, oldest first; of the other centre's people no name. */
export async function transferEvents(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<TransferEvent[]> {
  const rows = await reader.rows(sql<TransferEvent>`
    select e.act, e.at, e.centre_id as "centreId", e.words,
      (select n.given_names || ' ' || n.family_name from accounts.published_people n where n.id = e.person_id) as name
    from web_portal.transfer_events e where e.transfer_id = ${id} order by e.at, e.id`);
  return rows.map((event) => (centreId === null || event.centreId === centreId ? event : { ...event, name: null }));
}

/** Adds to the history of a transfer; `centreId`: the side that acts, null for time. */
export async function noteTransfer(
  writer: Writer,
  {
    transferId,
    act,
    centreId,
    words,
  }: { transferId: string; act: TransferAct | 'ask'; centreId: string | null; words: string },
): Promise<void> {
  await writer.db
    .insertInto('web_portal.transfer_events')
    .values({
      transfer_id: transferId,
      act,
      at: writer.now,
      person_id: writer.identity.personId,
      centre_id: centreId,
      words,
    })
    .execute();
}

/** What stands in the way of an act on a registration of the own centre while a transfer of it is open. */
export async function openTransferObstacle(reader: Pick<Reader, 'rows'>, registrationId: string): Promise<string[]> {
  const [row] = await reader.rows(
    sql<{ asked: boolean }>`select web_portal.transfer_asked(${registrationId}) as asked`,
  );
  return row?.asked ? ['A transfer to another centre is open: answer it or take it back, under Transfers'] : [];
}

/** Reads on both sides of a transfer. */
export const readAcross = <T>(context: Context, work: (reader: Reader) => Promise<T>): Promise<T> =>
  context.services.database.read(onBehalfOf(context.person()), work, { requestId: context.requestId });

/** The same context whose writes reach both sides, for `submitForm`. */
export function acrossCentres(context: Context): Context {
  return {
    ...context,
    write: (work, options) =>
      context.services.database.write(onBehalfOf(context.person()), work, { requestId: context.requestId, ...options }),
  };
}
