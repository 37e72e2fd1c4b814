/** Waivers as they are stored and told. */
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { formatDateTime } from '#ui';
import { latenessWaived } from '../audit.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { lastDays, type Outage, waivingOutage } from './lateness-waiver.ts';

/** Waives the lateness of registrations that are being made now, where the record of outages says so. */
export async function waiveForOutages(
  writer: Writer,
  centreId: string,
  late: readonly { readonly registrationId: string; readonly programmeStart: string }[],
): Promise<void> {
  const [earliest] = late.map(({ programmeStart }) => programmeStart).sort();
  if (!earliest) return;
  // A day on either side: days are those of London, moments those of the database.
  const from = addDays(lastDays(earliest)[0] as string, -1);
  const outages = await writer.rows(sql<Outage>`
    select id, began_at as "beganAt", ended_at as "endedAt"
    from web_portal.outages_between(${`${from}T00:00:00Z`}::timestamptz, ${writer.now})`);
  const registeredOn = dayInLondon(writer.now);
  const waived = late.flatMap(({ registrationId, programmeStart }) => {
    const outage = waivingOutage({ programmeStart, registeredOn }, outages);
    return outage ? [{ registrationId, outage }] : [];
  });
  if (waived.length === 0) return;
  await writer.rows(sql`
    insert into web_portal.lateness_waivers (registration_id, centre_id, outage_id, outage_began_at, outage_ended_at, waived_at)
    select w.registration_id, ${centreId}, o.id, o.began_at, o.ended_at, ${writer.now}
    from unnest(${waived.map(({ registrationId }) => registrationId)}::uuid[], ${waived.map(({ outage }) => outage.id)}::uuid[])
      as w (registration_id, outage_id)
    join web_portal.outages_between(${`${from}T00:00:00Z`}::timestamptz, ${writer.now}) o on o.id = w.outage_id`);
  await writer.auditMany(
    latenessWaived,
    waived.map(({ registrationId, outage }) => ({
      subject: { kind: 'registration', id: registrationId },
      payload: { outageId: outage.id, began: outage.beganAt.toISOString(), ended: outage.endedAt.toISOString() },
    })),
    centreId,
  );
}

/** The outage that waived a lateness, as people read it. */
export function waiverInWords({ beganAt, endedAt }: Pick<Outage, 'beganAt' | 'endedAt'>): string {
  return `waived: our outage of ${formatDateTime(beganAt)} to ${formatDateTime(endedAt)}`;
}
