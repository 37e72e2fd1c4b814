import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { inviteNewCandidates } from './candidate-account/invitations.ts';
import { registerImports } from './register-import/register-imports.ts';

/** A person waits for it. */
const REGISTER_EVERY_SECONDS = 1;
const INVITE_EVERY_SECONDS = 30;

export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('register imports', REGISTER_EVERY_SECONDS, () => registerImports(services));
  jobs.every('invite candidates', INVITE_EVERY_SECONDS, () => inviteNewCandidates(services));
  return jobs;
}
