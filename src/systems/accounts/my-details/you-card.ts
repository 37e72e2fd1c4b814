import { html, type Safe } from '#platform/html/html.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { card, formatDateTime, linkButton, note, postButton, summaryList, tag } from '#ui';
import type { PendingEmail } from '../change-email/pending.ts';

/** Name, username, e-mail, and a change of address that waits for its links. */
export function youCard(person: PersonPrincipal, pending: PendingEmail | null): Safe {
  return card(
    { title: 'You', id: 'you' },
    html`${summaryList([
      ['Name', `${person.givenNames} ${person.familyName}`],
      ['Username', person.username],
      ['E-mail', person.email ?? 'None'],
    ])}
${pending && pendingNote(pending)}
<div class="row mt">${linkButton('Change my name', '/my-details/name', { look: 'quiet', small: true })}${linkButton('Change my e-mail address', '/my-details/e-mail', { look: 'quiet', small: true })}</div>`,
  );
}

function pendingNote({ oldEmail, newEmail, oldConfirmed, newConfirmed, expiresAt }: PendingEmail): Safe {
  const state = (confirmed: boolean) =>
    confirmed ? tag('Confirmed', 'ok', 'check') : tag('Waits for its link', 'warn', 'clock');
  return note(
    html`<p class="m0 strong">Your e-mail address is to change</p>${summaryList([
      oldEmail !== null && [html`Old: ${oldEmail}`, state(oldConfirmed)],
      [html`New: ${newEmail}`, state(newConfirmed)],
      ['The links work until', formatDateTime(expiresAt)],
    ])}${postButton('Cancel the change', { action: '/my-details/e-mail/cancel', look: 'quiet', small: true })}`,
    { icon: 'clock', class: 'mt' },
  );
}
