import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import { passwordField, textField } from '#ui';

/** The fields of `credentialsForm`. */
export function credentialsFields(username: string, errors: readonly FieldError[]): Safe {
  return html`${textField({ name: 'username', label: 'Username', hint: 'From 3 to 40 letters, numbers, full stops, hyphens or underscores, or your e-mail address. Capital letters make no difference', value: username, errors, autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}
${passwordField({ name: 'password', label: 'Password', hint: 'At least 12 characters, 15 or more is better. Three or four unrelated words are easy to remember', errors, autocomplete: 'new-password' })}`;
}
