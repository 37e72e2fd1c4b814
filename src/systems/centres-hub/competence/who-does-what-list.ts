import { z } from 'zod';
import { listFields } from '#ui';
import type { Site } from '../centres/centres.ts';
import { type Hub, hubQuery } from '../hub-page/hub-page.ts';
import type { Colleague } from './colleagues.ts';
import { FUNCTION_KEYS } from './functions.ts';
import type { FunctionLine } from './read-standing.ts';
import type { LineStanding } from './standing.ts';

export const listQuery = hubQuery.extend({
  ...listFields(['name', 'function', 'product', 'from']),
  function: z.enum(FUNCTION_KEYS).optional().catch(undefined),
  product: z.uuid().optional().catch(undefined),
  site: z.uuid().optional().catch(undefined),
  can: z.enum(['yes', 'no']).optional().catch(undefined),
  done: z.enum(['begun', 'ended']).optional().catch(undefined),
});
export type ListQuery = z.infer<typeof listQuery>;

/** Somebody put down for something, and what it lets do today. */
export interface Line extends FunctionLine {
  readonly colleague: Colleague;
  readonly standing: LineStanding | null;
}

export interface WhoDoesWhat {
  readonly hub: Hub;
  readonly lines: readonly Line[];
  readonly products: readonly { readonly productId: string; readonly title: string }[];
  readonly sites: readonly Site[];
}
