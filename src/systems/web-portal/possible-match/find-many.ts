import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { nameKey } from '../names/names.ts';
import { type Identity, type Match, possibleMatch } from './possible-match.ts';

/** A candidate of the centre who may be the person of one of many entries. */
export interface KnownMatch extends Identity, Match {
  readonly id: string;
  readonly number: string;
}

interface Row extends Identity {
  place: number;
  id: string;
  number: string;
}

const SHOWN = 5;
/** So many of one birth date or one name are compared with an entry. */
const COMPARED = 100;

/**
 * For each entry the candidates of this centre, and of no other, who may be the same person: by the same rule as for one
 * entry (find-matches.ts), asked in one statement. The likeliest first, 5 at most.
 */
export async function findMatchesOfMany(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  entries: readonly Identity[],
): Promise<KnownMatch[][]> {
  const found: KnownMatch[][] = entries.map(() => []);
  if (entries.length === 0) return found;
  const columns = sql`c.id, c.candidate_number as number, c.given_names as "givenNames", c.family_name as "familyName",
    c.birth_date as "birthDate", c.uln`;
  const own = sql`from web_portal.candidates c where exists (
    select from web_portal.centre_candidates j where j.candidate_id = c.id and j.centre_id = ${centreId})`;
  const rows = await reader.rows(sql<Row>`
    select distinct e.place, k.* from unnest(${entries.map((_, at) => at)}::int[], ${entries.map(({ uln }) => uln)}::text[],
      ${entries.map(({ birthDate }) => birthDate)}::date[], ${entries.map((one) => nameKey(one.givenNames, one.familyName))}::text[])
      as e (place, uln, birth_date, name_key)
    cross join lateral (
      (select ${columns} ${own} and c.uln = e.uln)
      union all
      (select ${columns} ${own} and c.birth_date = e.birth_date limit ${COMPARED})
      union all
      (select ${columns} ${own} and c.name_key = e.name_key limit ${COMPARED})) k`);
  for (const { place, ...known } of rows) {
    const match = possibleMatch(entries[place] as Identity, known);
    if (match) found[place]?.push({ ...known, ...match });
  }
  return found.map((all) => all.sort((a, b) => b.score - a.score || a.number.localeCompare(b.number)).slice(0, SHOWN));
}
