import { BODY_ROLES, type BodyRole, CAPABILITIES, type Role } from '#platform/permissions/capabilities.ts';
import type { Acting } from '#platform/permissions/principal.ts';
import type { FormDefinition } from '../forms/definition.ts';

const deciding: readonly Role[] = CAPABILITIES['centres-hub.decide-requests'].roles;
/** The roles of the awarding body that the pages of a decision are open to: a form names some of them. */
export const DECIDERS: readonly BodyRole[] = BODY_ROLES.filter((role) => deciding.includes(role));

/** Whether somebody of the awarding body decides requests of a form: one of the roles that the form names. */
export function mayDecide(
  { decidedBy }: Pick<FormDefinition, 'decidedBy'>,
  acting: Pick<Acting, 'kind' | 'roles'>,
): boolean {
  return acting.kind === 'awarding_body' && decidedBy.some((role) => acting.roles.includes(role));
}
