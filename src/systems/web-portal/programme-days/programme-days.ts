import { Temporal } from 'temporal-polyfill';
import { formatDate } from '#ui';

/** Days from the start of a programme within which a regulated qualification's candidates are registered (manual 4.1). */
export const DAYS_ALLOWED = 90;
/** When so many days are left or fewer, whoever has not registered yet is told. */
export const DAYS_SOON = 14;
/** How far ahead a programme may start, in days. Earlier registration helps nobody, and a wrong year is the usual cause. */
const DAYS_AHEAD = 180;
/** How long ago a programme may have started, in years. */
const YEARS_BACK = 5;

export interface ProgrammeDays {
  /** Whole days from the start to the day of registration; 0 when the programme starts later. */
  readonly daysUsed: number;
  /** More than 90 days, for a regulated qualification. */
  readonly late: boolean;
}

/** Whole days from one day to another; negative when `to` is earlier. Days are YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** The day after a number of days. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/**
 * How many of the 90 days are used on the day of registration. Computed when a registration is made and never again;
 * candidates registered late are registered all the same, and Quality and Compliance looks at them (policy 1.10).
 */
export function programmeDays(facts: { programmeStart: string; today: string; regulated: boolean }): ProgrammeDays {
  const daysUsed = Math.max(0, daysBetween(facts.programmeStart, facts.today));
  return { daysUsed, late: facts.regulated && daysUsed > DAYS_ALLOWED };
}

/** How many of the 90 days are left on a day, and the last of them. Negative left: it is too late. */
export function daysLeft(programmeStart: string, today: string): { readonly left: number; readonly last: string } {
  const last = addDays(programmeStart, DAYS_ALLOWED);
  return { left: daysBetween(today, last), last };
}

/** The count of days for somebody who is not registered yet, as forms and lists of drafts say it. */
export function countdownInWords(programmeStart: string, today: string): string {
  const { left, last } = daysLeft(programmeStart, today);
  const used = daysBetween(programmeStart, today);
  if (left < 0) return `${days(used)} used of ${DAYS_ALLOWED}: a registration today is marked late`;
  const until = `the last day is ${formatDate(last)}`;
  if (used < 0) return `Starts in ${days(-used)}: no day of the ${DAYS_ALLOWED} is used, ${until}`;
  return `${days(used)} used of ${DAYS_ALLOWED}, ${left} left: ${until}`;
}

/** Why a programme start cannot be right, in a sentence, or null. Future starts are allowed for half a year. */
export function programmeStartProblem(programmeStart: string, today: string): string | null {
  const start = Temporal.PlainDate.from(programmeStart);
  const now = Temporal.PlainDate.from(today);
  if (Temporal.PlainDate.compare(start, now.add({ days: DAYS_AHEAD })) > 0) {
    return `The programme start is more than ${DAYS_AHEAD} days ahead. Check the year, or register nearer to the start`;
  }
  if (Temporal.PlainDate.compare(start, now.subtract({ years: YEARS_BACK })) < 0) {
    return `The programme start is more than ${YEARS_BACK} years ago. Check the year`;
  }
  return null;
}

/** The days used in words, as a page of the registration says them. */
export function daysInWords(facts: {
  programmeStart: string;
  registeredOn: string;
  daysUsed: number;
  late: boolean;
  regulated: boolean;
}): string {
  const { programmeStart, registeredOn, daysUsed, late, regulated } = facts;
  const ahead = daysBetween(registeredOn, programmeStart);
  if (ahead > 0) return `Registered ${days(ahead)} before the programme starts`;
  if (!regulated) return `Registered ${days(daysUsed)} after the programme started; no limit applies to this product`;
  if (late) return `Registered late: ${days(daysUsed)} after the programme started, ${DAYS_ALLOWED} are allowed`;
  if (daysUsed === 0) return `Registered on the day the programme started; ${DAYS_ALLOWED} days are allowed`;
  return `${daysUsed} of ${DAYS_ALLOWED} days used, ${DAYS_ALLOWED - daysUsed} left`;
}

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;
