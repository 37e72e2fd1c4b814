import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { registerImports } from './register-import/register-imports.ts';
import { expireTransfers } from './transfers/expire-transfers.ts';

/** A person waits for it. */
const REGISTER_EVERY_SECONDS = 1;
/** Days run out at midnight: an hour later is soon enough. */
const EXPIRE_EVERY_SECONDS = 3600;

export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('register imports', REGISTER_EVERY_SECONDS, () => registerImports(services));
  jobs.every('expire transfers', EXPIRE_EVERY_SECONDS, () => expireTransfers(services));
  return jobs;
}
