import { Temporal } from 'temporal-polyfill';

/** The calendar day in the United Kingdom at a moment, YYYY-MM-DD: dates of law are reckoned there. */
export function dayInLondon(moment: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO('Europe/London')
    .toPlainDate()
    .toString();
}

/** The moment at which the day after a day YYYY-MM-DD begins in the United Kingdom. */
export function dayAfterBegins(day: string): Date {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  return new Date(next.toZonedDateTime('Europe/London').epochMilliseconds);
}
