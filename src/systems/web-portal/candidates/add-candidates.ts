import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { candidateAdded } from '../audit.ts';
import { candidateNumber } from '../candidate-number/candidate-number.ts';
import { nameKey, searchText } from '../names/names.ts';
import type { NewCandidate } from './candidates.ts';

/** Somebody new, and the candidates that were shown as possibly the same person. */
export interface CandidateToAdd {
  readonly entry: NewCandidate;
  readonly saidToBeAnotherThan: readonly string[];
}

/** Enters candidates of a centre, each with the next candidate number, in a few statements; in the order of the list. */
export async function addCandidates(
  writer: Writer,
  centreId: string,
  people: readonly CandidateToAdd[],
): Promise<{ readonly id: string; readonly number: string }[]> {
  if (people.length === 0) return [];
  const serials = await writer.rows(
    sql<{ serial: number }>`select nextval('web_portal.candidate_numbers') as serial from generate_series(1, ${people.length})`,
  );
  const numbers = serials.map(({ serial }) => candidateNumber(serial));
  const entries = people.map(({ entry }) => entry);
  const rows = await writer.rows(sql<{ id: string; number: string }>`
    insert into web_portal.candidates (centre_id, candidate_number, given_names, family_name, birth_date, uln, uln_absent_reason,
      postcode, email, centre_reference, name_key, search_text, created_at, created_by)
    select ${centreId}, a.*, ${writer.now}, ${writer.identity.personId}::uuid
    from unnest(${numbers}::text[], ${entries.map((one) => one.givenNames)}::text[], ${entries.map((one) => one.familyName)}::text[],
      ${entries.map((one) => one.birthDate)}::date[], ${entries.map((one) => one.uln)}::text[], ${entries.map((one) => one.ulnAbsentReason)}::text[],
      ${entries.map((one) => one.postcode)}::text[], ${entries.map((one) => one.email)}::text[], ${entries.map((one) => one.centreReference)}::text[],
      ${entries.map((one) => nameKey(one.givenNames, one.familyName))}::text[],
      ${entries.map((one, at) => searchText({ ...one, candidateNumber: numbers[at] as string }))}::text[]) as a
    returning id, candidate_number as number`);
  const idOf = new Map(rows.map(({ id, number }) => [number, id]));
  const added = numbers.map((number) => ({ id: idOf.get(number) as string, number }));
  await writer.auditMany(
    candidateAdded,
    added.map(({ id, number }, at) => ({
      subject: { kind: 'candidate', id },
      payload: { candidateNumber: number, saidToBeAnotherThan: [...(people[at]?.saidToBeAnotherThan ?? [])] },
    })),
    centreId,
  );
  return added;
}
