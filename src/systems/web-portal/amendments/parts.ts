/** Parts of the pages that amend a registration. */
import type { Safe } from '#platform/html/html.ts';
import { html } from '#platform/html/html.ts';
import { card, crumbs, note } from '#ui';
import type { AmendedRegistration } from './look.ts';

export const registrationHref = ({ registrationId }: Pick<AmendedRegistration, 'registrationId'>): string =>
  `/web-portal/registrations/${registrationId}`;

export function amendmentCrumbs(registration: AmendedRegistration, label: string): Safe {
  return crumbs([
    { label: 'Candidates', href: '/web-portal/candidates' },
    { label: registration.candidateName, href: `/web-portal/candidates/${registration.candidateId}` },
    { label: registration.productTitle, href: registrationHref(registration) },
    { label },
  ]);
}

/** What follows, before it is done. */
export function consequences(sentences: readonly string[]): Safe {
  return card(
    { title: 'What follows', id: 'what-follows' },
    html`<ul>${sentences.map((sentence) => html`<li>${sentence}.</li>`)}</ul>`,
  );
}

/** What has to be done first; null when nothing. */
export function endObstacles(obstacles: readonly string[], title: string): Safe | null {
  if (obstacles.length === 0) return null;
  return note(html`<ul>${obstacles.map((sentence) => html`<li>${sentence}.</li>`)}</ul>`, { tone: 'warn', title });
}
