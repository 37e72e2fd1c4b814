import { nameWords } from '../names/names.ts';

/** What is compared of two candidates. */
export interface Identity {
  readonly givenNames: string;
  readonly familyName: string;
  /** YYYY-MM-DD */
  readonly birthDate: string;
  readonly uln: string | null;
}

/** Why somebody who is registered already may be the same person; the strongest reason first. */
export type MatchReason =
  | 'same_uln'
  | 'same_birth_date_and_name'
  | 'same_birth_date_and_similar_name'
  | 'same_name_and_similar_birth_date';

export interface Match {
  readonly reason: MatchReason;
  /** 0 to 1: how sure it is, for the order of the list. */
  readonly score: number;
}

/** From this likeness on two names of people born on the same day are shown for a decision. */
const SIMILAR = 0.72;

/**
 * Whether two entries may be one person: the same ULN; the same birth date and a similar name; or the same name and a
 * birth date with day and month changed or one digit different. Null when not. Twins with unlike first names are not
 * a match: their names share the family name only.
 */
export function possibleMatch(typed: Identity, known: Identity): Match | null {
  if (typed.uln !== null && typed.uln === known.uln) return { reason: 'same_uln', score: 1 };
  const likeness = nameLikeness(typed, known);
  if (typed.birthDate === known.birthDate) {
    if (likeness === 1) return { reason: 'same_birth_date_and_name', score: 0.95 };
    if (likeness >= SIMILAR) return { reason: 'same_birth_date_and_similar_name', score: 0.6 + likeness * 0.3 };
    return null;
  }
  // Two different ULNs and two different birth dates are two people of one name.
  const bothHaveUln = typed.uln !== null && known.uln !== null;
  if (likeness === 1 && !bothHaveUln && similarDate(typed.birthDate, known.birthDate)) {
    return { reason: 'same_name_and_similar_birth_date', score: 0.55 };
  }
  return null;
}

/** The reason in words for the page that asks. */
export const MATCH_WORDS: Record<MatchReason, string> = {
  same_uln: 'Same ULN',
  same_birth_date_and_name: 'Same name and date of birth',
  same_birth_date_and_similar_name: 'Same date of birth and a similar name',
  same_name_and_similar_birth_date: 'Same name and nearly the same date of birth',
};

type Names = Pick<Identity, 'givenNames' | 'familyName'>;

/**
 * 0 to 1: how alike two whole names are, whatever the order of their words, accents, case, hyphens and apostrophes.
 * Each word of the shorter name is paired with its likest of the longer; middle names that one of them lacks weigh little.
 */
export function nameLikeness(one: Names, other: Names): number {
  const first = nameWords(one.givenNames, one.familyName);
  const second = nameWords(other.givenNames, other.familyName);
  const [short, long] = first.length <= second.length ? [first, [...second]] : [second, [...first]];
  if (short.length === 0) return 0;
  if (first.join('') === second.join('')) return 1;
  let sum = 0;
  for (const word of [...short].sort((a, b) => b.length - a.length)) {
    let best = 0;
    let bestAt = 0;
    long.forEach((candidate, at) => {
      const alike = wordLikeness(word, candidate);
      if (alike > best) [best, bestAt] = [alike, at];
    });
    sum += best < 0.5 ? 0 : best;
    if (best > 0) long.splice(bestAt, 1);
  }
  const extra = long.length;
  return sum / (short.length + extra * 0.25);
}

/** 1 for equal words; an initial stands for its word; otherwise 1 less the share of letters to change. */
function wordLikeness(one: string, other: string): number {
  if (one === other) return 1;
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? 0.8 : 0;
  return 1 - editDistance(one, other) / Math.max(one.length, other.length);
}

/** Letters to add, leave out, change, or exchange with their neighbour, to make one word of the other. */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const current = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let best = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        best = Math.min(best, (before[j - 2] as number) + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[other.length] as number;
}

/** Day and month changed, or exactly one digit different. */
function similarDate(one: string, other: string): boolean {
  const [year, month, day] = one.split('-');
  if (`${year}-${day}-${month}` === other) return true;
  let different = 0;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) different++;
  return different === 1;
}
