/** Days as people type them into spreadsheets. Day first, as in the UK; what could be two days is asked for, not guessed. Pure. */

type TypedDate =
  | { readonly ok: true; readonly day: string; readonly month: string; readonly year: string }
  | { readonly ok: false; readonly message: string };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** The number of a month by its English name, whole or the first three letters ("Sept" too); null for another word. */
function monthOf(word: string): number | null {
  const lower = word.toLowerCase().replace(/\.$/, '');
  if (lower === 'sept') return 9;
  const at = MONTHS.indexOf(lower);
  if (at >= 0) return at + 1;
  const full = FULL.indexOf(lower);
  return full >= 0 ? full + 1 : null;
}

/**
 * Day, month and year of 31/12/2004, 31.12.2004, 31-12-2004, 31-Dec-2004, 31 December 2004 and 2004-12-31, also with a
 * time of midnight behind. Whether the day exists is judged with the form. `what`: "date of birth".
 */
export function readTypedDate(text: string, what: string): TypedDate {
  const typed = text
    .normalize('NFKC')
    .trim()
    .replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '')
    .replace(/^(\d{1,2})(?:st|nd|rd|th)\b/i, '$1')
    .replace(/\s+/g, ' ');
  const refuse = (message: string): TypedDate => ({ ok: false, message });
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return parts(iso[3], iso[2], iso[1]);
  const such = `such as 31/12/2004`;
  const numbers = /^(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})$/.exec(typed);
  if (numbers) {
    if (Number(numbers[3]) > 12 && Number(numbers[1]) <= 12)
      return refuse(`The ${what} "${typed}" has the month first. Write the day first, ${such}`);
    return parts(numbers[1], numbers[3], numbers[4]);
  }
  const words = /^(\d{1,2})[ \-/.]?([A-Za-z]{3,9}\.?)[ \-/.,]{0,2}(\d{4})$/.exec(typed);
  const month = words && monthOf(words[2] as string);
  if (words && month) return parts(words[1], String(month), words[3]);
  if (/^\d{1,2}[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ]\d{2}$/.test(typed))
    return refuse(`The year of the ${what} "${typed}" has two digits. Write all four, ${such}`);
  if (/^\d{4}[/.]\d{1,2}[/.]\d{1,2}$/.test(typed))
    return refuse(`The ${what} "${typed}" begins with the year. Write the day first, ${such}, or 2004-12-31`);
  if (/^\d{5}$/.test(typed))
    return refuse(
      `The ${what} "${typed}" is a spreadsheet's own number for a day. Give its cells the format of a date, or write it ${such}`,
    );
  return refuse(`The ${what} "${typed.slice(0, 40)}" is no date that can be read. Write it ${such}`);
}

function parts(day = '', month = '', year = ''): TypedDate {
  return { ok: true, day, month, year };
}
