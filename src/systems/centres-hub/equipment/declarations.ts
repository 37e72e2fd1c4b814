import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { formatDate } from '#ui';
import { type EquipmentState, equipmentState } from './validity.ts';

export interface SiteEquipment {
  readonly siteId: string;
  readonly site: string;
  readonly state: EquipmentState;
  /** The last day of the latest declaration; null when none was ever given. */
  readonly lastDay: string | null;
}

/** For each site of a centre, by name, whether it is declared that auto-save of the browsers is off on the equipment for tests. */
export async function equipmentOf(reader: Pick<Reader, 'rows' | 'now'>, centreId: string): Promise<SiteEquipment[]> {
  const rows = await reader.rows(sql<{ siteId: string; site: string; lastDay: string | null }>`
    select s.id as "siteId", s.name as site, max(d.valid_until)::text as "lastDay"
    from centres_hub.sites s left join centres_hub.equipment_declarations d on d.site_id = s.id
    where s.centre_id = ${centreId} group by s.id, s.name order by s.name`);
  const today = dayInLondon(reader.now);
  return rows.map((row) => ({ ...row, state: equipmentState(row.lastDay, today) }));
}

/** What a person reads of it. */
export function equipmentWords({ state, lastDay }: Pick<SiteEquipment, 'state' | 'lastDay'>): string {
  if (lastDay === null) return 'Not declared yet';
  return state === 'ran_out'
    ? `Ran out on ${formatDate(lastDay, 'list')}`
    : `Declared until ${formatDate(lastDay, 'list')}`;
}
