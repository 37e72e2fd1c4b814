import { Temporal } from 'temporal-polyfill';

/** The calendar day in the United Kingdom at a moment, YYYY-MM-DD: dates of law are reckoned there. */
export function dayInLondon(moment: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO('Europe/London')
    .toPlainDate()
    .toString();
}
