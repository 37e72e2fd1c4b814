export type ScottishNumberReading =
  | { readonly ok: true; readonly scottishNumber: string }
  | { readonly ok: false; readonly message: string };

const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/**
 * Reads a Scottish candidate number as people type it: spaces and hyphens between the digits are left out.
 * Rule (HESA student record, field SCN): 9 digits, of which the last makes the others, weighted 3 2 7 6 5 4 3 2 and added
 * up, a multiple of 11 (0 where nothing is missing); a number whose check digit would be 10 is never given out.
 */
export function readScottishNumber(typed: string): ScottishNumberReading {
  const digits = typed.normalize('NFKC').replace(/[\s\u00ad\u2010-\u2015-]+/g, '');
  if (!/^\d{9}$/.test(digits)) {
    return { ok: false, message: 'A Scottish candidate number has 9 digits. Enter them as on the certificate or card' };
  }
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  const check = (11 - (sum % 11)) % 11;
  if (check !== Number(digits[8])) {
    return {
      ok: false,
      message:
        'The digits of the Scottish candidate number do not fit together: one is wrong, or two have changed places. Check them',
    };
  }
  return { ok: true, scottishNumber: digits };
}
