import type { BodyRole } from '#platform/permissions/capabilities.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';

/** What the rules need to know of the person whose account is looked after. */
export interface Administered {
  readonly id: string;
  readonly name: string;
  /** The roles held at the awarding body now. */
  readonly bodyRoles: readonly BodyRole[];
}

type Administrator = Pick<PersonPrincipal, 'personId' | 'acting'>;

/**
 * Why somebody may not look after the account of a person, or null. Nobody looks after the own account; people of the
 * awarding body are looked after by its administrators alone, so that no officer can put them out or take their roles.
 */
export function administrationProblem(actor: Administrator, person: Administered): string | null {
  if (actor.personId === person.id) {
    return 'This is your own account. Nobody looks after the own account: ask another administrator';
  }
  if (person.bodyRoles.length > 0 && !actor.acting?.roles.includes('body_administrator')) {
    return `${person.name} works for the awarding body. Only an Awarding body administrator may do this`;
  }
  return null;
}

/**
 * Why the awarding body cannot do without this person, or null: it keeps one administrator who can log in. `others` are
 * the administrators whose accounts are not stopped, without this person.
 */
export function lastAdministratorProblem(person: Administered, others: number): string | null {
  if (!person.bodyRoles.includes('body_administrator') || others > 0) return null;
  return `${person.name} is the last Awarding body administrator. Give the role to somebody else first`;
}
