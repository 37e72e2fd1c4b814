import type { Acting } from '#platform/permissions/principal.ts';
import type { FormDefinition } from '../forms/definition.ts';

/** Whether somebody of the awarding body decides requests of a form: one of the roles that the form names. */
export function mayDecide(
  { decidedBy }: Pick<FormDefinition, 'decidedBy'>,
  acting: Pick<Acting, 'kind' | 'roles'>,
): boolean {
  return acting.kind === 'awarding_body' && decidedBy.some((role) => acting.roles.includes(role));
}
