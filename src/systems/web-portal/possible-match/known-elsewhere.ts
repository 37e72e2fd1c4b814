/**
 * Somebody known at another centre. A centre learns only which of the things it typed agree, never where, who, or
 * anything it did not type, and only when the whole name and the birth date agree, or a learner number and the birth
 * date: whoever knows so much of a person looks nothing up (docs/decisions/018-one-candidate-for-life.md).
 */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { NewCandidate } from '../candidates/candidates.ts';
import { nameKey } from '../names/names.ts';

export type Agreement = 'name' | 'birth_date' | 'uln' | 'scottish_number';

/** That what was typed agrees with somebody known elsewhere. The token stands for the pair of centre and record. */
export interface KnownElsewhere {
  readonly token: string;
  readonly agrees: readonly Agreement[];
}

const WORDS: Record<Agreement, string> = {
  name: 'name',
  birth_date: 'date of birth',
  uln: 'ULN',
  scottish_number: 'Scottish candidate number',
};

/** "Name and date of birth", in one order. */
export function agreementWords(agrees: readonly string[]): string {
  const words = (Object.keys(WORDS) as Agreement[]).filter((one) => agrees.includes(one)).map((one) => WORDS[one]);
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words);
  return list.charAt(0).toUpperCase() + list.slice(1);
}

/** Asked in the scope of the centre that types; 5 at most. */
export async function knownElsewhere(
  reader: Pick<Reader, 'rows'>,
  typed: Pick<NewCandidate, 'givenNames' | 'familyName' | 'birthDate' | 'uln' | 'scottishNumber'>,
): Promise<KnownElsewhere[]> {
  const { givenNames, familyName, birthDate, uln, scottishNumber = null } = typed;
  return reader.rows(sql<KnownElsewhere>`
    select token, agrees from web_portal.known_elsewhere(${nameKey(givenNames, familyName)}, ${birthDate}::date, ${uln}, ${scottishNumber})`);
}
