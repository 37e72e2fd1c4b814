/**
 * Which of our own outages waives the lateness of a registration. Pure.
 *
 * Source: Operating Manual 4.1 gives a centre 90 days from the programme start; a centre must not be held late because the
 * service was away when it was due. So that nobody has to ask, the record of outages decides (platform.outages: gaps of the
 * heartbeat). The rule, exactly:
 *
 * - The last three days are the 88th, 89th and 90th after the programme start.
 * - Working time is 8:00 to 18:00 in London on a working day (Monday to Friday without bank holidays).
 * - An outage waives when at least 30 minutes of it fell into working time of the last three days, and the registration was
 *   made on or before the second working day after the day on which the outage ended.
 * - Of several, the one that ended last is named.
 *
 * The lateness itself stays on record; it is left out of the rate of late registrations.
 */
import { Temporal } from 'temporal-polyfill';
import { addWorkingDays, isWorkingDay } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { addDays, daysLeft } from '../programme-days/programme-days.ts';

const LAST_DAYS = 3;
const LEAST_MINUTES = 30;
const WORKING_DAYS_AFTER = 2;
const [BEGINS, ENDS] = [8, 18];

export interface Outage {
  readonly id: string;
  readonly beganAt: Date;
  readonly endedAt: Date;
}

/** The days on which an outage can waive, YYYY-MM-DD, the earliest first. */
export function lastDays(programmeStart: string): string[] {
  const { last } = daysLeft(programmeStart, programmeStart);
  return Array.from({ length: LAST_DAYS }, (_, at) => addDays(last, at - LAST_DAYS + 1));
}

/** The outage that waives a late registration, or null: also where it is not late at all. */
export function waivingOutage<Known extends Outage>(
  { programmeStart, registeredOn }: { readonly programmeStart: string; readonly registeredOn: string },
  outages: readonly Known[],
): Known | null {
  if (daysLeft(programmeStart, registeredOn).left >= 0) return null;
  const days = lastDays(programmeStart);
  const fitting = outages.filter((outage) => {
    const minutes = days.reduce((sum, day) => sum + workingMinutes(outage, day), 0);
    return minutes >= LEAST_MINUTES && registeredOn <= addWorkingDays(dayInLondon(outage.endedAt), WORKING_DAYS_AFTER);
  });
  return fitting.reduce<Known | null>(
    (latest, outage) => (latest && latest.endedAt >= outage.endedAt ? latest : outage),
    null,
  );
}

/** How many minutes of an outage fell into the working time of a day. */
function workingMinutes({ beganAt, endedAt }: Outage, day: string): number {
  if (!isWorkingDay(day)) return 0;
  const at = (hour: number) =>
    Temporal.PlainDate.from(day).toZonedDateTime({
      timeZone: 'Europe/London',
      plainTime: Temporal.PlainTime.from({ hour }),
    }).epochMilliseconds;
  const overlap = Math.min(endedAt.getTime(), at(ENDS)) - Math.max(beganAt.getTime(), at(BEGINS));
  return Math.max(0, overlap) / 60_000;
}
