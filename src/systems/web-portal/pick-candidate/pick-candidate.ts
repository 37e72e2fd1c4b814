import { sql } from 'kysely';
import type { CandidatePicker, PickedCandidate } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';
import { searchWords } from '../names/names.ts';
import { candidateOfNumber } from './candidate-of-number.ts';

const MOST = 8;
// A request names a candidate by the record of its day; one that was merged since has the words of its survivor.
const SURVIVOR = sql`c.family_name || ', ' || c.given_names || ' (' || c.candidate_number || ')' as words`;
const WORDS = sql`c.id, ${SURVIVOR}`;

function find(reader: Reader, centreId: string, typed: string): Promise<PickedCandidate[]> {
  const words = searchWords(typed).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  if (words.length === 0) return Promise.resolve([]);
  return reader.rows(sql<PickedCandidate>`
    select ${WORDS} from web_portal.published_candidates c
    where c.centre_id = ${centreId} and c.search_text like all (${words})
    order by c.family_name, c.given_names, c.candidate_number limit ${MOST}`);
}

function named(reader: Reader, centreId: string, ids: readonly string[]): Promise<PickedCandidate[]> {
  return reader.rows(sql<PickedCandidate>`
    select ${WORDS} from web_portal.published_candidates c where c.centre_id = ${centreId} and c.id = any (${[...ids]}::uuid[])
    union all
    select f.former_id as id, ${SURVIVOR} from web_portal.former_candidates f
    join web_portal.published_candidates c on c.id = f.candidate_id and c.centre_id = ${centreId}
    where f.former_id = any (${[...ids]}::uuid[])`);
}

/** The candidates of a centre, for forms of Centres Hub that ask for one. */
export const candidatePicker: CandidatePicker = { find, named, ofNumber: candidateOfNumber };
