/**
 * Working days: Monday to Friday without the bank holidays of England and Wales, reckoned by rule.
 *
 * Rules: Banking and Financial Dealings Act 1971, Schedule 1 (Easter Monday, last Monday in May and in August, 26
 * December or 27 December), the proclamations each year for New Year's Day and the first Monday in May, and the common-law
 * days Christmas Day and Good Friday; a holiday on a weekend is kept on the next day that is none
 * (https://www.gov.uk/bank-holidays). A day proclaimed once only (a coronation, a jubilee) stands in ONCE and MOVED.
 */
import { Temporal } from 'temporal-polyfill';

type Day = Temporal.PlainDate;

/** Holidays proclaimed for one year. */
const ONCE: Readonly<Record<number, readonly string[]>> = {
  2022: ['2022-06-03', '2022-09-19'],
  2023: ['2023-05-08'],
};
/** A holiday kept on another day in one year. */
const MOVED: Readonly<Record<string, string>> = { '2020-05-04': '2020-05-08', '2022-05-30': '2022-06-02' };

/** Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher). */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 }).toString();
}

const isWeekend = (day: Day) => day.dayOfWeek > 5;

function firstMonday(year: number, month: number): Day {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  return first.add({ days: (8 - first.dayOfWeek) % 7 });
}

function lastMonday(year: number, month: number): Day {
  const last = Temporal.PlainDate.from({ year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 });
  return last.subtract({ days: last.dayOfWeek - 1 });
}

const known = new Map<number, ReadonlySet<string>>();

/** The bank holidays of England and Wales in a year, substitute days in place of those they stand for. */
export function bankHolidays(year: number): ReadonlySet<string> {
  const before = known.get(year);
  if (before) return before;
  const easter = Temporal.PlainDate.from(easterSunday(year));
  const moving = [
    easter.subtract({ days: 2 }),
    easter.add({ days: 1 }),
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
  ].map((day) => MOVED[day.toString()] ?? day.toString());
  const days = new Set([...moving, ...(ONCE[year] ?? [])]);
  for (const [month, date] of [
    [1, 1],
    [12, 25],
    [12, 26],
  ] as const) {
    let day = Temporal.PlainDate.from({ year, month, day: date });
    // Of two fixed holidays side by side the first to fall on a weekend takes the first free day after both.
    while (isWeekend(day) || days.has(day.toString())) day = day.add({ days: 1 });
    days.add(day.toString());
  }
  known.set(year, days);
  return days;
}

/** Whether people of the awarding body work on this day, YYYY-MM-DD. */
export function isWorkingDay(day: string): boolean {
  const date = Temporal.PlainDate.from(day);
  return !isWeekend(date) && !bankHolidays(date.year).has(day);
}

/**
 * The day on which so many working days after `from` have passed; the day itself does not count, so what comes on a
 * Friday with one day allowed is due on Monday. `count` 0 gives `from` itself.
 */
export function addWorkingDays(from: string, count: number): string {
  let day = Temporal.PlainDate.from(from);
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day.toString())) left -= 1;
  }
  return day.toString();
}

/** How many working days lie after `from` up to and with `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from) || 0;
  let count = 0;
  for (let day = Temporal.PlainDate.from(from); day.toString() < to; ) {
    day = day.add({ days: 1 });
    if (isWorkingDay(day.toString())) count += 1;
  }
  return count;
}
