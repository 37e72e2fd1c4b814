/** The clock of a request: working days from submission to decision; it stands still while a question to the centre is open. */
import { addWorkingDays, workingDaysBetween } from '../working-days/working-days.ts';

/** A request's clock. Days are YYYY-MM-DD in Europe/London. */
export interface RequestTime {
  /** The last day for the decision, as it stands; while the clock is stopped, as it stood then. */
  readonly dueOn: string;
  /** The day the clock stopped; null: it runs. */
  readonly pausedOn: string | null;
}

/** The last day for the decision of what is submitted on a day with so many working days allowed. */
export function dueOn(submittedOn: string, daysAllowed: number): string {
  return addWorkingDays(submittedOn, daysAllowed);
}

/** The last day when the clock goes on: later by the working days it stood still. */
export function dueAfterPause(
  { dueOn: due, pausedOn }: { readonly dueOn: string; readonly pausedOn: string },
  today: string,
): string {
  return addWorkingDays(due, Math.max(0, workingDaysBetween(pausedOn, today)));
}

/** Working days left; 0 is the last day itself, below 0 it is overdue by so many. While it stands still: those left then. */
export function daysLeft({ dueOn: due, pausedOn }: RequestTime, today: string): number {
  return workingDaysBetween(pausedOn ?? today, due);
}

/** "4 working days left", "Last day today", "Overdue by 2 working days", "Clock stopped with 4 working days left". */
export function clockWords(time: RequestTime, today: string): string {
  const left = daysLeft(time, today);
  const days = (count: number) => `${count} working ${count === 1 ? 'day' : 'days'}`;
  if (time.pausedOn !== null)
    return left < 0 ? `Clock stopped, overdue by ${days(-left)}` : `Clock stopped with ${days(left)} left`;
  if (left < 0) return `Overdue by ${days(-left)}`;
  return left === 0 ? 'Last day today' : `${days(left)} left`;
}
