import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { registerImports } from './register-import/register-imports.ts';

/** A person waits for it. */
const REGISTER_EVERY_SECONDS = 1;

export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('register imports', REGISTER_EVERY_SECONDS, () => registerImports(services));
  return jobs;
}
