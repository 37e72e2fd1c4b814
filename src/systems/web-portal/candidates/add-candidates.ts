import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { candidateAdded } from '../audit.ts';
import { candidateNumber } from '../candidate-number/candidate-number.ts';
import { nameKey, searchText } from '../names/names.ts';
import type { NewCandidate } from './candidates.ts';

/** Somebody new, and the candidates that were shown as possibly the same person. */
interface CandidateToAdd {
  readonly entry: NewCandidate;
  readonly saidToBeAnotherThan: readonly string[];
}

/**
 * Enters candidates of a centre, each with the next candidate number, in a few statements, and joins them to it; in the
 * order of the list. Records of other centres with which an entry agrees become questions for the awarding body; nothing
 * waits for the answer.
 */
export async function addCandidates(
  writer: Writer,
  centreId: string,
  people: readonly CandidateToAdd[],
): Promise<{ readonly id: string; readonly number: string }[]> {
  if (people.length === 0) return [];
  const serials = await writer.rows(
    sql<{
      serial: number;
    }>`select nextval('web_portal.candidate_numbers') as serial from generate_series(1, ${people.length})`,
  );
  const numbers = serials.map(({ serial }) => candidateNumber(serial));
  const list = people.map(({ entry }, place) => {
    const { scottishNumber = null } = entry;
    const number = numbers[place] as string;
    return {
      ...entry,
      place,
      number,
      scottishNumber,
      nameKey: nameKey(entry.givenNames, entry.familyName),
      searchText: searchText({ ...entry, scottishNumber, candidateNumber: number }),
    };
  });
  const added = await writer.rows(sql<{ id: string; questions: number }>`
    select id, questions from web_portal.enter_candidates(${centreId}, ${JSON.stringify(list)}::jsonb, ${writer.now}, ${writer.identity.personId}::uuid)
    order by place`);
  await writer.auditMany(
    candidateAdded,
    added.map(({ id, questions }, at) => ({
      subject: { kind: 'candidate', id },
      payload: {
        candidateNumber: numbers[at] as string,
        saidToBeAnotherThan: [...(people[at]?.saidToBeAnotherThan ?? [])],
        identityQuestions: questions,
      },
    })),
    centreId,
  );
  return added.map(({ id }, at) => ({ id, number: numbers[at] as string }));
}
