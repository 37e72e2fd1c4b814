import { z } from 'zod';
import { listFields } from '#ui';
import { hubQuery } from '../hub-page/hub-page.ts';

/** What is shown: `open` is whatever still waits for somebody. */
export const SHOWN = ['open', 'centre', 'body', 'overdue', 'draft', 'decided', 'withdrawn', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const listQuery = hubQuery.extend({
  ...listFields(['due', 'number', 'title', 'centre']),
  show: z.enum(SHOWN).catch('open'),
  form: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,59}$/)
    .optional()
    .catch(undefined),
  assigned: z.enum(['me', 'nobody']).optional().catch(undefined),
});
export type RequestsQuery = z.infer<typeof listQuery>;
