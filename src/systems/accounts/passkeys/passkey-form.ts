import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { attributes, type ButtonLook, hiddenField, submitButton } from '#ui';

export interface PasskeyForm {
  readonly action: string;
  /** Where the script asks for what the authenticator is to sign. */
  readonly options: string;
  /** `use` a passkey, or `make` one. */
  readonly act: 'use' | 'make';
  readonly button: string;
  readonly look?: ButtonLook;
  /** Other fields of the form, above the button. */
  readonly fields?: HtmlValue;
  /** The name of a tick elsewhere on the page that counts for this form too. */
  readonly tick?: string;
  readonly class?: string;
}

/** Words for the script, so that all wording stands on the server's side. */
const WORDS = {
  use: 'No passkey was used. Try again, or choose another way.',
  make: 'No passkey was made. Try again, or set up an authenticator app instead.',
} as const;

/**
 * A form that a passkey answers. Only script can talk to an authenticator, so the form is hidden until the island
 * `passkey.js` has found that this browser can.
 */
export function passkeyForm(options: PasskeyForm): Safe {
  const { act, tick } = options;
  const frame = attributes({
    action: options.action,
    method: 'post',
    class: options.class,
    novalidate: true,
    'data-passkey': act,
    'data-options': options.options,
    'data-tick': tick,
    hidden: true,
  });
  return html`<form${frame}>${hiddenField('passkey', '')}${tick && hiddenField(tick, '')}${options.fields}${submitButton(options.button, { icon: 'key', look: options.look ?? 'quiet' })}<p class="muted small m0" role="status" data-passkey-says data-nothing="${WORDS[act]}" data-held="This device holds a passkey for your account already."></p></form>`;
}
