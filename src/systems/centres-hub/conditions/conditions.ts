import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { conditionSet } from '../centre-audit.ts';

/** What an approval of a product, or the approval as a centre, depends on, until a day. */
export interface Condition {
  readonly id: string;
  readonly words: string;
  /** YYYY-MM-DD; the last day is included. */
  readonly dueOn: string;
  readonly setAt: Date;
  readonly metAt: Date | null;
  readonly metBy: string | null;
  readonly metWords: string | null;
  /** Null: of the approval as a centre. */
  readonly productTitle: string | null;
  readonly approvalId: string | null;
}

export type ConditionStanding = 'open' | 'overdue' | 'met';

/** Where a condition stands on a day: the day on which it is due is still in time. */
export function conditionStanding(
  { metAt, dueOn }: Pick<Condition, 'metAt' | 'dueOn'>,
  today: string,
): ConditionStanding {
  if (metAt !== null) return 'met';
  return today > dueOn ? 'overdue' : 'open';
}

const COLUMNS = sql`d.id, d.words, d.due_on as "dueOn", d.set_at as "setAt", d.met_at as "metAt", d.met_by_name as "metBy",
  d.met_words as "metWords", d.approval_id as "approvalId", p.title as "productTitle"`;
const JOINS = sql`left join centres_hub.approvals a on a.id = d.approval_id left join products.published_products p on p.id = a.product_id`;

/** All conditions of a centre, the next due first. */
export function conditionsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<Condition[]> {
  return reader.rows(sql<Condition>`select ${COLUMNS} from centres_hub.conditions d ${JOINS}
    where d.centre_id = ${centreId} order by d.due_on, d.id`);
}

/** Those of an application to become a centre. */
export function conditionsOfApplication(reader: Pick<Reader, 'rows'>, applicationId: string): Promise<Condition[]> {
  return reader.rows(sql<Condition>`select ${COLUMNS} from centres_hub.conditions d ${JOINS}
    where d.application_id = ${applicationId} order by d.due_on, d.id`);
}

export interface NewCondition {
  readonly words: string;
  readonly dueOn: string;
  readonly centreId: string | null;
  readonly approvalId: string | null;
  readonly applicationId: string | null;
}

/** Sets a condition. Awarding body's scope. */
export async function setCondition(writer: Writer, condition: NewCondition): Promise<string> {
  const { id } = await writer.db
    .insertInto('centres_hub.conditions')
    .values({
      centre_id: condition.centreId,
      application_id: condition.applicationId,
      approval_id: condition.approvalId,
      words: condition.words,
      due_on: condition.dueOn,
      set_at: writer.now,
      set_by: writer.identity.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { words, dueOn, approvalId, applicationId, centreId } = condition;
  await writer.audit(conditionSet, { kind: 'condition', id }, { words, dueOn, approvalId, applicationId }, centreId);
  return id;
}
