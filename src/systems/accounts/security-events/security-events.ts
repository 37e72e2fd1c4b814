import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { crumbs, formatDateTime, listHref, listPage, staffPage } from '#ui';
import { GROUP_KEYS, GROUPS, type Group, inWords, kindsOf, placeOf } from './words.ts';

export interface SecurityEvent {
  readonly at: Date;
  readonly words: string;
  /** Device and address, as far as recorded. */
  readonly place: string;
}

const PAGE_SIZE = 50;

/** What happened to the account of a person, newest first, from the audit ledger. System's scope. */
export async function securityEventsOf(
  { db }: Pick<Reader, 'db'>,
  personId: string,
  {
    group,
    limit,
    offset = 0,
  }: { readonly group?: Group | undefined; readonly limit: number; readonly offset?: number },
): Promise<readonly SecurityEvent[]> {
  const { only, without } = group ? kindsOf(group) : {};
  const rows = await db
    .selectFrom('platform.audit_events as e')
    .select(['e.at', 'e.kind', 'e.payload'])
    .where('e.subject_kind', '=', 'person')
    .where('e.subject_id', '=', personId)
    .where('e.kind', 'like', 'accounts.%')
    .$if(only !== undefined, (query) => query.where('e.kind', 'in', only as string[]))
    .$if(without !== undefined, (query) => query.where('e.kind', 'not in', without as string[]))
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  const payloads = rows.map(({ payload }) => payload as Record<string, unknown>);
  const ids = [...new Set(payloads.map(({ organisationId }) => organisationId).filter((id) => typeof id === 'string'))];
  const organisations = ids.length
    ? await db.selectFrom('accounts.organisations').select(['id', 'name']).where('id', 'in', ids).execute()
    : [];
  const nameOf = (id: unknown) => organisations.find((one) => one.id === id)?.name ?? '';
  return rows.map(({ at, kind }, index) => {
    const payload = payloads[index] as Record<string, unknown>;
    return { at, words: inWords(kind, payload, nameOf(payload.organisationId)), place: placeOf(payload) };
  });
}

const query = z.object({
  group: z.enum(GROUP_KEYS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

/** GET /my-details/security: all events of the own account. */
export const showSecurityEvents = handler({ query }, async (context): Promise<Answer> => {
  const { group, page: number } = context.query;
  const { personId } = context.person();
  const found = await context.services.database.read(SYSTEM, (reader) =>
    securityEventsOf(reader, personId, { group, limit: PAGE_SIZE + 1, offset: (number - 1) * PAGE_SIZE }),
  );
  const path = '/my-details/security';
  const values = { group };
  const to = (wanted: number) => listHref(path, values, { page: wanted > 1 ? String(wanted) : undefined });
  return page(
    staffPage(
      { ...(await context.frame()), title: 'Security events' },
      html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Security events' }])}
${listPage({
  title: 'Security events',
  lead: 'What happened to your account, newest first. Only you see this list',
  path,
  query: values,
  noun: ['event', 'events'],
  filters: [
    {
      kind: 'select',
      name: 'group',
      label: 'Show',
      choices: [{ value: '', label: 'All events' }, ...GROUP_KEYS.map((key) => ({ value: key, label: GROUPS[key] }))],
    },
  ],
  columns: [
    { label: 'What', header: true, cell: (event) => event.words },
    { label: 'When', class: 'nw', cell: (event) => formatDateTime(event.at, 'list', context.now) },
    { label: 'Device and address', cell: (event) => event.place || 'Not recorded', phone: 'labelled' },
  ],
  rows: found.slice(0, PAGE_SIZE),
  paging: {
    shown: `Page ${number}`,
    previous: number > 1 ? to(number - 1) : undefined,
    next: found.length > PAGE_SIZE ? to(number + 1) : undefined,
  },
  ...(group ? { filtersInWords: GROUPS[group] } : {}),
  firstUse: { icon: 'shield', title: 'No events yet', text: 'Log-ins, changes and refusals appear here.' },
})}`,
    ),
  );
});
