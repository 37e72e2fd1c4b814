import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

/** So many are suggested and offered as a filter. */
const MOST = 100;

/** The names of cohorts that the centre's registrations carry, the latest used first. */
export async function cohortsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<string[]> {
  const rows = await reader.rows(sql<{ cohort: string }>`
    select cohort from web_portal.registrations where centre_id = ${centreId} and cohort is not null
    group by cohort order by max(registered_at) desc limit ${MOST}`);
  return rows.map(({ cohort }) => cohort);
}
