import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { sweepAnswers } from './api/requests/once.ts';
import { deliverWebhooks } from './webhooks/deliver.ts';

const DELIVER_SECONDS = 5;
const HOUR = 3600;

/** The background work of the Web Portal: sends events to the systems of centres, and forgets old answers of the API. */
export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('deliver webhooks', DELIVER_SECONDS, async () => void (await deliverWebhooks(services)));
  jobs.every('sweep API answers', HOUR, () => sweepAnswers(services));
  return jobs;
}
