import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { nameKey } from '../names/names.ts';
import type { RegistrationState } from '../registration-state/registration-state.ts';
import { type Identity, type Match, possibleMatch } from './possible-match.ts';

/** A candidate of the centre who may be the person that is being registered. */
export interface FoundMatch extends Identity, Match {
  readonly id: string;
  readonly number: string;
  readonly centreReference: string | null;
  readonly registrations: readonly { readonly title: string; readonly state: RegistrationState }[];
}

interface Row extends Identity {
  id: string;
  number: string;
  centreReference: string | null;
  registrations: { title: string; state: RegistrationState }[];
}

const SHOWN = 5;

/** Candidates of this centre, and of no other, who may be the same person; the likeliest first, 5 at most. */
export async function findMatches(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  typed: Identity,
): Promise<FoundMatch[]> {
  const rows = await reader.rows(sql<Row>`
    select c.id, c.candidate_number as number, c.given_names as "givenNames", c.family_name as "familyName",
      c.birth_date as "birthDate", c.uln, j.centre_reference as "centreReference",
      coalesce((
        select jsonb_agg(jsonb_build_object('title', p.title, 'state', r.state) order by r.registered_at desc)
        from web_portal.registrations r join products.published_products p on p.id = r.product_id
        where r.candidate_id = c.id and r.centre_id = ${centreId}), '[]'::jsonb) as registrations
    from web_portal.centre_candidates j join web_portal.candidates c on c.id = j.candidate_id
    where j.centre_id = ${centreId}
      and (c.uln = ${typed.uln}::text or c.birth_date = ${typed.birthDate}::date
        or c.name_key = ${nameKey(typed.givenNames, typed.familyName)})
    limit 500`);
  return rows
    .flatMap((row) => {
      const match = possibleMatch(typed, row);
      return match ? [{ ...row, ...match }] : [];
    })
    .sort((a, b) => b.score - a.score || a.number.localeCompare(b.number))
    .slice(0, SHOWN);
}
