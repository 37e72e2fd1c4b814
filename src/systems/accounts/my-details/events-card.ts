import { html, type Safe } from '#platform/html/html.ts';
import { card, formatDateTime, link, trail } from '#ui';
import type { SecurityEvent } from '../security-events/security-events.ts';

/** The newest events of the account. */
export function eventsCard(events: readonly SecurityEvent[], now: Date): Safe {
  return card(
    { title: 'Recent security events', id: 'events', aside: link('All events', '/my-details/security') },
    events.length === 0
      ? html`<p class="muted">Log-ins, changes and refusals appear here.</p>`
      : trail(
          events.map(({ at, words, place }) => ({
            what: words,
            when: [formatDateTime(at, 'list', now), place].filter(Boolean).join(', '),
          })),
        ),
  );
}
