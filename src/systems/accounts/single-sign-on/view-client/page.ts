import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import {
  card,
  crumbs,
  emptyState,
  formatDate,
  formatDateTime,
  link,
  linkButton,
  note,
  pageHead,
  pager,
  staffPage,
  summaryList,
  table,
  tag,
  trail,
} from '#ui';
import {
  clientAdded,
  clientChanged,
  clientSecretRefused,
  clientSecretReplaced,
  clientSwitchedOff,
  clientSwitchedOn,
} from '../audit.ts';
import type { Client } from '../clients/clients.ts';
import { AUDIENCE_WORDS, PASSED_WORDS } from '../clients/wording.ts';
import { forTheSupplier } from '../replace-secret/page.ts';
import { type DONE, type EntryLine, type HistoryLine, PAGE_SIZE } from './lines.ts';

export interface ClientPage {
  readonly client: Client;
  readonly entries: readonly EntryLine[];
  readonly total: number;
  readonly history: readonly HistoryLine[];
  readonly page: number;
  readonly done: (typeof DONE)[number] | undefined;
  readonly publicUrl: string;
}

const DONE_WORDS: Record<(typeof DONE)[number], string> = {
  changed: 'The settings have been changed and hold at once.',
  'switched-on': 'The system is on and appears in System Access again.',
  'switched-off': 'The system is off. Nobody enters it from here any more.',
};

/** One client: its settings, what the supplier needs, who entered, what was changed. */
export function viewClientPage(frame: Frame, data: ClientPage): Safe {
  const { client, done } = data;
  const here = `/single-sign-on/${client.id}`;
  return staffPage(
    { ...frame, title: client.name, system: { name: 'Single sign-on' } },
    html`${crumbs([{ label: 'Single sign-on', href: '/single-sign-on' }, { label: client.name }])}
${pageHead({
  title: client.name,
  lead: html`${client.supplier}. ${client.description}`,
  actions: html`${client.status === 'off' && tag('Off', 'warn', 'alert')}${linkButton('Change', `${here}/change`)}`,
})}
<div class="stack">
${done && note(DONE_WORDS[done], { tone: 'ok', announce: true })}
${client.status === 'off' && note(html`${client.statusReason}`, { tone: 'warn', title: 'Switched off:' })}
<div class="split">
<div class="stack">${card({ title: 'Settings', id: 'settings' }, settings(client))}
${card(
  { title: 'For the supplier', id: 'supplier' },
  html`${summaryList([...forTheSupplier(client, data.publicUrl), ['Secret made', formatDateTime(client.secretChangedAt)]])}
<p>${link('Make a new secret', `${here}/replace-secret`)}</p>`,
)}
${card(
  {
    title: 'Who entered',
    id: 'entries',
    flush: true,
    aside: data.total > 0 && html`<a href="${here}/entries" download>Export</a>`,
  },
  entriesTable(data, here),
)}</div>
<div class="stack">
${card(
  { title: client.status === 'on' ? 'Switch it off' : 'Switch it on', id: 'switch' },
  html`<p class="muted">${client.status === 'on' ? 'Holds at once and says why. The record stays.' : 'The settings are as they were.'}</p>${linkButton(client.status === 'on' ? 'Switch off' : 'Switch on', `${here}/switch`, { look: 'quiet' })}`,
)}
${card({ title: 'History', id: 'history' }, trail(data.history.map(historyItem)))}
</div>
</div></div>`,
  );
}

function settings(client: Client): Safe {
  const list = (addresses: readonly string[]) =>
    addresses.length ? addresses.map((one) => html`<div class="wrap-any">${one}</div>`) : 'None';
  return summaryList([
    ['System Access opens', html`<span class="wrap-any">${client.launchAddress}</span>`],
    [
      'For',
      client.audience === 'chosen_centres'
        ? `${AUDIENCE_WORDS[client.audience]}: ${client.centreNumbers.join(', ')}`
        : AUDIENCE_WORDS[client.audience],
    ],
    ['Roles', client.roles.map((role) => ROLE_NAMES[role]).join(', ')],
    [
      'Supplier is told',
      client.passesOn.length
        ? client.passesOn.map((passed) => PASSED_WORDS[passed].short).join(', ')
        : 'An identifier alone',
    ],
    ['Comes back to', html`${list(client.redirectAddresses)}`],
    ['After a log-out', html`${list(client.logOutAddresses)}`],
    ['Added', formatDate(client.createdAt)],
  ]);
}

function entriesTable({ entries, total, page }: ClientPage, here: string): Safe {
  if (total === 0)
    return emptyState({
      icon: 'users',
      title: 'Nobody has entered yet',
      text: 'Each person who enters appears here, with what the supplier was told.',
    });
  return html`${table<EntryLine>({
    caption: 'Who entered, newest first',
    rows: entries,
    columns: [
      { label: 'Person', header: true, cell: ({ person }) => person },
      { label: 'For', cell: ({ organisation }) => organisation },
      { label: 'Entered', cell: ({ entered_at }) => formatDateTime(entered_at, 'list') },
      {
        label: 'Supplier was told',
        phone: 'labelled',
        cell: ({ told_at, passes_on }) =>
          told_at
            ? passes_on.map((passed) => PASSED_WORDS[passed].short).join(', ')
            : html`<span class="muted">An identifier alone</span>`,
      },
    ],
  })}${pager({ page, pageSize: PAGE_SIZE, total, href: (number) => `${here}?page=${number}#entries` })}`;
}

const HISTORY_WORDS: Readonly<Record<string, string>> = {
  [clientAdded.name]: 'Added',
  [clientChanged.name]: 'Settings changed',
  [clientSecretReplaced.name]: 'New secret made',
  [clientSwitchedOff.name]: 'Switched off',
  [clientSwitchedOn.name]: 'Switched on',
  [clientSecretRefused.name]: 'A wrong secret was refused',
};

function historyItem({ at, kind, payload, person }: HistoryLine) {
  const by = person ?? (payload.address ? `from ${payload.address}` : 'the system itself');
  return {
    what: html`${HISTORY_WORDS[kind] ?? kind}${payload.reason && `: ${payload.reason}`}`,
    when: `${formatDateTime(at)}, ${by}`,
  };
}
