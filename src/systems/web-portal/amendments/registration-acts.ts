/** What can be done to a registration by whoever looks at its page, and what has just been done. */
import { html, type Safe } from '#platform/html/html.ts';
import { actingCentreId, may, type Principal } from '#platform/permissions/principal.ts';
import { linkButton, note } from '#ui';
import type { RegistrationView } from '../view-candidate/candidate-facts.ts';

export const DONE = ['withdrawn', 'reopened'] as const;
const DONE_WORDS: Record<(typeof DONE)[number], string> = {
  withdrawn: 'The registration is withdrawn. Units achieved on it stay on record.',
  reopened: 'The registration is in progress again.',
};

export function doneNote(done: (typeof DONE)[number] | undefined): Safe | null {
  return done === undefined ? null : note(DONE_WORDS[done], { tone: 'ok', announce: true, class: 'mb' });
}

/** Buttons that lead to the amendments of a registration in its state. */
export function registrationActs({ id, state }: Pick<RegistrationView, 'id' | 'state'>, principal: Principal): Safe {
  const here = `/web-portal/registrations/${id}`;
  const office = may(principal, 'web-portal.register');
  const forBody = actingCentreId(principal) === null;
  const reopens = state === 'withdrawn' || (state === 'lapsed' && forBody);
  return html`${
    office &&
    state === 'active' &&
    html`${linkButton('Move to another centre', `${here}/transfer`, { look: 'quiet' })}${linkButton('Withdraw', `${here}/withdraw`, { look: 'quiet' })}`
  }${reopens && may(principal, 'web-portal.reopen') && linkButton('Reopen', `${here}/reopen`, { look: 'quiet' })}`;
}
