/** What is wrong with a unique learner number, one kind for each way to be wrong. */
export type UlnProblem = 'characters' | 'too_short' | 'too_long' | 'leading_zero' | 'temporary' | 'check_digit';

export type UlnReading =
  | { readonly ok: true; readonly uln: string }
  | { readonly ok: false; readonly problem: UlnProblem; readonly message: string };

/** The value some returns use while a learner has no number yet; it belongs to nobody. */
const TEMPORARY = '9999999999';

/**
 * Reads a unique learner number as people type it: spaces and hyphens between the digits are left out.
 * Rule (Learning Records Service): 10 digits, the first not 0; the digits times 10, 9, ... 1 add up to a number that
 * leaves 10 when divided by 11.
 */
export function readUln(typed: string): UlnReading {
  const uln = typed.normalize('NFKC').replace(/[\s\u00ad\u2010-\u2015-]+/g, '');
  const refuse = (problem: UlnProblem, message: string): UlnReading => ({ ok: false, problem, message });
  if (!/^\d*$/.test(uln)) {
    return refuse('characters', 'The ULN has characters that are not digits. Enter the 10 digits, such as 1234567899');
  }
  if (uln.length < 10) {
    return refuse('too_short', `The ULN has ${digits(uln.length)}. Enter all 10`);
  }
  if (uln.length > 10) {
    return refuse('too_long', `The ULN has ${digits(uln.length)}. Enter the 10 that belong to it`);
  }
  if (uln === TEMPORARY) {
    return refuse(
      'temporary',
      '9999999999 stands for a number that is not known yet. Leave the ULN empty and say why it is missing',
    );
  }
  if (uln.startsWith('0')) {
    return refuse('leading_zero', 'A ULN never begins with 0. Check the first digit against the learning record');
  }
  if (weightedSum(uln) % 11 !== 10) {
    return refuse(
      'check_digit',
      'The digits of the ULN do not fit together: one is wrong, or two have changed places. Check it against the learning record',
    );
  }
  return { ok: true, uln };
}

const digits = (count: number) => `${count} ${count === 1 ? 'digit' : 'digits'}`;

function weightedSum(uln: string): number {
  let sum = 0;
  for (let place = 0; place < uln.length; place++) sum += Number(uln[place]) * (10 - place);
  return sum;
}
