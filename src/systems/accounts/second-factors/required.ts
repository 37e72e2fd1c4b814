import { BODY_ROLES, type Role } from '#platform/permissions/capabilities.ts';

/** The roles that open nothing without a second factor (proof.md T23): all of the awarding body, and coordinators. */
const REQUIRING: readonly Role[] = [...BODY_ROLES, 'coordinator'];

/** Whether somebody who acts with these roles must give a second factor. */
export function secondFactorRequired(roles: readonly Role[], exempt: boolean): boolean {
  return !exempt && roles.some((role) => REQUIRING.includes(role));
}
