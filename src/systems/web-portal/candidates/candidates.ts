import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { candidateAdded } from '../audit.ts';
import { candidateNumber } from '../candidate-number/candidate-number.ts';
import { nameKey, searchText } from '../names/names.ts';

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
  const [next] = await writer.rows(sql<{ serial: number }>`select nextval('web_portal.candidate_numbers') as serial`);
  const number = candidateNumber((next as { serial: number }).serial);
  const { givenNames, familyName, birthDate, uln, ulnAbsentReason, postcode, email, centreReference } = entry;
  const { id } = await writer.db
    .insertInto('web_portal.candidates')
    .values({
      centre_id: centreId,
      candidate_number: number,
      given_names: givenNames,
      family_name: familyName,
      birth_date: birthDate,
      uln,
      uln_absent_reason: ulnAbsentReason,
      postcode,
      email,
      centre_reference: centreReference,
      name_key: nameKey(givenNames, familyName),
      search_text: searchText({ ...entry, candidateNumber: number }),
      created_at: writer.now,
      created_by: writer.identity.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(
    candidateAdded,
    { kind: 'candidate', id },
    { candidateNumber: number, saidToBeAnotherThan: [...saidToBeAnotherThan] },
    centreId,
  );
  return { id, number };
}

/** Until the end of the transaction nobody else enters candidates at the centre: two entries of one person meet. */
export async function lockCandidatesOf(writer: Writer, centreId: string): Promise<void> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.candidates:${centreId}`}, 0))`);
}
