import { z } from 'zod';
import type { Member } from '#accounts';
import { hubQuery } from '../hub-page/hub-page.ts';
import { USER_ROLES } from '../users/roles.ts';
import { USER_STATES, type UserState } from '../users/user-state.ts';

export const PAGE_SIZE = 50;

export const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  role: z.enum(USER_ROLES).optional().catch(undefined),
  state: z.enum(USER_STATES).optional().catch(undefined),
  sort: z.enum(['name', 'state', 'seen']).catch('name'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type UsersQuery = z.infer<typeof listQuery>;

export interface ListedUser extends Member {
  readonly state: UserState;
}
