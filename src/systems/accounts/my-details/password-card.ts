import { html, type Safe } from '#platform/html/html.ts';
import { card, linkButton } from '#ui';

export function passwordCard(): Safe {
  return card(
    { title: 'Password', id: 'password' },
    html`<p class="muted">Changing it logs you out everywhere else.</p>${linkButton('Change my password', '/my-details/change-password', { look: 'quiet' })}`,
  );
}
