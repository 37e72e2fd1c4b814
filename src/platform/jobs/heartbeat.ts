import { sql } from 'kysely';
import type { Reader } from '../database/database.ts';
import { SYSTEM } from '../permissions/principal.ts';
import type { Services } from '../services.ts';
import type { Jobs } from './jobs.ts';

const BEAT_SECONDS = 5;
/** A longer silence is an outage on record: three beats, so that a slow one is none. */
const OUTAGE_SECONDS = 15;

export interface Outage {
  readonly id: string;
  readonly beganAt: Date;
  readonly endedAt: Date;
}

/**
 * Notes that the service is there; a gap since the last beat (of any process) that is longer than OUTAGE_SECONDS is
 * recorded as an outage from that beat to `now`. Returns whether it was.
 */
export async function beat(services: Services, now: Date): Promise<boolean> {
  return services.database.write(SYSTEM, async (writer) => {
    await sql`insert into platform.heartbeat (beat_at) values (${now}) on conflict do nothing`.execute(writer.db);
    const last = await writer.db
      .selectFrom('platform.heartbeat')
      .select('beat_at')
      .forUpdate()
      .executeTakeFirstOrThrow();
    const silent = now.getTime() - last.beat_at.getTime();
    if (silent <= 0) return false;
    await writer.db.updateTable('platform.heartbeat').set({ beat_at: now }).execute();
    if (silent <= OUTAGE_SECONDS * 1000) return false;
    await writer.db.insertInto('platform.outages').values({ began_at: last.beat_at, ended_at: now }).execute();
    return true;
  });
}

/** Beats by the real clock, whatever the services' clock says: it measures whether this process lives. */
export function startHeartbeat(services: Services, jobs: Jobs): void {
  jobs.every('heartbeat', BEAT_SECONDS, async () => {
    const outage = await beat(services, new Date());
    if (outage) services.log.warn('The service had been away; the gap is recorded as an outage.');
  });
}

/** Outages that had not ended at `from`, oldest first; for the system and the awarding body. */
export async function outagesSince(reader: Reader, from: Date): Promise<readonly Outage[]> {
  const rows = await reader.db
    .selectFrom('platform.outages')
    .select(['id', 'began_at', 'ended_at'])
    .where('ended_at', '>', from)
    .orderBy('began_at')
    .execute();
  return rows.map((row) => ({ id: row.id, beganAt: row.began_at, endedAt: row.ended_at }));
}
