/** Whom a notice reaches. The rule itself is the function connect.reaches, since row-level security asks it. */
import { BODY_ROLES, CENTRE_ROLES, ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';

export const REACHES = ['centres', 'product', 'roles', 'everybody'] as const;
export type Reach = (typeof REACHES)[number];

export interface Audience {
  readonly reach: Reach;
  /** Of those whom `product` reaches. */
  readonly productId: string | null;
  /** `roles`: these. `centres` and `product`: only these; none named means every user of the centre, no candidates. */
  readonly roles: readonly Role[];
}

export const ALL_ROLES: readonly Role[] = [...CENTRE_ROLES, ...BODY_ROLES];

/** What does not fit together, by field; empty when all does. */
export function audienceProblems({ reach, productId, roles }: Audience): { field: string; message: string }[] {
  if (reach === 'product' && !productId) return [{ field: 'productId', message: 'Choose the product' }];
  if (reach === 'roles' && roles.length === 0) return [{ field: 'roles', message: 'Choose at least one role' }];
  const bodyRole = roles.find((role) => (BODY_ROLES as readonly Role[]).includes(role));
  if ((reach === 'centres' || reach === 'product') && bodyRole) {
    const message = `${ROLE_NAMES[bodyRole]} is no role of a centre. Take it out, or choose "People with certain roles"`;
    return [{ field: 'roles', message }];
  }
  return [];
}

const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** "Users of centres approved for Light Vehicle Maintenance: centre coordinator". */
export function audienceInWords(audience: Pick<Audience, 'reach' | 'roles'>, productTitle: string | null): string {
  const roles = (audience.reach === 'roles' ? or : and).format(audience.roles.map((role) => ROLE_NAMES[role]));
  if (audience.reach === 'everybody') return 'Everybody with an account';
  if (audience.reach === 'roles') return `Whoever has the role ${roles}`;
  const centres = audience.reach === 'product' ? `centres approved for ${productTitle ?? 'a product'}` : 'all centres';
  return roles ? `At ${centres}: ${roles}` : `All users of ${centres}`;
}
