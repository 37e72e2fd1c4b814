import { html, type Safe } from '#platform/html/html.ts';
import { passkeyForm } from './passkey-form.ts';

/** "Log in with a passkey": a form that script shows. `next` as in the log-in page's address. */
export function logInWithPasskeyForm(next: string | undefined): Safe {
  return passkeyForm({
    action: next ? `/login/passkey?next=${encodeURIComponent(next)}` : '/login/passkey',
    options: '/login/passkey-options',
    act: 'use',
    button: 'Log in with a passkey',
    class: 'ao-card',
    fields: html`<h2>Passkey</h2><p class="muted">Your device's screen lock, finger or face, in place of username and password.</p>`,
  });
}
