import { sql } from 'kysely';
import { z } from 'zod';
import { auditKindNamed } from '#platform/audit/audit.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page, redirect } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { crumbs, formatDateTime, listHref, listPage } from '#ui';
import { peoplePage, withSystemRights } from '../administration/people-page.ts';
import { personParams } from '../administration/reason-act.ts';
import { type PersonRecord, personRecord } from '../administration/records.ts';
import { detailsInWords } from './details-in-words.ts';

const PAGE_SIZE = 50;

const query = z.object({
  kind: z.string().max(100).optional().catch(undefined),
  side: z.enum(['by', 'about']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
type HistoryQuery = z.infer<typeof query>;

interface HistoryRow {
  id: string;
  at: Date;
  kind: string;
  payload: Record<string, unknown>;
  by: string | null;
  organisation: string | null;
  total: number;
}

/** GET /people/:personId/history: what the ledger says of the person and of merged records, in plain words. */
export const personHistory = handler({ params: personParams, query }, async (asked) => {
  const context = withSystemRights(asked);
  const found = await context.read(async (reader) => {
    const record = await personRecord(reader, context.params.personId);
    return {
      record,
      rows: await historyOf(reader, record.id, context.query),
      kinds: await kindsOf(reader, record.id),
      names: await organisationNames(reader),
    };
  });
  if (found.record.status === 'merged') return redirect(`/people/${found.record.id}`);
  return page(historyPage(await context.frame(), context.query, { ...found, now: context.now }));
});

const ABOUT = (personId: string) =>
  sql`(e.subject_kind = 'person' and e.subject_id in (select i::text from accounts.ids_of_person(${personId}) i))`;
const BY = (personId: string) => sql`e.person_id in (select accounts.ids_of_person(${personId}))`;

function historyOf(
  reader: Reader,
  personId: string,
  { kind, side, page: number }: HistoryQuery,
): Promise<HistoryRow[]> {
  const which =
    side === 'by' ? BY(personId) : side === 'about' ? ABOUT(personId) : sql`(${BY(personId)} or ${ABOUT(personId)})`;
  return reader.rows(sql<HistoryRow>`
    select e.id, e.at, e.kind, e.payload, p.given_names || ' ' || p.family_name as by,
      o.name as organisation, count(*) over ()::int as total
    from platform.audit_events e
    left join accounts.people p on p.id = e.person_id
    left join accounts.organisations o on o.id = e.centre_id
    where ${which} and (${kind ?? null}::text is null or e.kind = ${kind ?? null})
    order by e.at desc, e.id desc limit ${PAGE_SIZE} offset ${(number - 1) * PAGE_SIZE}`);
}

async function kindsOf(reader: Reader, personId: string): Promise<string[]> {
  const rows = await reader.rows(sql<{ kind: string }>`
    select distinct e.kind from platform.audit_events e where ${BY(personId)} or ${ABOUT(personId)} order by 1`);
  return rows.map(({ kind }) => kind);
}

/** Names of organisations by id, for payloads that name one. */
async function organisationNames({ db }: Reader): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('accounts.organisations').select(['id', 'name']).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const kindInWords = (kind: string) => auditKindNamed(kind)?.description ?? kind;

function historyPage(
  frame: Frame,
  { kind, side, page: number }: HistoryQuery,
  found: {
    record: PersonRecord;
    rows: readonly HistoryRow[];
    kinds: readonly string[];
    names: ReadonlyMap<string, string>;
    now: Date;
  },
): Safe {
  const { record, rows, kinds, names, now } = found;
  const path = `/people/${record.id}/history`;
  const words = { kind, side };
  return peoplePage(
    frame,
    { title: `History of ${record.name}` },
    html`${crumbs([{ label: 'People', href: '/people' }, { label: record.name, href: `/people/${record.id}` }, { label: 'History' }])}
${listPage<HistoryRow>({
  title: `History of ${record.name}`,
  lead: 'From the ledger, newest first. Nobody can change or remove an entry.',
  path,
  query: words,
  noun: ['entry', 'entries'],
  filters: [
    {
      kind: 'select',
      name: 'side',
      label: 'Whose act',
      choices: [
        { value: '', label: 'By or about the person' },
        { value: 'by', label: 'By the person' },
        { value: 'about', label: 'About the person' },
      ],
    },
    {
      kind: 'select',
      name: 'kind',
      label: 'What happened',
      choices: [{ value: '', label: 'Anything' }, ...kinds.map((value) => ({ value, label: kindInWords(value) }))],
    },
  ],
  columns: [
    { label: 'When', header: true, class: 'nw', cell: (row) => formatDateTime(row.at, 'list', now) },
    { label: 'What', cell: (row) => kindInWords(row.kind) },
    { label: 'Details', cell: (row) => detailsInWords(row.payload, names) || html`<span class="muted">None</span>` },
    { label: 'By', cell: (row) => row.by ?? html`<span class="muted">Nobody known</span>` },
    { label: 'Centre', cell: (row) => row.organisation ?? html`<span class="muted">None</span>` },
  ],
  rows,
  paging: {
    page: number,
    pageSize: PAGE_SIZE,
    total: rows[0]?.total ?? 0,
    href: (to) => listHref(path, words, { page: String(to) }),
  },
  firstUse: {
    icon: 'clock',
    title: 'Nothing yet',
    text: 'What the person does, and what is done about the account, appears here.',
  },
})}`,
  );
}
