import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { formatDateTime, plural } from '#ui';
import type { EndingRegistration, RegistrationEnder } from '#web-portal';
import { cancelBooking } from '../book-candidates/book-candidates.ts';

interface Booked {
  readonly id: string;
  readonly unit: string;
  readonly startsAt: Date;
}

function bookedOf(reader: Pick<Reader, 'rows'>, { registrationId, centreId }: EndingRegistration): Promise<Booked[]> {
  return reader.rows(sql<Booked>`
    select s.id, u.title as unit, e.starts_at as "startsAt" from online_assessments.sittings s
    join online_assessments.sessions e on e.id = s.session_id join products.published_units u on u.id = s.unit_id
    where s.registration_id = ${registrationId} and s.centre_id = ${centreId} and s.state = 'booked' order by e.starts_at, s.id`);
}

/** The part of Online Assessments in the end of a registration: bookings are cancelled; a sitting that has begun comes to its result first. */
export const sittingsEnder: RegistrationEnder = {
  follows: async (reader, ending) =>
    (await bookedOf(reader, ending)).map(
      ({ unit, startsAt }) => `The booking for ${unit} on ${formatDateTime(startsAt)} is cancelled`,
    ),
  obstacles: async (reader, { registrationId, centreId }) => {
    const [row] = await reader.rows(sql<{ count: number }>`
      select count(*)::int as count from online_assessments.sittings s
      where s.registration_id = ${registrationId} and s.centre_id = ${centreId}
        and s.state in ('checked_in', 'running', 'paused', 'handed_in', 'timed_out', 'ended_by_invigilator', 'marked', 'held')`);
    const count = row?.count ?? 0;
    return count > 0
      ? [`${plural(count, 'sitting')} without a released result: wait for the result, or have it made void`]
      : [];
  },
  end: async (writer, ending, reason) => {
    for (const { id } of await bookedOf(writer, ending)) await cancelBooking(writer, { sittingId: id, reason });
  },
};
