import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  codeText,
  formatDate,
  formatDateTime,
  inOrder,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  pageOf,
  plural,
  type Tone,
  tag,
  withWords,
} from '#ui';
import { portalPage } from '../../portal-page/portal-page.ts';
import { KEY_STATE_WORDS, KEY_STATES, type KeyState, keyState } from '../keys/key-state.ts';
import { type ApiKey, keysOf } from '../keys/keys.ts';
import { SCOPE_FACTS } from '../keys/scopes.ts';

const PATH = '/web-portal/api';

const listQuery = z.object({
  ...listFields(['made', 'name', 'expires', 'used'], 'desc'),
  state: z.enum(KEY_STATES).optional().catch(undefined),
  done: z.literal('revoked').optional().catch(undefined),
});
type KeysQuery = z.infer<typeof listQuery>;

/** GET /web-portal/api: the keys of the centre. */
export const listKeys = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const keys = await context.read((reader) => keysOf(reader, context.centreId()));
  return page(await keysPage(context, query, keys));
});

/** GET /web-portal/api/export */
export const exportKeys = handler({ query: listQuery }, async (context) => {
  const { query, now } = context;
  const keys = await context.read((reader) => keysOf(reader, context.centreId()));
  return listFile(
    'api-keys',
    [
      'Name',
      'Begins with',
      'May',
      'State',
      'Made',
      'Made by',
      'Expires',
      'Last used',
      'Last used from',
      'Revoked',
      'Reason',
    ],
    chosen(keys, query, now).map((key) => [
      key.name,
      key.prefix,
      key.scopes.join(' '),
      KEY_STATE_WORDS[keyState(key, now)],
      formatDateTime(key.madeAt),
      key.madeBy,
      formatDateTime(key.expiresAt),
      key.lastUsedAt && formatDateTime(key.lastUsedAt),
      key.lastUsedFrom,
      key.revokedAt && formatDateTime(key.revokedAt),
      key.revokedReason,
    ]),
  );
});

function found(keys: readonly ApiKey[], query: KeysQuery): ApiKey[] {
  return withWords(keys, query.q, (key) => `${key.name} ${key.prefix} ${key.scopes.join(' ')} ${key.madeBy ?? ''}`);
}

function chosen(keys: readonly ApiKey[], query: KeysQuery, now: Date): ApiKey[] {
  const rows = found(keys, query).filter((key) => !query.state || keyState(key, now) === query.state);
  return inOrder(rows, query, {
    made: (key) => key.madeAt.toISOString(),
    name: (key) => key.name,
    expires: (key) => key.expiresAt.toISOString(),
    used: (key) => key.lastUsedAt?.toISOString() ?? '',
  });
}

function keysPage(context: Context, query: KeysQuery, keys: readonly ApiKey[]): Promise<Safe> {
  const { now } = context;
  const rows = chosen(keys, query, now);
  const fitting = found(keys, query);
  const list = listOf(PATH, listQuery, query);
  const count = (state: KeyState) => fitting.filter((key) => keyState(key, now) === state).length;
  const make = linkButton('Make a key', `${PATH}/keys/make`);
  const working = keys.filter((key) => ['working', 'expires_soon'].includes(keyState(key, now))).length;
  return portalPage(
    context,
    { title: 'API' },
    html`${query.done && note('The key is revoked. It opens nothing from now on.', { tone: 'ok', announce: true, class: 'mb' })}
${listPage<ApiKey>({
  title: 'API',
  lead: `Your own systems can read and register here by a key: ${plural(working, 'key works', 'keys work')}`,
  actions: html`${linkButton('How to use it', '/api/v1/reference', { look: 'quiet' })}${linkButton('Web addresses', `${PATH}/webhooks`, { look: 'quiet' })}${linkButton('Deliveries', `${PATH}/deliveries`, { look: 'quiet' })}${make}`,
  ...list.shown(rows.length),
  noun: ['key', 'keys'],
  filters: [{ kind: 'search', name: 'q', label: 'Name, beginning or what it may do' }],
  chips: [
    list.chip('All', { state: undefined }, fitting.length),
    ...KEY_STATES.map((state) => list.chip(KEY_STATE_WORDS[state], { state }, count(state))),
  ],
  columns: columns(now),
  rows: pageOf(rows, query),
  exportPath: `${PATH}/export`,
  narrowedBy: ['state'],
  firstUse: {
    icon: 'key',
    title: 'No keys yet',
    text: 'A key lets a system of your own, such as your student records, read and register here instead of a person. Make one for each system.',
    actions: make,
  },
})}`,
  );
}

const TONES: Partial<Record<KeyState, Tone>> = { working: 'ok', expires_soon: 'warn', stopped: 'bad' };

/** Why a key opens nothing, where somebody has to know it. */
const whyNot = (key: ApiKey, now: Date): string | null =>
  keyState(key, now) === 'stopped' ? `${key.madeBy}, who made it, is suspended` : key.revokedReason;

function columns(now: Date): Column<ApiKey>[] {
  return [
    {
      label: 'Name',
      header: true,
      sort: 'name',
      cell: (key) =>
        html`<span class="name">${key.name}</span>${whyNot(key, now) && html`<br><span class="small muted">${whyNot(key, now)}</span>`}`,
    },
    { label: 'Begins with', cell: (key) => codeText(key.prefix) },
    {
      label: 'May',
      cell: (key) => key.scopes.map((scope, at) => html`${at > 0 && html`<br>`}${SCOPE_FACTS[scope].label}`),
    },
    { label: 'Made', sort: 'made', phone: 'hide', cell: (key) => formatDate(key.madeAt, 'list') },
    { label: 'Expires', sort: 'expires', cell: (key) => formatDate(key.expiresAt, 'list') },
    {
      label: 'Last used',
      sort: 'used',
      cell: (key) =>
        key.lastUsedAt
          ? html`${formatDateTime(key.lastUsedAt, 'list', now)}<br><span class="small muted">from ${key.lastUsedFrom}</span>`
          : html`<span class="muted">Never</span>`,
    },
    {
      label: 'State',
      phone: 'status',
      cell: (key) => tag(KEY_STATE_WORDS[keyState(key, now)], TONES[keyState(key, now)]),
    },
    {
      label: 'Change',
      phone: 'plain',
      cell: (key) =>
        keyState(key, now) === 'revoked'
          ? html`<span class="muted">None</span>`
          : link(
              html`Revoke<span class="govuk-visually-hidden"> the key ${key.name}</span>`,
              `${PATH}/keys/${key.id}/revoke`,
            ),
    },
  ];
}
