import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  card,
  details,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  passwordField,
  stages,
  submitButton,
  taskPage,
  textField,
} from '#ui';
import type { WaitingPin } from './waiting-pins.ts';

export interface ActivatePage {
  readonly email: string;
  readonly errors: readonly FieldError[];
  /** PINs of the reader that wait to be activated. */
  readonly pins: readonly WaitingPin[];
  /** The account was set up a moment ago by the link of the invitation. */
  readonly justSetUp?: boolean;
}

/** "Centre Staff - Activate your PIN" (Operating Manual 3.1). */
export function activatePage(frame: Frame, { email, errors, pins, justSetUp = false }: ActivatePage): Safe {
  const { person } = frame.shell;
  return taskPage(
    { ...frame, title: 'Activate your PIN', form: true, hasErrors: errors.length > 0, width: 'form' },
    html`${errorSummary(errors, 'Your PIN is not activated yet')}
${justSetUp && stages(['Set up your account', 'Activate your PIN', "Open the centre's dashboard"], 1)}
${pageHead({ title: 'Centre Staff - Activate your PIN', lead: 'Once for each centre: your PIN and the e-mail address that the centre has for you open its dashboard' })}
${justSetUp && note('Your account is ready. One step is left: your PIN.', { tone: 'ok', announce: true, class: 'mb' })}
${
  person === null &&
  note('You need to be logged in: your PIN stands under My details.', {
    icon: 'lock',
    action: linkButton('Login', '/login?next=/activate', { look: 'quiet', small: true }),
  })
}
${pins.length > 0 && pinCard(pins)}
${form(
  { action: '/activate', class: 'ao-card mt' },
  html`${passwordField({ name: 'pin', label: 'PIN', hint: pins.length > 0 ? '8 digits, as above' : person ? html`8 digits, under <a href="/my-details">My details</a>` : '8 digits, under My details', errors, autocomplete: 'one-time-code', inputmode: 'numeric' })}
${textField({ name: 'email', label: 'E-mail address', hint: 'As on your Centres Hub profile: the one your invitation came to', value: email, errors, type: 'email', autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${submitButton('Activate my PIN', { icon: 'key' })}`,
)}
<p class="muted">No PIN, or another address? Ask your centre coordinator, who looks after both in Centres Hub, under Users.</p>`,
  );
}

function pinCard(pins: readonly WaitingPin[]): Safe {
  return card(
    { title: pins.length === 1 ? 'Your PIN' : 'Your PINs', id: 'pins', class: 'mt' },
    html`<p class="muted">Only you can see it, here and under My details. With your password it opens test sessions in your name.</p>
${pins.map(({ centre, pin }) => details(`Show my PIN for ${centre}`, html`<p class="strong"><span class="code">${pin}</span></p>`))}`,
  );
}
