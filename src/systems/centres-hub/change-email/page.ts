import type { Member } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { buttonRow, card, form, linkButton, note, submitButton, summaryList, textField } from '#ui';
import { formPage } from '../hub-page/form-page.ts';
import type { Hub } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';

/** Where the coordinator corrects the address of a user who has not set up the account yet. */
export function changeEmailPage(
  frame: Frame,
  hub: Hub,
  user: Member,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const name = `${user.givenNames} ${user.familyName}`;
  const back = hub.href(`/centres-hub/users/${user.personId}`);
  const title = `Change the email of ${name}`;
  return formPage(
    frame,
    hub,
    {
      title,
      crumbs: [
        { label: 'Users', href: hub.href('/centres-hub/users') },
        { label: name, href: back },
        { label: 'Change the email' },
      ],
      errors,
    },
    html`${
      user.hasAccount
        ? note(
            `${name} has set up an account. The address is now ${name}'s own: only ${name} can change it, under My details.`,
            { icon: 'lock', action: linkButton('Back to the user', back, { look: 'quiet', small: true }) },
          )
        : html`<div class="split">${card(
            { label: 'The new address' },
            form(
              {
                action: hub.href(`/centres-hub/users/${user.personId}/change-email`),
                submissionId: crypto.randomUUID(),
              },
              html`${summaryList([['Email now', user.email ?? 'None']])}
${textField({ name: 'email', label: 'New email', type: 'email', inputmode: 'email', value: typed(values, 'email'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' })}
${buttonRow(submitButton('Change and send the invitation'), linkButton('Cancel', back, { look: 'quiet' }))}`,
            ),
          )}
${card(
  { title: 'What happens', id: 'next' },
  html`<ol><li>The link that went to the old address stops working at once.</li>
<li>A new invitation goes to the new address; its link works for 72 hours.</li>
<li>The user activates the PIN with the new address.</li></ol>`,
)}</div>`
    }`,
  );
}
