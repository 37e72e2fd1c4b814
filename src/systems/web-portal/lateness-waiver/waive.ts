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
  for (const { registrationId, programmeStart } of late) {
    const outage = waivingOutage({ programmeStart, registeredOn }, outages);
    if (!outage) continue;
    await writer.rows(sql`
      insert into web_portal.lateness_waivers (registration_id, centre_id, outage_id, outage_began_at, outage_ended_at, waived_at)
      values (${registrationId}, ${centreId}, ${outage.id}, ${outage.beganAt}, ${outage.endedAt}, ${writer.now})`);
    await writer.audit(
      latenessWaived,
      { kind: 'registration', id: registrationId },
      { outageId: outage.id, began: outage.beganAt.toISOString(), ended: outage.endedAt.toISOString() },
      centreId,
    );
  }
}

/** The outage that waived a lateness, as people read it. */
export function waiverInWords({ beganAt, endedAt }: Pick<Outage, 'beganAt' | 'endedAt'>): string {
  return `waived: our outage of ${formatDateTime(beganAt)} to ${formatDateTime(endedAt)}`;
}
