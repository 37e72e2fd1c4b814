import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { formatDate } from '#ui';
import { withdrawalMovedOn } from '../centre-audit.ts';
import type { Centre } from '../centres/centres.ts';
import { withdrawalMoved } from '../notifications.ts';
import { recordProfileChanges, whoActs } from '../profile-changes/record.ts';
import {
  dayAfter,
  WITHDRAWAL_ACTS,
  WITHDRAWAL_STATE_WORDS,
  type WithdrawalAct,
  type WithdrawalState,
  withdrawalProblem,
  withdrawnDates,
} from './withdrawal-rules.ts';

export interface Withdrawal {
  readonly id: string;
  readonly state: WithdrawalState;
  readonly side: 'centre' | 'body';
  /** Null: the whole centre. */
  readonly productId: string | null;
  readonly productTitle: string | null;
  readonly reason: string;
  readonly lastRegistrationOn: string;
  readonly lastCertificationOn: string;
  readonly askedAt: Date;
  readonly askedBy: string;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endedWords: string | null;
}

/** All withdrawals of a centre, newest first. */
export function withdrawalsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Withdrawal[]> {
  return reader.rows(sql<Withdrawal>`
    select w.id, w.state, w.side, w.product_id as "productId", p.title as "productTitle", w.reason,
      w.last_registration_on as "lastRegistrationOn", w.last_certification_on as "lastCertificationOn", w.asked_at as "askedAt",
      w.asked_by_name as "askedBy", w.ended_at as "endedAt", w.ended_by_name as "endedBy", w.ended_words as "endedWords"
    from centres_hub.withdrawals w left join products.published_products p on p.id = w.product_id
    where w.centre_id = ${centreId} order by w.asked_at desc, w.id desc`);
}

/** One of a centre; 404 for another's. */
export async function withdrawalOf(reader: Pick<Reader, 'rows'>, centreId: string, id: string): Promise<Withdrawal> {
  const found = (await withdrawalsOf(reader, centreId)).find((one) => one.id === id);
  if (!found) throw new NotFound();
  return found;
}

/** "the whole centre", or the product. */
export const subjectOf = ({ productTitle }: Pick<Withdrawal, 'productTitle'>) => productTitle ?? 'The whole centre';

export interface NewWithdrawal {
  readonly productId: string | null;
  readonly productTitle: string | null;
  readonly side: 'centre' | 'body';
  readonly reason: string;
  readonly lastRegistrationOn: string;
  readonly lastCertificationOn: string;
}

/** Asks for a withdrawal; one of the same subject at a time. */
export async function askWithdrawal(writer: Writer, centre: Centre, asked: NewWithdrawal): Promise<string> {
  const [made] = await writer.rows(sql<{ id: string }>`
    insert into centres_hub.withdrawals (centre_id, product_id, state, side, reason, last_registration_on, last_certification_on,
      asked_at, asked_by, asked_by_name)
    values (${centre.id}, ${asked.productId}, 'asked', ${asked.side}, ${asked.reason}, ${asked.lastRegistrationOn},
      ${asked.lastCertificationOn}, ${writer.now}, ${writer.identity.personId}, ${whoActs(writer)})
    on conflict do nothing returning id`);
  if (!made) {
    throw new Refused([
      { field: 'productId', message: 'This withdrawal is asked for already. Look at it in the list' },
    ]);
  }
  await recordMove(writer, centre, made.id, 'asked', asked, asked.reason);
  return made.id;
}

/**
 * The one way of a withdrawal from "asked" on: locks it, asks the rule, writes, and records. Deciding brings the last
 * dates of the approvals nearer; of a whole centre it also sets the day from which the centre is withdrawn. Nothing is
 * deleted.
 */
export async function moveWithdrawal(
  writer: Writer,
  centre: Centre,
  id: string,
  act: WithdrawalAct,
  words: string,
): Promise<void> {
  await writer.rows(
    sql`select id from centres_hub.withdrawals where id = ${id} and centre_id = ${centre.id} for update`,
  );
  const withdrawal = await withdrawalOf(writer, centre.id, id);
  const problem = withdrawalProblem(withdrawal, act);
  if (problem) throw new Refused(problem);
  const { to } = WITHDRAWAL_ACTS[act];
  await writer.db
    .updateTable('centres_hub.withdrawals')
    .set({
      state: to,
      ended_at: writer.now,
      ended_by: writer.identity.personId,
      ended_by_name: whoActs(writer),
      ended_words: words,
    })
    .where('id', '=', id)
    .where('centre_id', '=', centre.id)
    .execute();
  if (to === 'decided') await bringNearer(writer, centre, withdrawal);
  await recordMove(writer, centre, id, to, withdrawal, words);
}

async function bringNearer(writer: Writer, centre: Centre, withdrawal: Withdrawal): Promise<void> {
  const approvals = await writer.rows(sql<{
    id: string;
    lastRegistrationOn: string | null;
    lastCertificationOn: string | null;
  }>`
    select id, last_registration_on as "lastRegistrationOn", last_certification_on as "lastCertificationOn"
    from centres_hub.approvals where centre_id = ${centre.id} and ended_at is null
      and (${withdrawal.productId}::uuid is null or product_id = ${withdrawal.productId}::uuid) for update`);
  for (const approval of approvals) {
    const dates = withdrawnDates(approval, withdrawal);
    await writer.db
      .updateTable('centres_hub.approvals')
      .set({ last_registration_on: dates.lastRegistrationOn, last_certification_on: dates.lastCertificationOn })
      .where('id', '=', approval.id)
      .where('centre_id', '=', centre.id)
      .execute();
  }
  if (withdrawal.productId === null) {
    const from = dayAfter(withdrawal.lastCertificationOn);
    await writer.db
      .updateTable('centres_hub.centres')
      .set({ withdrawn_from: from })
      .where('id', '=', centre.id)
      .execute();
    await recordProfileChanges(writer, centre.id, [
      { what: 'Withdrawn from', before: centre.withdrawnFrom, after: from },
    ]);
  }
}

async function recordMove(
  writer: Writer,
  centre: Centre,
  id: string,
  state: WithdrawalState,
  { productId, productTitle, lastRegistrationOn, lastCertificationOn }: Omit<NewWithdrawal, 'side' | 'reason'>,
  words: string,
): Promise<void> {
  const payload = { state, productId, lastRegistrationOn, lastCertificationOn, words };
  await writer.audit(withdrawalMovedOn, { kind: 'withdrawal', id }, payload, centre.id);
  const subject = `Withdrawal ${WITHDRAWAL_STATE_WORDS[state].label.toLowerCase()}: ${productTitle ?? centre.name}`;
  const body = `${centre.name}, centre ${centre.number}. Last day for registrations ${formatDate(lastRegistrationOn)}, for certification ${formatDate(lastCertificationOn)}. ${words}`;
  const href = `/centres-hub/withdrawals/${id}`;
  const centrePeople = await holdersOf(writer, centre.id, ['coordinator', 'administrator']);
  await writer.notify({
    kind: withdrawalMoved,
    personIds: centrePeople,
    subject,
    body,
    href,
    organisationId: centre.id,
  });
}
