import { startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { answerRequests, sweepLinks } from './mail-requests/answer-requests.ts';
import { sweepArtefacts } from './single-sign-on/provider/adapter.ts';

const LOOK_SECONDS = 2;
const HOUR = 3600;

/** The background work of accounts: answers what was asked for by mail, and removes once an hour what has expired. */
export async function startBackgroundWork(services: Services): Promise<{ stop(): Promise<void> }> {
  const jobs = startJobs(services);
  jobs.every('answer mail requests', LOOK_SECONDS, async () => {
    await answerRequests(services);
  });
  jobs.every('sweep mailed links', HOUR, () => sweepLinks(services));
  jobs.every('sweep single sign-on', HOUR, () => sweepArtefacts(services));
  return jobs;
}
