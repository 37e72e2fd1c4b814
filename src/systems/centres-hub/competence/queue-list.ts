import { z } from 'zod';
import { JUDGING, type Judge } from './functions.ts';
import type { WaitsFor } from './standing.ts';

export const listQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  function: z.enum(JUDGING).optional().catch(undefined),
  why: z.enum(['never', 'new_evidence', 'running_out', 'ran_out']).optional().catch(undefined),
  sort: z.enum(['name', 'centre', 'product', 'since']).catch('since'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
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
