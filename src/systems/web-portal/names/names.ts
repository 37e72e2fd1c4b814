/** Names as they are compared and searched: without accents, case, hyphens, apostrophes and order. Shown as given. */

// Letters that do not come apart into a base letter and a mark.
const LETTERS: Record<string, string> = {
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
};
const MARKS = /\p{M}+/gu;
const APOSTROPHES = /['’‘`´ʻʼ′]/g;

/** Lower case without accents; apostrophes are dropped, everything else that is no letter or digit becomes a space. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(/[łđðøıßæœþħŧŋ]/g, (letter) => LETTERS[letter] as string)
    .replace(APOSTROPHES, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The words of a whole name. "Seán O'Neill-Byrne" gives sean, oneill, byrne. */
export function nameWords(givenNames: string, familyName: string): string[] {
  return plainText(`${givenNames} ${familyName}`).split(' ').filter(Boolean);
}

/** Equal for two spellings of one name that differ in accents, case, marks and order only. */
export function nameKey(givenNames: string, familyName: string): string {
  return nameWords(givenNames, familyName).sort().join(' ');
}

/**
 * What the list searches: the words of the name, parts joined by hyphens also as one word, then number, learner
 * numbers and e-mail, so that any word a person types is found in it. The database adds former numbers and the centre's
 * reference.
 */
export function searchText(candidate: {
  givenNames: string;
  familyName: string;
  candidateNumber: string;
  uln: string | null;
  scottishNumber: string | null;
  email: string | null;
}): string {
  const { givenNames, familyName } = candidate;
  const whole = `${givenNames} ${familyName}`;
  const joined = whole.split(/\s+/).filter((word) => /[-\u2010-\u2015]/.test(word));
  return [
    plainText(whole),
    ...joined.map((word) => plainText(word).replaceAll(' ', '')),
    candidate.candidateNumber,
    candidate.uln,
    candidate.scottishNumber,
    candidate.email?.toLowerCase(),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The words of a search, each of which must occur in the search text; 6 at most. */
export function searchWords(typed: string): string[] {
  const words = typed
    .trim()
    .slice(0, 100)
    .split(/\s+/)
    .flatMap((word) => (/[@\d/_]/.test(word) ? [word.toLowerCase()] : plainText(word).split(' ')));
  return words.filter(Boolean).slice(0, 6);
}
