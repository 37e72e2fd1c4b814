/** The shape of a qualification number on the register: three digits, four digits, check character. */
const SHAPE = /^(\d{3})\/(\d{4})\/([\dX])$/;

/**
 * The check character that most published numbers carry: the first seven digits times 8 to 2, summed, modulo 11, with
 * X for 10. Worked out from published numbers (33 of 35); no official statement of it is known.
 */
export function checkCharacter(firstSevenDigits: string): string {
  let sum = 0;
  for (let index = 0; index < 7; index++) sum += Number(firstSevenDigits[index]) * (8 - index);
  const rest = sum % 11;
  return rest === 10 ? 'X' : String(rest);
}

/**
 * A reason to look again at a qualification number, or null. Never a reason to refuse it: the series from 610 on does
 * not follow the pattern.
 */
export function qualificationNumberWarning(number: string): string | null {
  const match = SHAPE.exec(number);
  if (!match) return 'A qualification number looks like 500/6771/0: compare it with the register';
  const [, series, rest, given] = match as unknown as [string, string, string, string];
  if (Number(series) >= 610) return null;
  const expected = checkCharacter(series + rest);
  if (expected === given) return null;
  return `Numbers of this series usually end in ${expected} here, and this one ends in ${given}: compare it with the register`;
}

const TYPED = /^(\d{3})\/?(\d{4})\/?([\dXx])$/;

/** A qualification number as the register writes it, or null where it has another shape. */
export function qualificationNumberFrom(words: string): string | null {
  const match = TYPED.exec(words.replace(/\s+/g, ''));
  return match && `${match[1]}/${match[2]}/${(match[3] as string).toUpperCase()}`;
}
