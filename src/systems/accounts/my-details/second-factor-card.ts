import { html, type Safe } from '#platform/html/html.ts';
import { card, linkButton, tag } from '#ui';
import { OVERVIEW } from '../second-factors/before-change.ts';
import type { SecondFactors } from '../second-factors/factors.ts';

/** Whether a second factor is set up, and the way to it. */
export function secondFactorCard({ factors, exempt }: Pick<SecondFactors, 'factors' | 'exempt'>): Safe {
  const none = factors.length === 0;
  return card(
    {
      title: 'Second factor',
      id: 'second-factor',
      aside: none ? tag('Not set up') : tag('Set up', 'ok', 'check'),
    },
    html`<p class="muted">${
      none
        ? 'An authenticator app or a passkey, so that a stolen password opens nothing.'
        : 'Asked for when you log in, besides your password.'
    }${exempt && ' This is a demonstration account: it may do without one.'}</p>${linkButton(none ? 'Set up a second factor' : 'Look after your second factor', OVERVIEW, { look: 'quiet', icon: 'shield' })}`,
  );
}
