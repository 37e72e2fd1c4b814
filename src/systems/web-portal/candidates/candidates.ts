import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { candidateAdded } from '../audit.ts';
import { candidateNumber } from '../candidate-number/candidate-number.ts';
import { nameKey, searchText } from '../names/names.ts';

export interface Candidate {
  readonly id: string;
  /** The centre that reads; for the awarding body's people, who see all, the first that the candidate joined. */
  readonly centreId: string;
  readonly number: string;
  readonly personId: string | null;
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly uln: string | null;
  /** Scottish candidate number, 9 digits. */
  readonly scottishNumber: string | null;
  /** Why there is neither a ULN nor a Scottish number; null exactly when there is one of them. */
  readonly ulnAbsentReason: string | null;
  readonly postcode: string | null;
  readonly email: string | null;
  readonly centreReference: string | null;
  readonly createdAt: Date;
}

/** What is typed of a new candidate, names as given. */
export type NewCandidate = Pick<
  Candidate,
  'givenNames' | 'familyName' | 'birthDate' | 'uln' | 'ulnAbsentReason' | 'postcode' | 'email' | 'centreReference'
> & { readonly scottishNumber?: string | null };

/** What a centre says of somebody known elsewhere with whom an entry agrees. */
export type CentreSays = 'same' | 'another' | 'not_asked';

/**
 * A candidate as far as whoever asks may see it; of one centre when `centreId` is given. Null when not there, or when
 * the record was merged into another (`survivorOf`).
 */
export async function candidateById(
  reader: Pick<Reader, 'db'>,
  candidateId: string,
  centreId: string | null,
): Promise<Candidate | null> {
  let query = reader.db
    .selectFrom('web_portal.centre_candidates as j')
    .innerJoin('web_portal.candidates as c', 'c.id', 'j.candidate_id')
    .select([
      'c.id',
      'j.centre_id as centreId',
      'c.candidate_number as number',
      'c.person_id as personId',
      'c.given_names as givenNames',
      'c.family_name as familyName',
      'c.birth_date as birthDate',
      'c.uln',
      'c.scottish_number as scottishNumber',
      'c.uln_absent_reason as ulnAbsentReason',
      'c.postcode',
      'c.email',
      'j.centre_reference as centreReference',
      'c.created_at as createdAt',
    ])
    .where('j.candidate_id', '=', candidateId)
    .orderBy('j.joined_at')
    .limit(1);
  if (centreId) query = query.where('j.centre_id', '=', centreId);
  return (await query.executeTakeFirst()) ?? null;
}

/** The record that a merged one leads to, as far as whoever asks may see that; else null. */
export async function survivorOf(reader: Pick<Reader, 'db'>, formerId: string): Promise<string | null> {
  const row = await reader.db
    .selectFrom('web_portal.former_candidates')
    .select('candidate_id')
    .where('former_id', '=', formerId)
    .executeTakeFirst();
  return row?.candidate_id ?? null;
}

/** The numbers of records that were merged into this one. */
export async function formerNumbersOf(reader: Pick<Reader, 'db'>, candidateId: string): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('web_portal.former_candidates')
    .select('candidate_number as number')
    .where('candidate_id', '=', candidateId)
    .orderBy('candidate_number')
    .execute();
  return rows.map(({ number }) => number);
}

/**
 * Enters a candidate with the next candidate number and joins the centre. `saidToBeAnotherThan`: candidates of the
 * centre that were shown as possibly the same person; `centreSays`: what was said of somebody known elsewhere. A record
 * elsewhere with which the entry agrees becomes a question for the awarding body (`questions` of them); a learner number
 * that it holds is set aside meanwhile. Nothing waits for the answer.
 */
export async function addCandidate(
  writer: Writer,
  centreId: string,
  entry: NewCandidate,
  saidToBeAnotherThan: readonly string[] = [],
  centreSays: CentreSays = 'not_asked',
): Promise<{ readonly id: string; readonly number: string; readonly questions: number }> {
  const [next] = await writer.rows(sql<{ serial: number }>`select nextval('web_portal.candidate_numbers') as serial`);
  const number = candidateNumber((next as { serial: number }).serial);
  const { givenNames, familyName, birthDate, uln, ulnAbsentReason, postcode, email, centreReference } = entry;
  const { scottishNumber = null } = entry;
  const [entered] = await writer.rows(sql<{ id: string; questions: number }>`
    select id, questions from web_portal.enter_candidate(${centreId}, ${number}, ${givenNames}, ${familyName}, ${birthDate}::date,
      ${uln}, ${scottishNumber}, ${ulnAbsentReason}, ${postcode}, ${email}, ${centreReference}, ${nameKey(givenNames, familyName)},
      ${searchText({ ...entry, scottishNumber, candidateNumber: number })}, ${centreSays}, ${writer.now}, ${writer.identity.personId})`);
  const { id, questions } = entered as { id: string; questions: number };
  await writer.audit(
    candidateAdded,
    { kind: 'candidate', id },
    { candidateNumber: number, saidToBeAnotherThan: [...saidToBeAnotherThan], identityQuestions: questions },
    centreId,
  );
  return { id, number, questions };
}

/** The candidate numbers of known candidates of a centre, by id. */
export async function numbersOf(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('web_portal.centre_candidates as j')
    .innerJoin('web_portal.candidates as c', 'c.id', 'j.candidate_id')
    .select(['c.id', 'c.candidate_number as number'])
    .where('j.centre_id', '=', centreId)
    .where('j.candidate_id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** Until the end of the transaction nobody else enters candidates at the centre: two entries of one person meet. */
export async function lockCandidatesOf(writer: Writer, centreId: string): Promise<void> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.candidates:${centreId}`}, 0))`);
}
