import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import {
  card,
  details,
  formatDateTime,
  linkButton,
  note,
  pageHead,
  postButton,
  staffPage,
  summaryList,
  table,
  tag,
} from '#ui';
import { showPin } from '../pins/pin.ts';
import type { OwnPin } from '../pins/pins.ts';
import { deviceInWords } from './device.ts';
import { WHAT_ROLES_ALLOW } from './what-roles-allow.ts';

export interface OwnSession {
  /** The one of this browser. */
  readonly current: boolean;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly address: string | null;
  readonly device: string | null;
}

export interface MyDetails {
  readonly person: PersonPrincipal;
  readonly pins: readonly OwnPin[];
  readonly sessions: readonly OwnSession[];
  /** What has just been done, to be said at the top. */
  readonly done: 'account' | 'password' | 'elsewhere' | undefined;
  readonly now: Date;
}

const DONE = {
  account: 'Your account is ready. Find your PIN below and activate it: it opens the dashboard of your centre.',
  password: 'Your password is changed. Everywhere else you will have to log in again.',
  elsewhere: 'You are logged out everywhere but here.',
} as const;

export function myDetailsPage(frame: Frame, { person, pins, sessions, done, now }: MyDetails): Safe {
  return staffPage(
    { ...frame, title: 'My details' },
    html`${pageHead({ title: 'My details' })}
${done && note(DONE[done], { tone: 'ok', announce: true, class: 'mb', action: done === 'account' ? linkButton('Activate my PIN', '/activate', { small: true, icon: 'key' }) : undefined })}
<div class="split wide"><div class="stack">
${card(
  { title: 'You', id: 'you' },
  html`${summaryList([
    ['Name', `${person.givenNames} ${person.familyName}`],
    ['Username', person.username],
    ['E-mail', person.email ?? 'None'],
  ])}<p class="muted small">Is your name or e-mail address wrong? ${
    person.organisations.some(({ kind }) => kind === 'centre')
      ? 'Ask your centre coordinator.'
      : html`Write to <a href="mailto:${frame.shell.brand.supportEmail}">${frame.shell.brand.supportEmail}</a>.`
  }</p>`,
)}
${pinCard(person, pins)}
${card(
  { title: 'Password', id: 'password' },
  html`<p class="muted">Changing it logs you out everywhere else.</p>${linkButton('Change my password', '/my-details/change-password', { look: 'quiet' })}`,
)}
</div><div class="stack">
${rolesCard(person)}
${sessionsCard(sessions, now)}
</div></div>`,
  );
}

function pinCard(person: PersonPrincipal, pins: readonly OwnPin[]): Safe | null {
  const shown = pins.flatMap((pin) => {
    const organisation = person.organisations.find((one) => one.organisationId === pin.organisationId);
    return organisation ? [{ ...pin, organisation }] : [];
  });
  if (shown.length === 0) return null;
  return card(
    { title: shown.length === 1 ? 'Your PIN' : 'Your PINs', id: 'pin' },
    html`<p class="muted">Only you can see it. Keep it to yourself: with your password it opens test sessions in your name.</p>
${shown.map(
  ({ organisation, pin, activatedAt }) =>
    html`<div class="row between">${details(
      `Show my PIN for ${organisation.name}`,
      html`<p class="strong"><span class="code">${showPin(pin)}</span></p>`,
    )}${activatedAt ? tag('Activated', 'ok', 'check') : linkButton('Activate it', '/activate', { small: true, icon: 'key' })}</div>`,
)}`,
  );
}

function rolesCard(person: PersonPrincipal): Safe {
  if (person.organisations.length === 0) {
    return card(
      { title: 'What you may do', id: 'roles' },
      html`<p>You have a free account: it lets you buy products and read member pages. Centre staff get their roles from their centre coordinator.</p>`,
    );
  }
  return card(
    { title: 'What you may do', id: 'roles' },
    html`${person.organisations.map((organisation) => organisationRoles(person, organisation))}`,
  );
}

function organisationRoles(person: PersonPrincipal, organisation: Acting): Safe {
  const acting = person.acting?.organisationId === organisation.organisationId;
  const label = organisation.kind === 'centre' ? `${organisation.name} (${organisation.number})` : organisation.name;
  return html`<div class="row between mt"><h3 class="m0">${label}</h3>${
    !organisation.activated
      ? tag('Activate your PIN first', 'warn', 'key')
      : acting
        ? person.organisations.length > 1 && tag('You act for it now', 'info')
        : postButton('Act for it', {
            action: '/act-for',
            fields: { organisationId: organisation.organisationId },
            look: 'quiet',
            small: true,
            label: `Act for ${label}`,
          })
  }</div>${summaryList(organisation.roles.map((role) => [ROLE_NAMES[role], WHAT_ROLES_ALLOW[role]]))}`;
}

function sessionsCard(sessions: readonly OwnSession[], now: Date): Safe {
  return card(
    { title: 'Where you are logged in', id: 'sessions', flush: true },
    html`${table({
      caption: 'Devices',
      rows: sessions,
      columns: [
        {
          label: 'Device',
          header: true,
          cell: (row) => html`${deviceInWords(row.device)}${row.current && html` ${tag('This one', 'info')}`}`,
        },
        { label: 'Last used', class: 'nw', cell: (row) => formatDateTime(row.seenAt, 'list', now) },
        { label: 'Address', cell: (row) => row.address },
      ],
    })}${
      sessions.length > 1 &&
      html`<div class="pad">${postButton('Log out everywhere else', { action: '/my-details/log-out-elsewhere', look: 'quiet', small: true })}</div>`
    }`,
  );
}
