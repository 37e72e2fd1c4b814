import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { addCandidates } from './add-candidates.ts';

export interface Candidate {
  readonly id: string;
  readonly centreId: string;
  readonly number: string;
  readonly personId: string | null;
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly uln: string | null;
  /** Why there is no ULN; null exactly when there is one. */
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
>;

/** A candidate as far as whoever asks may see it; of one centre when `centreId` is given. Null when not there. */
export async function candidateById(
  reader: Pick<Reader, 'db'>,
  candidateId: string,
  centreId: string | null,
): Promise<Candidate | null> {
  let query = reader.db
    .selectFrom('web_portal.candidates')
    .select([
      'id',
      'centre_id as centreId',
      'candidate_number as number',
      'person_id as personId',
      'given_names as givenNames',
      'family_name as familyName',
      'birth_date as birthDate',
      'uln',
      'uln_absent_reason as ulnAbsentReason',
      'postcode',
      'email',
      'centre_reference as centreReference',
      'created_at as createdAt',
    ])
    .where('id', '=', candidateId);
  if (centreId) query = query.where('centre_id', '=', centreId);
  return (await query.executeTakeFirst()) ?? null;
}

/**
 * Enters a candidate of a centre with the next candidate number. `saidToBeAnotherThan`: the candidates that were shown
 * as possibly the same person.
 */
export async function addCandidate(
  writer: Writer,
  centreId: string,
  entry: NewCandidate,
  saidToBeAnotherThan: readonly string[] = [],
): Promise<{ readonly id: string; readonly number: string }> {
  const [added] = await addCandidates(writer, centreId, [{ entry, saidToBeAnotherThan }]);
  return added as { id: string; number: string };
}

/** The candidate numbers of known candidates of a centre, by id. */
export async function numbersOf(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('web_portal.candidates')
    .select(['id', 'candidate_number as number'])
    .where('centre_id', '=', centreId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

/** Until the end of the transaction nobody else enters candidates at the centre: two entries of one person meet. */
export async function lockCandidatesOf(writer: Writer, centreId: string): Promise<void> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.candidates:${centreId}`}, 0))`);
}
