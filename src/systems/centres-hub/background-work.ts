import { type Jobs, startJobs } from '#platform/jobs/jobs.ts';
import type { Services } from '#platform/services.ts';
import { remindOfDocuments } from './centre-documents/remind.ts';
import { applyGrantedChanges } from './changes-of-weight/apply.ts';
import { remindOfExpiries } from './competence/remind.ts';
import { installShippedForms } from './forms/install-shipped.ts';

const DAY_EVERY_SECONDS = 60;
const REMIND_EVERY_SECONDS = 300;

/** Forms that come with the product, where they are not known yet; then the background work: reminders of documents that expire, and granted changes whose day has come. */
export async function startBackgroundWork(services: Services): Promise<Jobs> {
  await installShippedForms(services);
  const jobs = startJobs(services);
  jobs.every('remind of centre documents', DAY_EVERY_SECONDS, async () => void (await remindOfDocuments(services)));
  jobs.every('apply granted changes', DAY_EVERY_SECONDS, async () => void (await applyGrantedChanges(services)));
  jobs.every('remind of competence', REMIND_EVERY_SECONDS, async () => void (await remindOfExpiries(services)));
  return jobs;
}
