import { z } from 'zod';
import { listFields } from '#ui';
import { hubQuery } from '../hub-page/hub-page.ts';

export const listQuery = hubQuery.extend({
  ...listFields(['title', 'from', 'last']),
  can: z.enum(['register', 'stopped']).optional().catch(undefined),
  done: z.enum(['granted', 'ended', 'stopped', 'allowed']).optional().catch(undefined),
});
export type ApprovalsQuery = z.infer<typeof listQuery>;
