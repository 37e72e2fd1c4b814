import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { type Candidate, candidateById, survivorOf } from '../../candidates/candidates.ts';
import { searchWords } from '../../names/names.ts';
import { reads } from '../requests/operation.ts';
import { pagingFields, partOf, placeOf } from './paging.ts';
import { candidate, candidateList } from './schemas.ts';

export const candidateParams = z.object({ candidateId: z.uuid() });

interface Row {
  readonly id: string;
  readonly candidateNumber: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly centreReference: string | null;
  readonly enteredAt: Date;
  readonly hasUln: boolean;
}

export const listCandidates = reads({
  id: 'listCandidates',
  path: '/candidates',
  summary: 'Candidates of the centre',
  description:
    'In the order of their records, oldest first, whichever centre made them. The list carries neither ULN nor date of birth; one candidate does.',
  scope: 'candidates:read',
  params: z.object({}),
  query: z.strictObject({
    ...pagingFields,
    q: z.string().trim().max(100).optional().describe('Words of the name, candidate number, ULN, reference or e-mail'),
    candidateNumber: z.string().max(20).optional(),
    centreReference: z.string().max(40).optional(),
  }),
  answer: candidateList,
  read: async (reader, { centreId, query }) => {
    const place = placeOf(query.after);
    const all = [sql`j.centre_id = ${centreId}`];
    if (place) all.push(sql`c.id > ${place}`);
    if (query.candidateNumber) all.push(sql`c.candidate_number = ${query.candidateNumber}`);
    if (query.centreReference) all.push(sql`j.centre_reference = ${query.centreReference}`);
    for (const word of searchWords(query.q ?? '')) all.push(sql`j.search_text like ${containing(word)}`);
    const rows = await reader.rows(sql<Row>`
      select c.id, c.candidate_number as "candidateNumber", c.given_names as "givenNames", c.family_name as "familyName",
        j.centre_reference as "centreReference", j.joined_at as "enteredAt", c.uln is not null as "hasUln"
      from web_portal.centre_candidates j join web_portal.candidates c on c.id = j.candidate_id where ${sql.join(all, sql` and `)}
      order by c.id limit ${query.limit + 1}`);
    const { items, next } = partOf(rows, query.limit);
    return { items: items.map((row) => ({ ...row, enteredAt: row.enteredAt.toISOString() })), next };
  },
});

/** A candidate of the centre, also by the id of a record that was merged; NotFound where it has none of this id. */
export async function candidateOf(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  candidateId: string,
): Promise<Candidate> {
  const known = await candidateById(reader, candidateId, centreId);
  if (known) return known;
  const survivor = await survivorOf(reader, candidateId);
  const kept = survivor && (await candidateById(reader, survivor, centreId));
  if (!kept) throw new NotFound();
  return kept;
}

export const readCandidate = reads({
  id: 'readCandidate',
  path: '/candidates/{candidateId}',
  summary: 'One candidate',
  description:
    'With date of birth and ULN. Keep the two apart from each other where your programs send e-mail. The id of a record that was merged leads to the record that stays.',
  scope: 'candidates:read',
  params: candidateParams,
  query: z.strictObject({}),
  answer: candidate,
  read: async (reader, { centreId, params }) => {
    const known = await candidateOf(reader, centreId, params.candidateId);
    const { joined_at } = await reader.db
      .selectFrom('web_portal.centre_candidates')
      .select('joined_at')
      .where('centre_id', '=', centreId)
      .where('candidate_id', '=', known.id)
      .executeTakeFirstOrThrow();
    // The record may be older: when another centre entered it is no matter of this one.
    return { ...known, candidateNumber: known.number, enteredAt: joined_at.toISOString() };
  },
});
