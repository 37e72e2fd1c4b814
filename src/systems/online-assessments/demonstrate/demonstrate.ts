import type { Services } from '#platform/services.ts';
import { demonstrateItemBanks } from './item-banks.ts';

/** Writes the questions and test forms of the demonstration. */
export async function demonstrate(services: Services): Promise<void> {
  await demonstrateItemBanks(services);
}
