/** Working days of England and Wales: Monday to Friday without bank holidays (Banking and Financial Dealings Act 1971). */

const DAY_MS = 86_400_000;
const time = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const text = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** 0 is Sunday. */
const weekday = (at: number): number => new Date(at).getUTCDay();

/** Easter Sunday of a year of the Gregorian calendar, as a time in UTC (the anonymous computus). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = b >> 2;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = c >> 2;
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}

/** The first Monday of a month (0 is January). */
function firstMonday(year: number, month: number): number {
  const first = Date.UTC(year, month, 1);
  return first + ((8 - weekday(first)) % 7) * DAY_MS;
}

/** The last Monday of a month. */
function lastMonday(year: number, month: number): number {
  const last = Date.UTC(year, month + 1, 0);
  return last - ((weekday(last) + 6) % 7) * DAY_MS;
}

/** The day itself, or the next weekday that is not taken. */
function substitute(at: number, taken: ReadonlySet<number>): number {
  let day = at;
  while (weekday(day) === 0 || weekday(day) === 6 || taken.has(day)) day += DAY_MS;
  return day;
}

const known = new Map<number, ReadonlySet<string>>();

/** The bank holidays of a year, YYYY-MM-DD. Those proclaimed for one year alone are not among them. */
export function bankHolidays(year: number): ReadonlySet<string> {
  const found = known.get(year);
  if (found) return found;
  const easter = easterSunday(year);
  const days = new Set([
    substitute(Date.UTC(year, 0, 1), new Set()),
    easter - 2 * DAY_MS,
    easter + DAY_MS,
    firstMonday(year, 4),
    lastMonday(year, 4),
    lastMonday(year, 7),
  ]);
  // A substitute never falls on the other holiday: of a Saturday and Sunday both move, to Monday and Tuesday.
  const christmas = Date.UTC(year, 11, 25);
  const boxingDay = Date.UTC(year, 11, 26);
  const boxing = substitute(boxingDay, new Set([christmas]));
  days.add(boxing);
  days.add(substitute(christmas, new Set([boxing])));
  const holidays = new Set([...days].map(text));
  known.set(year, holidays);
  return holidays;
}

/** Whether people work on this day, YYYY-MM-DD. */
export function isWorkingDay(day: string): boolean {
  const on = weekday(time(day));
  return on !== 0 && on !== 6 && !bankHolidays(Number(day.slice(0, 4))).has(day);
}

/** The day so many working days after another; the day itself does not count. */
export function addWorkingDays(day: string, count: number): string {
  let at = time(day);
  for (let left = count; left > 0; ) {
    at += DAY_MS;
    if (isWorkingDay(text(at))) left -= 1;
  }
  return text(at);
}

/** How many working days lie after `from` up to and with `to`; below 0 when `to` is before `from`. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from);
  let count = 0;
  for (let at = time(from) + DAY_MS; at <= time(to); at += DAY_MS) if (isWorkingDay(text(at))) count += 1;
  return count;
}
