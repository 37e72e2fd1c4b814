/**
 * Candidate numbers: 7 digits from a sequence and a check digit by Verhoeff's scheme, which finds every single wrong
 * digit and every change of two neighbours (the weighted schemes miss some): a candidate's number is read aloud, typed
 * at seats and copied by hand.
 */

/** The product of two elements of the dihedral group of order 10: 0-4 are turns, 5-9 are turns after a flip. */
function product(left: number, right: number): number {
  const turn = left % 5;
  const other = right % 5;
  if (left < 5) return right < 5 ? (turn + other) % 5 : 5 + ((turn + other) % 5);
  return right < 5 ? 5 + ((turn - other + 5) % 5) : (turn - other + 5) % 5;
}

/** Verhoeff's permutation; the digit at place n goes through it n times, so that a change of neighbours shows. */
const STEP = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

function permuted(digit: number, times: number): number {
  let value = digit;
  for (let i = 0; i < times; i++) value = STEP[value] as number;
  return value;
}

/** The group product of all digits, the last digit at place 0. A right number gives 0. */
function checksum(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    sum = product(sum, permuted(Number(digits[digits.length - 1 - place]), place % 8));
  }
  return sum;
}

/** The digit that makes a row of digits right when it is put at the end. */
export function checkDigit(digits: string): string {
  const right = Array.from({ length: 10 }, (_, digit) => String(digit)).find((digit) => checksum(digits + digit) === 0);
  if (right === undefined) throw new RangeError(`"${digits}" is not a row of digits`);
  return right;
}

/** The candidate number for a serial of 7 digits (1000000 to 9999999). */
export function candidateNumber(serial: number): string {
  if (!Number.isInteger(serial) || serial < 1_000_000 || serial > 9_999_999) {
    throw new RangeError(`A candidate's serial has 7 digits, not ${serial}`);
  }
  return `${serial}${checkDigit(String(serial))}`;
}

/** Whether a text is 8 digits whose check digit is right. */
export function isCandidateNumber(text: string): boolean {
  return /^[1-9]\d{7}$/.test(text) && checksum(text) === 0;
}
