import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  codeText,
  formatDate,
  LIST_PAGE_SIZE,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  rowLink,
  tag,
} from '#ui';
import { statusOn } from '../centres/centres.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { type AgreementVersion, currentAgreement } from './agreement-versions.ts';

const PATH = '/centres-hub/agreements';

const listQuery = z.object({
  ...listFields(['name', 'number', 'signed']),
  signed: z.enum(['yes', 'no']).optional().catch(undefined),
  done: z.enum(['published']).optional().catch(undefined),
});
type ListQuery = z.infer<typeof listQuery>;

interface Row {
  readonly number: string;
  readonly name: string;
  readonly signedName: string | null;
  readonly signedAt: Date | null;
  /** The newest version that the centre has signed, also an older one. */
  readonly lastVersion: number | null;
  readonly total: number;
}

const ORDERS = { name: sql`o.name`, number: sql`o.number`, signed: sql`s.signed_at` } as const;

function rowsFor(reader: Reader, query: ListQuery, current: AgreementVersion | null, size: number): Promise<Row[]> {
  const { q, signed, sort, order, page: number } = query;
  const like = containing(q);
  return reader.rows(sql<Row>`
    select o.number, o.name, s.signed_name as "signedName", s.signed_at as "signedAt", count(*) over ()::int as total,
      (select max(v.number) from centres_hub.agreement_signatures g join centres_hub.agreement_versions v on v.id = g.agreement_version_id
        where g.centre_id = c.id) as "lastVersion"
    from centres_hub.centres c join accounts.published_organisations o on o.id = c.id
    left join centres_hub.agreement_signatures s on s.centre_id = c.id and s.agreement_version_id = ${current?.id ?? null}::uuid
    where ${statusOn(reader.now)} <> 'withdrawn' and (${like}::text is null or o.name ilike ${like} or o.number like ${like})
      and (${signed ?? null}::text is null or (s.id is not null) = (${signed ?? null} = 'yes'))
    order by ${ORDERS[sort]} ${order === 'desc' ? sql`desc` : sql`asc`} nulls last, o.number
    limit ${size} offset ${(number - 1) * size}`);
}

/** GET /centres-hub/agreements: the version in force, who has signed it and who has not. */
export const listAgreements = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { current, rows } = await context.read(async (reader) => {
    const current = await currentAgreement(reader);
    return { current, rows: current ? await rowsFor(reader, query, current, LIST_PAGE_SIZE) : [] };
  });
  return page(await bodyPage(context as Context, { title: 'Agreements' }, agreementsBody(query, current, rows)));
});

/** GET /centres-hub/agreements/export */
export const exportAgreements = handler({ query: listQuery }, async (context) => {
  const rows = await context.read(async (reader) =>
    rowsFor(reader, { ...context.query, page: 1 }, await currentAgreement(reader), 100_000),
  );
  return listFile(
    'agreements',
    ['Centre number', 'Centre', 'Signed by', 'Signed on', 'Newest version signed'],
    rows.map((row) => [
      row.number,
      row.name,
      row.signedName,
      row.signedAt && formatDate(row.signedAt),
      row.lastVersion,
    ]),
  );
});

function agreementsBody(query: ListQuery, current: AgreementVersion | null, rows: readonly Row[]): Safe {
  const publish = linkButton(current ? 'Publish a new version' : 'Publish the agreement', `${PATH}/publish`);
  const list = listOf(PATH, listQuery, query);
  return html`${query.done && note('The version is published. Centres see it as something to sign.', { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Row>({
  title: 'Agreements',
  lead: current
    ? `${current.title}, version ${current.number}, to be signed by ${formatDate(current.signBy)}`
    : 'The agreement between the awarding body and its centres',
  actions: publish,
  ...list.shown(rows[0]?.total ?? 0),
  noun: ['centre', 'centres'],
  filters: [
    { kind: 'search', name: 'q', label: 'Centre or number' },
    {
      kind: 'select',
      name: 'signed',
      label: 'This version',
      choices: [
        { value: '', label: 'Signed or not' },
        { value: 'no', label: 'Not signed' },
        { value: 'yes', label: 'Signed' },
      ],
    },
  ],
  columns: [
    {
      label: 'Centre',
      header: true,
      sort: 'name',
      cell: (row) => rowLink(row.name, `/centres-hub/documents?centre=${row.number}`),
    },
    { label: 'Number', sort: 'number', cell: (row) => codeText(row.number) },
    { label: 'Signed by', cell: (row) => row.signedName ?? html`<span class="muted">Nobody yet</span>` },
    {
      label: 'Signed',
      sort: 'signed',
      cell: (row) =>
        row.signedAt
          ? formatDate(row.signedAt, 'list')
          : html`<span class="muted">${row.lastVersion ? `Version ${row.lastVersion} only` : 'Never'}</span>`,
    },
    {
      label: 'State',
      phone: 'status',
      cell: (row) => (row.signedAt ? tag('Signed') : tag('Not signed', 'warn', 'alert')),
    },
  ],
  rows,
  exportPath: `${PATH}/export`,
  firstUse: {
    icon: 'doc',
    title: 'No agreement published yet',
    text: 'Publish the agreement. Each head of centre then signs it by typing the name, and this list shows who has not.',
    actions: publish,
  },
})}`;
}
