/** Questions whether two candidate records are one person: what was asked, and the one way to an answer. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

export type QuestionState = 'open' | 'same' | 'another' | 'overtaken';
export type QuestionSource = 'entry' | 'proposal' | 'earlier_records';

export const QUESTION_STATES: Record<QuestionState, string> = {
  open: 'To decide',
  same: 'The same person',
  another: 'Two people',
  overtaken: 'Settled otherwise',
};

export const QUESTION_SOURCES: Record<QuestionSource, string> = {
  entry: 'Found at an entry',
  proposal: 'Proposed by a centre',
  earlier_records: 'Found in earlier records',
};

export const CENTRE_SAYS = {
  same: 'The same person',
  another: 'Another person',
  not_asked: 'Was not asked',
} as const;

/** One of the two records, as the awarding body sees it. */
export interface QuestionedRecord {
  readonly id: string;
  readonly number: string;
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly uln: string | null;
  readonly scottishNumber: string | null;
  readonly ulnAbsentReason: string | null;
  readonly postcode: string | null;
  readonly email: string | null;
  readonly hasAccount: boolean;
  readonly createdAt: Date;
  /** The number that the record leads to, once it was merged. */
  readonly mergedInto: string | null;
}

export interface IdentityQuestion {
  readonly id: string;
  readonly centreId: string;
  readonly centre: string;
  readonly source: QuestionSource;
  readonly agrees: readonly string[];
  readonly centreSays: keyof typeof CENTRE_SAYS;
  readonly reason: string | null;
  readonly ulnSetAside: string | null;
  readonly scottishNumberSetAside: string | null;
  readonly askedAt: Date;
  readonly askedBy: string | null;
  readonly state: QuestionState;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decisionReason: string | null;
  /** Their numbers when it was asked. */
  readonly numbers: readonly [string, string];
  /** The record entered, or proposed to be merged; and the one that was known. */
  readonly entered: QuestionedRecord;
  readonly known: QuestionedRecord;
}

const RECORD = (
  alias: 'c' | 'k',
) => sql`jsonb_build_object('id', ${sql.ref(`${alias}.id`)}, 'number', ${sql.ref(`${alias}.candidate_number`)},
  'givenNames', ${sql.ref(`${alias}.given_names`)}, 'familyName', ${sql.ref(`${alias}.family_name`)}, 'birthDate', ${sql.ref(`${alias}.birth_date`)},
  'uln', ${sql.ref(`${alias}.uln`)}, 'scottishNumber', ${sql.ref(`${alias}.scottish_number`)}, 'ulnAbsentReason', ${sql.ref(`${alias}.uln_absent_reason`)},
  'postcode', ${sql.ref(`${alias}.postcode`)}, 'email', ${sql.ref(`${alias}.email`)}, 'hasAccount', ${sql.ref(`${alias}.person_id`)} is not null,
  'createdAt', ${sql.ref(`${alias}.created_at`)},
  'mergedInto', (select s.candidate_number from web_portal.candidates s where s.id = ${sql.ref(`${alias}.merged_into`)}))`;

/** A question with both records, for the awarding body; null when there is none. */
export async function questionById(reader: Pick<Reader, 'rows'>, id: string): Promise<IdentityQuestion | null> {
  type Row = Omit<IdentityQuestion, 'entered' | 'known' | 'numbers'> & {
    enteredNumber: string;
    knownNumber: string;
    entered: Omit<QuestionedRecord, 'createdAt'> & { createdAt: string };
    known: Omit<QuestionedRecord, 'createdAt'> & { createdAt: string };
  };
  const [row] = await reader.rows(sql<Row>`
    select q.id, q.centre_id as "centreId", o.name || ' (' || o.number || ')' as centre, q.source, q.agrees, q.centre_says as "centreSays",
      q.reason, q.uln_set_aside as "ulnSetAside", q.scottish_number_set_aside as "scottishNumberSetAside", q.asked_at as "askedAt",
      (select given_names || ' ' || family_name from accounts.published_people where id = q.asked_by) as "askedBy", q.state,
      q.decided_at as "decidedAt", (select given_names || ' ' || family_name from accounts.published_people where id = q.decided_by) as "decidedBy",
      q.decision_reason as "decisionReason", q.candidate_number as "enteredNumber", q.other_number as "knownNumber",
      ${RECORD('c')} as entered, ${RECORD('k')} as known
    from web_portal.identity_questions q
    join web_portal.candidates c on c.id = q.candidate_id
    join web_portal.candidates k on k.id = q.other_id
    join centres_hub.published_centres o on o.id = q.centre_id
    where q.id = ${id}`);
  if (!row) return null;
  const { enteredNumber, knownNumber, entered, known, ...question } = row;
  return {
    ...question,
    numbers: [enteredNumber, knownNumber],
    entered: { ...entered, createdAt: new Date(entered.createdAt) },
    known: { ...known, createdAt: new Date(known.createdAt) },
  };
}
