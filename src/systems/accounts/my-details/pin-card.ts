import { html, type Safe } from '#platform/html/html.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { card, details, linkButton, tag } from '#ui';
import { showPin } from '../pins/pin.ts';
import type { OwnPin } from '../pins/pins.ts';

/** The PINs of a centre user, hidden until they are asked for. */
export function pinCard(person: PersonPrincipal, pins: readonly OwnPin[]): Safe | null {
  const shown = pins.flatMap((pin) => {
    const organisation = person.organisations.find((one) => one.organisationId === pin.organisationId);
    return organisation ? [{ ...pin, organisation }] : [];
  });
  if (shown.length === 0) return null;
  return card(
    { title: shown.length === 1 ? 'Your PIN' : 'Your PINs', id: 'pin' },
    html`<p class="muted">Only you can see it. Keep it to yourself: with your password it opens test sessions in your name.</p>
${shown.map(
  ({ organisation, pin, activatedAt }) =>
    html`<div class="row between mt">${details(
      `Show my PIN for ${organisation.name}`,
      html`<p class="row"><span class="strong code" id="pin-${organisation.number}">${showPin(pin)}</span><button class="ao-btn quiet sm" type="button" data-copy="pin-${organisation.number}" aria-label="Copy my PIN for ${organisation.name}" hidden>Copy</button></p>`,
    )}<span class="row">${activatedAt ? tag('Activated', 'ok', 'check') : linkButton('Activate it', '/activate', { small: true, icon: 'key' })}<a href="/my-details/pin/${organisation.organisationId}">Get a new PIN<span class="govuk-visually-hidden"> for ${organisation.name}</span></a></span></div>`,
)}`,
  );
}
