import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  card,
  crumbs,
  emptyState,
  formatDate,
  formatDateTime,
  linkButton,
  note,
  pageHead,
  postButton,
  staffPage,
  table,
  tag,
} from '#ui';
import { deviceInWords } from '../my-details/device.ts';
import { RECOVERY_CODES } from '../recovery-codes/recovery-code.ts';
import { REMEMBERED_DAYS, type RememberedDevice } from '../remembered-devices/remembered-devices.ts';
import { OVERVIEW } from '../second-factors/before-change.ts';
import type { Factor, SecondFactors } from '../second-factors/factors.ts';

export interface MySecondFactors extends SecondFactors {
  /** A role of the person requires one. */
  readonly required: boolean;
  readonly done: Done | undefined;
  readonly now: Date;
}

const DONE_WORDS = {
  app: 'Your authenticator app is added.',
  passkey: 'Your passkey is added.',
  renamed: 'The name is saved.',
  removed: 'It is removed and no longer logs you in.',
  codes: 'Your second factor is set up. From now on we ask for it when you log in.',
  forgotten: 'We will ask for your second factor there again.',
  many: 'You have ten already. Remove one that you no longer use, then add another.',
} as const;

type Done = keyof typeof DONE_WORDS;
export const DONE_KEYS = Object.keys(DONE_WORDS) as Done[];

/** Few codes: time to make new ones. */
const FEW_CODES = 3;

export function mySecondFactorsPage(frame: Frame, own: MySecondFactors): Safe {
  const { factors, codesLeft, devices, exempt, required, done, now } = own;
  const none = factors.length === 0;
  return staffPage(
    { ...frame, title: 'Second factor' },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Second factor' }])}
${pageHead({ title: 'Second factor', lead: 'A second proof, besides your password, that it is you who logs in' })}
${
  done &&
  note(DONE_WORDS[done], {
    tone: done === 'many' ? 'warn' : 'ok',
    announce: true,
    class: 'mb',
    action: done === 'codes' ? linkButton('Go to your home page', '/home', { small: true }) : undefined,
  })
}
${exempt && note('This is a demonstration account: it may do without a second factor, whatever its role.', { class: 'mb' })}
${none && required && note('Your role requires one: set it up, then your systems open. It takes two minutes.', { tone: 'warn', icon: 'shield', class: 'mb' })}
<div class="split wide"><div class="stack">
${factorsCard(factors, now)}
${devices.length > 0 && devicesCard(devices, now)}
</div><div class="stack">
${addCard(none)}
${!none && codesCard(codesLeft)}
</div></div>`,
  );
}

function factorsCard(factors: readonly Factor[], now: Date): Safe {
  if (factors.length === 0) {
    return card(
      { title: 'What you have set up', id: 'set-up', flush: true },
      emptyState({
        icon: 'shield',
        title: 'Nothing yet',
        text: 'Your password alone protects your account. With an authenticator app or a passkey, a stolen password opens nothing.',
      }),
    );
  }
  return card(
    { title: 'What you have set up', id: 'set-up', flush: true },
    table({
      caption: 'Apps and passkeys',
      rows: factors,
      columns: [
        {
          label: 'Name',
          header: true,
          cell: (row) =>
            html`${row.name}<span class="sub">${row.kind === 'passkey' ? (row.backedUp ? 'Passkey, copied to your other devices by its maker' : 'Passkey, on one device') : 'Codes of 6 digits'}</span>`,
        },
        { label: 'Added', class: 'nw', cell: (row) => formatDate(row.addedAt, 'list') },
        {
          label: 'Last used',
          class: 'nw',
          cell: (row) => (row.usedAt ? formatDateTime(row.usedAt, 'list', now) : 'Not yet'),
        },
        {
          label: 'Change',
          phone: 'plain',
          cell: (row) =>
            html`<span class="row nowrap">${
              row.kind === 'passkey' &&
              html`<a href="${OVERVIEW}/${row.id}/rename">Rename<span class="govuk-visually-hidden"> ${row.name}</span></a>`
            }<a href="${OVERVIEW}/${row.id}/remove">Remove<span class="govuk-visually-hidden"> ${row.name}, added ${formatDate(row.addedAt)}</span></a></span>`,
        },
      ],
    }),
  );
}

function addCard(none: boolean): Safe {
  return card(
    { title: none ? 'Set one up' : 'Add another', id: 'add' },
    html`${!none && html`<p class="muted">A second one keeps you in when your phone is lost.</p>`}
<h3 class="mt-s">Authenticator app</h3><p class="muted">Shows a new code every 30 seconds. Works on any phone, without signal.</p>
<p>${linkButton('Add an authenticator app', `${OVERVIEW}/add-app`, { look: none ? 'main' : 'quiet' })}</p>
<h3 class="mt">Passkey</h3><p class="muted">Your device's screen lock, finger or face, or a security key. Logs you in without your password.</p>
<p class="m0">${linkButton('Add a passkey', `${OVERVIEW}/add-passkey`, { look: 'quiet', icon: 'key' })}</p>`,
  );
}

function codesCard(left: number): Safe {
  const few = left <= FEW_CODES;
  return card(
    {
      title: 'Recovery codes',
      id: 'codes',
      aside: few ? tag(`${left} left`, 'warn', 'alert') : tag(`${left} of ${RECOVERY_CODES} left`),
    },
    html`<p class="muted">For the day when you can use neither app nor passkey. Each works once.</p>${linkButton(few ? 'Make new codes' : 'About your codes', `${OVERVIEW}/recovery-codes`, { look: 'quiet' })}`,
  );
}

function devicesCard(devices: readonly RememberedDevice[], now: Date): Safe {
  return card(
    { title: 'Remembered devices', id: 'devices', flush: true },
    html`${table({
      caption: `Devices where your password alone is enough, for ${REMEMBERED_DAYS} days`,
      rows: devices,
      columns: [
        { label: 'Device', header: true, cell: (row) => deviceInWords(row.device) },
        { label: 'Last used', class: 'nw', cell: (row) => formatDateTime(row.usedAt, 'list', now) },
        { label: 'Until', class: 'nw', cell: (row) => formatDate(row.expiresAt, 'list') },
        {
          label: 'Forget',
          phone: 'plain',
          cell: (row) =>
            postButton('Forget', {
              action: `${OVERVIEW}/forget-device`,
              fields: { id: row.id },
              look: 'quiet',
              small: true,
              label: `Forget ${deviceInWords(row.device)}, last used ${formatDateTime(row.usedAt, 'list', now)}`,
            }),
        },
      ],
    })}${
      devices.length > 1 &&
      html`<div class="pad">${postButton('Forget all', { action: `${OVERVIEW}/forget-devices`, look: 'quiet', small: true })}</div>`
    }`,
  );
}
