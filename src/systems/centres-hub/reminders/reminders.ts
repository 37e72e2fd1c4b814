/** When to remind of a last day: of a licence, an approval of a person, a document. Pure; days in London, YYYY-MM-DD. */
import { Temporal } from 'temporal-polyfill';

/** Days before a last day on which people are reminded. */
export const REMIND_DAYS = [90, 30, 7] as const;
/** Stands for "it has run out" beside the distances. */
export const RAN_OUT = 0;

export interface DueReminder {
  readonly daysBefore: number;
  /** False: reached, but a nearer one is told in its place. */
  readonly told: boolean;
}

/** Days from `today` to the last day; 0 on the last day itself, negative when it has passed. */
export function daysLeft(lastDay: string, today: string): number {
  return Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(lastDay), { largestUnit: 'days' }).days;
}

/**
 * The reminders that are due and were not written yet. Each distance once; where several were missed because nothing ran,
 * or because the record came late, the nearest is told and the others count as written.
 */
export function dueReminders(lastDay: string, today: string, written: readonly number[]): DueReminder[] {
  const left = daysLeft(lastDay, today);
  const reached = [...REMIND_DAYS.filter((days) => left <= days), ...(left < 0 ? [RAN_OUT] : [])];
  const nearest = Math.min(...reached);
  const tells = reached.length > 0 && !written.some((days) => days <= nearest);
  return reached
    .filter((daysBefore) => !written.includes(daysBefore))
    .map((daysBefore) => ({ daysBefore, told: tells && daysBefore === nearest }));
}

/** "in 30 days", "tomorrow", "today". */
export function inDays(left: number): string {
  if (left === 0) return 'today';
  return left === 1 ? 'tomorrow' : `in ${left} days`;
}
