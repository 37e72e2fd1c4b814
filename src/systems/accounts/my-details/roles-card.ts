import { html, type Safe } from '#platform/html/html.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import { card, postButton, summaryList, tag } from '#ui';
import { WHAT_ROLES_ALLOW } from './what-roles-allow.ts';

/** Memberships, and what each allows. */
export function rolesCard(person: PersonPrincipal): Safe {
  if (person.organisations.length === 0) {
    return card(
      { title: 'What you may do', id: 'roles' },
      html`<p>You have a free account, without a role at a centre. Centre staff get their roles from their centre coordinator.</p>`,
    );
  }
  return card(
    { title: 'What you may do', id: 'roles' },
    html`${person.organisations.map((organisation) => organisationRoles(person, organisation))}`,
  );
}

function organisationRoles(person: PersonPrincipal, organisation: Acting): Safe {
  const acting = person.acting?.organisationId === organisation.organisationId;
  const label = organisation.kind === 'centre' ? `${organisation.name} (${organisation.number})` : organisation.name;
  return html`<div class="row between mt"><h3 class="m0">${label}</h3>${
    !organisation.activated
      ? tag('Activate your PIN first', 'warn', 'key')
      : acting
        ? person.organisations.length > 1 && tag('You act for it now', 'info')
        : postButton('Act for it', {
            action: '/act-for',
            fields: { organisationId: organisation.organisationId },
            look: 'quiet',
            small: true,
            label: `Act for ${label}`,
          })
  }</div>${summaryList(organisation.roles.map((role) => [ROLE_NAMES[role], WHAT_ROLES_ALLOW[role]]))}${
    acting &&
    person.capabilities.has('centres-hub.own-competence') &&
    html`<p class="m0"><a href="/centres-hub/competence/own">Your own competence</a> and <a href="/centres-hub/conflicts/own">your conflicts of interest</a></p>`
  }`;
}
