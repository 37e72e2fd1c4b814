import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { mailDigests, mailNotifications } from './deliver-notifications/deliver.ts';
import { tellOfNoticesThatBegin } from './notices/move-notice.ts';
import { mendSearch } from './search/mend.ts';

const MAIL_EVERY_SECONDS = 5;
const DAY_EVERY_SECONDS = 60;
const MEND_EVERY_SECONDS = 600;

/** The background work: mails at once, mails once a day, notices whose first day has come, and the search table's repair. */
export async function startBackgroundWork(services: Services): Promise<Jobs> {
  const jobs = startJobs(services);
  jobs.every('mail notifications', MAIL_EVERY_SECONDS, async () => void (await mailNotifications(services)));
  jobs.every('mail digests', DAY_EVERY_SECONDS, async () => void (await mailDigests(services)));
  jobs.every('tell of notices', DAY_EVERY_SECONDS, async () => void (await tellOfNoticesThatBegin(services)));
  jobs.every('mend search', MEND_EVERY_SECONDS, async () => void (await mendSearch(services)));
  return jobs;
}
