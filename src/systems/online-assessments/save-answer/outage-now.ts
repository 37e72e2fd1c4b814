import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

/** So long without a heartbeat: an outage is going on, or is about to be recorded. */
const HEARTBEAT_LATE_MS = 15_000;

/** True while the heartbeat of the service is late: no sitting may be closed or refused for time until the gap is on record. */
export async function heartbeatIsLate(services: Services): Promise<boolean> {
  const row = await services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.heartbeat').select('beat_at').executeTakeFirst(),
  );
  // By the real clock, as the heart beats.
  return row !== undefined && Date.now() - row.beat_at.getTime() > HEARTBEAT_LATE_MS;
}

/** Waits, 3 seconds at most, until the gap before this start is on record. */
export async function outageIsOnRecord(services: Services): Promise<void> {
  for (let tries = 0; tries < 60 && (await heartbeatIsLate(services)); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
