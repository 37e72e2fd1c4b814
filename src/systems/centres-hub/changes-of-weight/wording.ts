/** What a request for a change of centre details may change, and how its wording is read. */
export const CHANGES_OF_WEIGHT = {
  name: 'Name',
  'trading-name': 'Trading name',
  address: 'Address',
  'head-of-centre': 'Head of centre',
  owner: 'Owner',
} as const;
export type ChangeOfWeight = keyof typeof CHANGES_OF_WEIGHT;

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;

/** An address of at least three lines: the last is the postcode, the one before the town. Null: it is none. */
export function addressFrom(wording: string): { lines: string[]; town: string; postcode: string } | null {
  const lines = wording
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter(Boolean);
  const postcode = lines.pop()?.toUpperCase();
  const town = lines.pop();
  if (!postcode || !POSTCODE.test(postcode) || !town || lines.length === 0) return null;
  return { lines, town, postcode };
}

/** Why the wording cannot stand on the profile, in a sentence; null when it can. */
export function wordingProblem(what: string, wording: string): string | null {
  if (!(what in CHANGES_OF_WEIGHT)) return `"${what}" is no part of the profile that a request changes. Choose another`;
  const text = wording.trim();
  if (text === '') return 'The new wording is empty. Ask the centre for it';
  if (what === 'address') {
    return addressFrom(text)
      ? null
      : 'An address needs at least three lines, the town on the last but one and the postcode on the last. Mend it, then decide';
  }
  if (/\r|\n/.test(text)) return 'This takes one line. Mend the wording, then decide';
  return text.length > 200 ? 'Shorten the new wording to 200 characters' : null;
}
