import { BODY_ROLES, CENTRE_ROLES, type Role } from '#platform/permissions/capabilities.ts';

/** A centre has centre roles, the awarding body has its own (General Condition A4: they must not mix). */
export function roleFits(kind: 'centre' | 'awarding_body', role: Role): boolean {
  const roles: readonly Role[] = kind === 'centre' ? CENTRE_ROLES : BODY_ROLES;
  return roles.includes(role);
}

/** Whether the role makes its holder a user of the organisation's systems, with a PIN at a centre. */
export function isUserRole(role: Role): boolean {
  return role !== 'candidate';
}
