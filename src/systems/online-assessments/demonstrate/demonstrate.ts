import type { Services } from '#platform/services.ts';
import { demonstrateItemBanks } from './item-banks.ts';
import { demonstrateSittings } from './sittings.ts';

/** Writes the questions and test forms of the demonstration, then its past and planned sessions. */
export async function demonstrate(services: Services): Promise<void> {
  await demonstrateItemBanks(services);
  await demonstrateSittings(services);
}
