import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import { NotFound } from '#platform/http/answers.ts';
import { candidateById } from '../../candidates/candidates.ts';
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
    'In the order in which they were entered. The list carries neither ULN nor date of birth; one candidate does.',
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

export const readCandidate = reads({
  id: 'readCandidate',
  path: '/candidates/{candidateId}',
  summary: 'One candidate',
  description: 'With date of birth and ULN. Keep the two apart from each other where your programs send e-mail.',
  scope: 'candidates:read',
  params: candidateParams,
  query: z.strictObject({}),
  answer: candidate,
  read: async (reader, { centreId, params }) => {
    const known = await candidateById(reader, params.candidateId, centreId);
    if (!known) throw new NotFound();
    return { ...known, candidateNumber: known.number, enteredAt: known.createdAt.toISOString() };
  },
});
