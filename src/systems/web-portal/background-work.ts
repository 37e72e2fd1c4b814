import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { tellOfExpiry } from './api/keys/tell-expiry.ts';
import { sweepAnswers } from './api/requests/once.ts';
import { forgetCodes } from './candidate-account/codes.ts';
import { inviteNewCandidates } from './candidate-account/invitations.ts';
import { forgetRows } from './forget-rows/forget-rows.ts';
import { registerImports } from './register-import/register-imports.ts';
import { expireDrafts } from './registration-drafts/expire-drafts.ts';
import { expireTransfers } from './transfers/expire-transfers.ts';
import { deliverWebhooks } from './webhooks/deliver.ts';
import { sweepDeliveries } from './webhooks/sweep.ts';

/** A person waits for it. */
const REGISTER_EVERY_SECONDS = 1;
const INVITE_EVERY_SECONDS = 30;
const DELIVER_SECONDS = 5;
const HOUR = 3600;

/**
 * The background work of the Web Portal: registers the files that were confirmed, invites candidates to an own account,
 * sends events to the systems of centres, ends transfers that nobody answered, forgets old drafts, rows
 * of files, answers and deliveries, and tells of keys that expire.
 */
export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('register imports', REGISTER_EVERY_SECONDS, () => registerImports(services));
  jobs.every('invite candidates', INVITE_EVERY_SECONDS, () => inviteNewCandidates(services));
  jobs.every('deliver webhooks', DELIVER_SECONDS, async () => void (await deliverWebhooks(services)));
  jobs.every('sweep API answers', HOUR, () => sweepAnswers(services));
  jobs.every('sweep deliveries', HOUR, () => sweepDeliveries(services));
  jobs.every('forget rows of files', HOUR, async () => void (await forgetRows(services)));
  jobs.every('forget account codes', HOUR, () => forgetCodes(services));
  jobs.every('tell of keys that expire', HOUR, () => tellOfExpiry(services));
  jobs.every('expire transfers', HOUR, () => expireTransfers(services));
  jobs.every('delete old drafts', HOUR, async () => void (await expireDrafts(services)));
  return jobs;
}
