import { type Answer, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { askToConfirm } from '../confirm-it-is-you/confirm-it-is-you.ts';
import { isFresh } from '../sessions/confirmation.ts';
import { secondFactorRequired } from './required.ts';

/** Where everything about the second factor stands. */
export const OVERVIEW = '/my-details/second-factors';

/**
 * What has to happen before somebody changes the second factor: it was given in this session, if there is one, and the
 * password (or a passkey) a short time ago. Null when both hold. `at` is the page to come back to.
 */
export function beforeChange(context: Context, at: string): Answer | null {
  const person = context.person();
  if (person.secondFactor.setUp && !person.secondFactor.given) return redirect('/home');
  return isFresh(person, context.now) ? null : askToConfirm(context, at);
}

/** Whether any role the person holds, wherever, needs a second factor. */
export function mustHaveOne({ settings }: Services, person: PersonPrincipal, exempt: boolean): boolean {
  return (
    settings.secondFactor === 'required' &&
    person.organisations.some(({ roles }) => secondFactorRequired(roles, exempt))
  );
}
