import type { Member } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  card,
  crumbs,
  errorSummary,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  postButton,
  summaryList,
  table,
  tag,
} from '#ui';
import { type Hub, hubPage, whose } from '../hub-page/hub-page.ts';
import { USER_ROLES } from '../users/roles.ts';
import {
  USER_STATE_MEANINGS,
  USER_STATE_TONES,
  USER_STATE_WORDS,
  type UserState,
  userState,
} from '../users/user-state.ts';

/** What has just happened, said at the top of the page once. */
export const DONE = ['added', 'invited', 'email', 'roles', 'ended'] as const;

const DONE_WORDS: Record<(typeof DONE)[number], string> = {
  added: 'The user has been added and has a PIN. An e-mail with the link to set up an account is on its way.',
  invited: 'The invitation has been sent again. The earlier link no longer works.',
  email:
    'The address has been changed and a new invitation is on its way. The link at the old address no longer works.',
  roles: 'The roles have been added and hold at once.',
  ended: 'The role has ended. The rights it gave are gone at once.',
};

export interface UserPage {
  readonly user: Member;
  /** What the person does, as written on the centre profile. */
  readonly function: string | null;
  readonly done: (typeof DONE)[number] | undefined;
  readonly errors: readonly FieldError[];
}

/** One user: state, roles, and what the coordinator can do about them. */
export function userPage(frame: Frame, hub: Hub, { user, function: job, done, errors }: UserPage): Safe {
  const name = `${user.givenNames} ${user.familyName}`;
  const state = userState(user);
  const here = hub.href(`/centres-hub/users/${user.personId}`);
  const manages = hub.may('centres-hub.manage-users');
  const canAdd = manages && USER_ROLES.some((role) => !user.roles.some((held) => held.role === role));
  return hubPage(
    frame,
    hub,
    { title: name, form: errors.length > 0, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Users', href: hub.href('/centres-hub/users') }, { label: name }])}
${pageHead({
  title: name,
  lead: whose(hub) ?? job,
  actions: html`${(manages || hub.may('centres-hub.decide-approvals')) && linkButton('Competence', hub.href(`/centres-hub/competence/${user.personId}`), { look: 'quiet' })}${canAdd && linkButton('Add roles', hub.href(`/centres-hub/users/${user.personId}/add-roles`))}`,
})}
<div class="stack">
${done && note(DONE_WORDS[done], { tone: 'ok', announce: true })}
<div class="split">
${card({ title: 'Roles', id: 'roles', flush: true }, rolesTable(hub, user, manages))}
<div class="stack">${card(
      { title: 'Access', id: 'access' },
      html`${summaryList([
        ['State', tag(USER_STATE_WORDS[state], USER_STATE_TONES[state], USER_STATE_TONES[state] && 'alert')],
        ['Email', user.email ?? 'None'],
        [
          'PIN',
          user.pin === 'activated'
            ? 'Issued and activated'
            : user.pin === 'issued'
              ? 'Issued, not activated yet'
              : 'None',
        ],
        user.invitation.sentAt && ['Invitation sent', formatDateTime(user.invitation.sentAt)],
        user.invitation.openedAt && ['Link opened', formatDateTime(user.invitation.openedAt)],
        user.invitation.state === 'sent' &&
          user.invitation.expiresAt && ['Link works until', formatDateTime(user.invitation.expiresAt)],
        ['Last active', user.lastSeenAt ? formatDateTime(user.lastSeenAt) : 'Never'],
      ])}
<p class="muted small">${USER_STATE_MEANINGS[state]} Only the user can see the PIN.</p>
${manages && user.pin !== 'activated' && !user.suspended && invitationActs(hub, user, state, here)}`,
    )}</div>
</div></div>`,
  );
}

function invitationActs(hub: Hub, user: Member, state: UserState, here: string): Safe {
  const path = `/centres-hub/users/${user.personId}`;
  return html`${
    user.email !== null &&
    postButton(state === 'not_invited' ? 'Send the invitation' : 'Send the invitation again', {
      action: here,
      look: 'quiet',
      submissionId: crypto.randomUUID(),
    })
  }<p class="row mt">${link('Change the email', hub.href(`${path}/change-email`))}${link('Withdraw the invitation', hub.href(`${path}/withdraw-invitation`))}</p>`;
}

function rolesTable(hub: Hub, user: Member, manages: boolean): Safe {
  return table<Member['roles'][number]>({
    caption: 'Roles held',
    rows: user.roles,
    columns: [
      { label: 'Role', header: true, cell: ({ role }) => ROLE_NAMES[role] },
      { label: 'Since', cell: ({ startedAt }) => formatDate(startedAt, 'list') },
      ...(manages
        ? [
            {
              label: 'Change',
              phone: 'plain' as const,
              cell: ({ role }: Member['roles'][number]) =>
                link(
                  html`End<span class="govuk-visually-hidden"> the role ${ROLE_NAMES[role]}</span>`,
                  hub.href(`/centres-hub/users/${user.personId}/end-role/${role}`),
                ),
            },
          ]
        : []),
    ],
  });
}
