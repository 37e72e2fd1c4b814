/** Forms that a passkey answers: shown where the browser can, sent when the authenticator has answered. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

async function answerOf(form: HTMLFormElement): Promise<unknown> {
  const reply = await fetch(form.dataset.options ?? '', { method: 'POST', headers: { accept: 'application/json' } });
  // The page has been open for too long, or too much was asked for: the server's page says what to do.
  if (!reply.ok) return null;
  const optionsJSON = await reply.json();
  return form.dataset.passkey === 'make' ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON });
}

/** The page has one tick for several forms; this one carries it along. */
function copyTick(form: HTMLFormElement): void {
  const name = form.dataset.tick;
  const own = name && form.querySelector<HTMLInputElement>(`[name=${name}]`);
  const tick = document.querySelector<HTMLInputElement>(`input[type=checkbox][name=${name}]`);
  if (own) own.value = tick?.checked ? tick.value : '';
}

async function send(form: HTMLFormElement): Promise<void> {
  const says = form.querySelector<HTMLElement>('[data-passkey-says]');
  const field = form.querySelector<HTMLInputElement>('[name=passkey]');
  if (!says || !field || form.hasAttribute('aria-busy')) return;
  form.setAttribute('aria-busy', 'true');
  says.textContent = '';
  try {
    field.value = JSON.stringify(await answerOf(form));
    copyTick(form);
    form.submit();
  } catch (error) {
    // InvalidStateError: the authenticator holds one already. Anything else: cancelled, or no time left.
    const held = error instanceof Error && error.name === 'InvalidStateError';
    says.textContent = (held ? says.dataset.held : says.dataset.nothing) ?? '';
  } finally {
    form.removeAttribute('aria-busy');
  }
}

if (browserSupportsWebAuthn()) {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form);
    });
  }
}
