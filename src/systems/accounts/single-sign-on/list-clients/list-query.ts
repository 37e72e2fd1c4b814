import { z } from 'zod';
import type { Client } from '../clients/clients.ts';

export const PAGE_SIZE = 50;

export const listQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  status: z.enum(['on', 'off']).optional().catch(undefined),
  sort: z.enum(['name', 'supplier', 'entered']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ClientsQuery = z.infer<typeof listQuery>;

export interface ListedClient extends Client {
  readonly lastEnteredAt: Date | null;
  /** People who ever entered. */
  readonly people: number;
}
