import { startSendingMail } from '../mail/mail-server.ts';
import { SYSTEM } from '../permissions/principal.ts';
import type { Services } from '../services.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type Jobs, startJobs } from './jobs.ts';

const HOUR = 3600;
/** As long as what was typed is offered again (see accounts, kept forms). */
const KEPT_FORM_HOURS = 12;

/** The platform's own background work: heartbeat, mail, sweeping. */
export function startPlatformJobs(services: Services): Jobs {
  const jobs = startJobs(services);
  startHeartbeat(services, jobs);
  startSendingMail(services, jobs);
  jobs.every('sweep', HOUR, () => sweep(services));
  return jobs;
}

/** Removes kept forms that are offered no more and throttle counts whose time is over. */
export async function sweep(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    const before = new Date(now.getTime() - KEPT_FORM_HOURS * HOUR * 1000);
    await db.deleteFrom('platform.kept_forms').where('kept_at', '<', before).execute();
  });
  // The counts belong to the application's own role, and their library counts by the real clock.
  await services.database.pool.query('delete from platform.throttles where expire < $1', [Date.now()]);
}
