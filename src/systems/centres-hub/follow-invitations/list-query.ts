import { z } from 'zod';
import { listFields } from '#ui';
import { hubQuery } from '../hub-page/hub-page.ts';
import { USER_STATES } from '../users/user-state.ts';

export const followQuery = hubQuery.extend({
  ...listFields(['state', 'name', 'invited']),
  state: z.enum(USER_STATES).optional().catch(undefined),
  seen: z.enum(['never']).optional().catch(undefined),
});
export type FollowQuery = z.infer<typeof followQuery>;
