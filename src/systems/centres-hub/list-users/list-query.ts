import { z } from 'zod';
import type { Member } from '#accounts';
import { listFields } from '#ui';
import { hubQuery } from '../hub-page/hub-page.ts';
import { USER_ROLES } from '../users/roles.ts';
import { USER_STATES, type UserState } from '../users/user-state.ts';

export const listQuery = hubQuery.extend({
  ...listFields(['name', 'state', 'seen']),
  role: z.enum(USER_ROLES).optional().catch(undefined),
  state: z.enum(USER_STATES).optional().catch(undefined),
});
export type UsersQuery = z.infer<typeof listQuery>;

export interface ListedUser extends Member {
  readonly state: UserState;
}
