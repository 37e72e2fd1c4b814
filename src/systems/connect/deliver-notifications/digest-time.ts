import { Temporal } from 'temporal-polyfill';
import { dayInLondon } from '#platform/clock/day-in-london.ts';

const LONDON = 'Europe/London';
/** The hour in London at which the daily mail is written. */
const HOUR = 7;

/**
 * The digest that is due at a moment: its day, and the end of the time it tells of, which is seven o'clock in London of
 * that day. Before seven it is yesterday's, so that one missed while the service was away is made up for.
 */
export function digestDue(now: Date): { readonly day: string; readonly before: Date } {
  const moment = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(LONDON);
  const today = Temporal.PlainDate.from(dayInLondon(now));
  const day = moment.hour < HOUR ? today.subtract({ days: 1 }) : today;
  const before = day.toZonedDateTime({ timeZone: LONDON, plainTime: { hour: HOUR } });
  return { day: day.toString(), before: new Date(before.epochMilliseconds) };
}
