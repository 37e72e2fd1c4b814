import { z } from 'zod';
import { hubQuery } from '../hub-page/hub-page.ts';
import { USER_STATES } from '../users/user-state.ts';

export const followQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  state: z.enum(USER_STATES).optional().catch(undefined),
  seen: z.enum(['never']).optional().catch(undefined),
  sort: z.enum(['name', 'state', 'invited']).catch('state'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type FollowQuery = z.infer<typeof followQuery>;
