import { html, type Safe } from '#platform/html/html.ts';
import { card, linkButton } from '#ui';

export function dataCard(): Safe {
  return card(
    { title: 'Your data', id: 'data' },
    html`<p class="muted">What every system holds about you, in one file.</p>${linkButton('Download my data', '/my-details/data', { look: 'quiet', icon: 'download' })}`,
  );
}
