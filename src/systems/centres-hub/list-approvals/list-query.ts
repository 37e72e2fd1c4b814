import { z } from 'zod';
import { hubQuery } from '../hub-page/hub-page.ts';

export const PAGE_SIZE = 50;

export const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  can: z.enum(['register', 'stopped']).optional().catch(undefined),
  sort: z.enum(['title', 'from', 'last']).catch('title'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.enum(['granted', 'ended', 'stopped', 'allowed']).optional().catch(undefined),
});
export type ApprovalsQuery = z.infer<typeof listQuery>;
