import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

/** So long without a heartbeat: an outage is going on, or is about to be recorded. */
const HEARTBEAT_LATE_SECONDS = 15;

/** True while the heartbeat of the service is late: no sitting may be closed or refused for time until the gap is on record. */
export async function heartbeatIsLate(services: Services): Promise<boolean> {
  // By the real clock, which the heart beats by; the database has it too.
  const [late] = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ late: boolean }>`
      select beat_at < clock_timestamp() - make_interval(secs => ${HEARTBEAT_LATE_SECONDS}) as late from platform.heartbeat`),
  );
  return late?.late ?? false;
}

/** Waits, 3 seconds at most, until the gap before this start is on record. */
export async function outageIsOnRecord(services: Services): Promise<void> {
  for (let tries = 0; tries < 60 && (await heartbeatIsLate(services)); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
