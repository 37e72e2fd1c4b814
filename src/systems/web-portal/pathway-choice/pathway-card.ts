/** Pathway and optional units on the page of a registration, with every earlier choice. */
import { html, type Safe } from '#platform/html/html.ts';
import type { Context } from '#platform/http/context.ts';
import { may } from '#platform/permissions/principal.ts';
import { card, details, formatDateTime, linkButton, summaryList } from '#ui';
import type { RegistrationView } from '../view-candidate/candidate-facts.ts';
import { type Choice, isOpen } from './choice.ts';
import type { ChoiceLine } from './choices.ts';

export function pathwayCard(context: Context, registration: RegistrationView, lines: readonly ChoiceLine[]): Safe {
  const { choice, state, units } = registration;
  const titles = new Map(units.map(({ code, title }) => [code, title]));
  const changes = state === 'active' && may(context.principal, 'web-portal.register');
  return card(
    {
      title: 'Pathway and optional units',
      id: 'pathway',
      aside:
        changes &&
        linkButton(lines.length > 0 ? 'Change' : 'Choose', changeHref(registration.id), { look: 'quiet', small: true }),
    },
    html`${
      isOpen(choice)
        ? html`<p>Nothing is chosen yet. It can be chosen until the certificate is claimed.</p>`
        : summaryList([
            choice.pathway ? ['Pathway', choice.pathway] : null,
            [
              'Planned units',
              choice.units.length > 0
                ? html`<ul class="m0">${choice.units.map((code) => html`<li>${code} ${titles.get(code)}</li>`)}</ul>`
                : 'None',
            ],
          ])
    }${
      lines.length > 1 &&
      details(
        `All ${lines.length} choices`,
        html`<ul>${lines.map((line) => html`<li>${formatDateTime(line.at)}${line.who && html`, ${line.who}`}: ${choiceWords(line)}. ${line.reason}</li>`)}</ul>`,
      )
    }`,
  );
}

export const changeHref = (registrationId: string, rest = ''): string =>
  `/web-portal/registrations/${registrationId}/pathway${rest}`;

export function choiceWords({ pathway, units }: Choice): string {
  return [pathway, units.length > 0 ? units.join(', ') : null].filter(Boolean).join('; ') || 'Nothing';
}
