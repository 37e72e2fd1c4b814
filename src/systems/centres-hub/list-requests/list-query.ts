import { z } from 'zod';
import { hubQuery } from '../hub-page/hub-page.ts';

export const PAGE_SIZE = 50;

/** What is shown: `open` is whatever still waits for somebody. */
export const SHOWN = ['open', 'centre', 'body', 'overdue', 'draft', 'decided', 'withdrawn', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  show: z.enum(SHOWN).catch('open'),
  form: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,59}$/)
    .optional()
    .catch(undefined),
  assigned: z.enum(['me', 'nobody']).optional().catch(undefined),
  sort: z.enum(['due', 'number', 'title', 'centre']).catch('due'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type RequestsQuery = z.infer<typeof listQuery>;
