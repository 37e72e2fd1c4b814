import { z } from 'zod';
import { listFields } from '#ui';
import { JUDGING, type Judge } from './functions.ts';
import type { WaitsFor } from './standing.ts';

export const listQuery = z.object({
  ...listFields(['since', 'name', 'centre', 'product']),
  function: z.enum(JUDGING).optional().catch(undefined),
  why: z.enum(['never', 'new_evidence', 'running_out', 'ran_out']).optional().catch(undefined),
});
export type QueueQuery = z.infer<typeof listQuery>;

/** Somebody who waits for a decision of the awarding body. */
export interface Waiting {
  readonly who: string;
  readonly name: string;
  readonly centreNumber: string;
  readonly centre: string;
  readonly function: Judge;
  readonly productId: string;
  readonly product: string;
  readonly code: string;
  readonly why: WaitsFor;
  /** The day from which it waits, or of an approval its last day. */
  readonly since: string;
}
