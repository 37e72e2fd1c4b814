import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { registerImports } from './register-import/register-imports.ts';
import { expireDrafts } from './registration-drafts/expire-drafts.ts';

/** A person waits for it. */
const REGISTER_EVERY_SECONDS = 1;
const EXPIRE_EVERY_SECONDS = 3600;

export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('register imports', REGISTER_EVERY_SECONDS, () => registerImports(services));
  jobs.every('delete old drafts', EXPIRE_EVERY_SECONDS, async () => void (await expireDrafts(services)));
  return jobs;
}
