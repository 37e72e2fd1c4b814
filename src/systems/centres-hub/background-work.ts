import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { remindOfExpiries } from './competence/remind.ts';

const REMIND_EVERY_SECONDS = 300;

/** The background work of Centres Hub: reminders of what runs out. */
export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('remind of competence', REMIND_EVERY_SECONDS, async () => void (await remindOfExpiries(services)));
  return jobs;
}
