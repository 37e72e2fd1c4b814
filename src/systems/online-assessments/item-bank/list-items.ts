import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { type Answer, file, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { type Column, crumbs, formatDate, linkButton, listHref, listPage, plural, rowLink, tag } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type Bank, bankByCode } from './banks.ts';
import { type ItemRow, type ListFacts, type ListQuery, listFacts, listQuery, listRows } from './list-query.ts';

const PAGE_SIZE = 50;
const MOST_ROWS = 20_000;
export const bankParams = z.object({ bank: z.string().max(20) });
type BankParams = z.infer<typeof bankParams>;

export const KIND_WORDS = { choice: 'One answer', multiple: 'Several answers' } as const;

/** The address of a bank. */
export const bankPath = (code: string) => `/online-assessments/item-bank/${code}`;

/** GET /online-assessments/item-bank/:bank */
export const listItems = handler({ params: bankParams, query: listQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const { bank, rows, facts } = await context.read(async (reader) => {
    const bank = await bankByCode(reader, context.params.bank);
    if (!bank) throw new NotFound();
    const range = { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE };
    return {
      bank,
      rows: await listRows(reader, bank.id, query, range),
      facts: await listFacts(reader, bank.id, query),
    };
  });
  return page(await itemsPage(context, bank, rows, facts));
});

/** GET /online-assessments/item-bank/:bank/export: the list as asked, without the questions and without their keys. */
export const exportItems = handler({ params: bankParams, query: listQuery }, async (context): Promise<Answer> => {
  const { bank, rows } = await context.read(async (reader) => {
    const bank = await bankByCode(reader, context.params.bank);
    if (!bank) throw new NotFound();
    return { bank, rows: await listRows(reader, bank.id, context.query, { limit: MOST_ROWS, offset: 0 }) };
  });
  const cells = rows.map((row) => [
    row.code,
    row.group,
    row.topic,
    KIND_WORDS[row.kind],
    row.status === 'live' ? 'Live' : 'Retired',
    row.version,
    row.pictures,
    row.changedAt.toISOString().slice(0, 10),
  ]);
  const headings = ['Code', 'Group', 'Topic', 'Kind', 'Status', 'Version', 'Pictures', 'Changed'];
  const text = stringify([headings, ...cells], { bom: true, record_delimiter: 'windows', escape_formulas: true });
  return file(text, { type: 'text/csv; charset=utf-8', name: `questions-${bank.code}.csv`, cache: 'no-store' });
});

function itemsPage(
  context: Context<BankParams, ListQuery>,
  bank: Bank,
  rows: readonly ItemRow[],
  facts: ListFacts,
): ReturnType<typeof assessmentsPage> {
  const { query } = context;
  const path = bankPath(bank.code);
  const linked = {
    q: query.q,
    group: query.group,
    topic: query.topic,
    kind: query.kind,
    picture: query.picture,
    status: query.status,
    sort: query.sort === 'code' ? undefined : query.sort,
    order: query.order === 'asc' ? undefined : query.order,
  };
  const all = facts.live + facts.retired;
  const importButton = linkButton('Import questions', `${path}/import`, { icon: 'upload' });
  const choices = (first: string, values: readonly string[]) => [
    { value: '', label: first },
    ...values.map((value) => ({ value, label: value })),
  ];
  return assessmentsPage(
    context,
    { title: bank.title },
    html`${crumbs([{ label: 'Item bank', href: '/online-assessments/item-bank' }, { label: bank.code }])}${listPage<ItemRow>(
      {
        title: bank.title,
        lead: `${plural(all, 'question')} in ${plural(facts.groups.length, 'group')}`,
        actions: importButton,
        path,
        query: linked,
        noun: ['question', 'questions'],
        filters: [
          { kind: 'search', name: 'q', label: 'Code' },
          { kind: 'select', name: 'group', label: 'Group', choices: choices('All groups', facts.groups) },
          { kind: 'select', name: 'topic', label: 'Topic', choices: choices('All topics', facts.topics) },
          {
            kind: 'select',
            name: 'kind',
            label: 'Kind',
            choices: [
              { value: '', label: 'All kinds' },
              { value: 'choice', label: KIND_WORDS.choice },
              { value: 'multiple', label: KIND_WORDS.multiple },
            ],
          },
          {
            kind: 'select',
            name: 'picture',
            label: 'Pictures',
            choices: [
              { value: '', label: 'With and without' },
              { value: 'with', label: 'With a picture' },
              { value: 'without', label: 'Without a picture' },
            ],
          },
        ],
        narrowedBy: ['status'],
        chips: [
          { label: 'All', count: all, href: listHref(path, linked, { status: undefined }), current: !query.status },
          {
            label: 'Live',
            count: facts.live,
            href: listHref(path, linked, { status: 'live' }),
            current: query.status === 'live',
          },
          {
            label: 'Retired',
            count: facts.retired,
            href: listHref(path, linked, { status: 'retired' }),
            current: query.status === 'retired',
          },
        ],
        columns: columnsFor(path),
        rows,
        sort: { by: query.sort, direction: query.order },
        paging: {
          page: query.page,
          pageSize: PAGE_SIZE,
          total: query.status ? facts[query.status] : all,
          href: (number) => listHref(path, linked, { page: number > 1 ? String(number) : undefined }),
        },
        exportPath: `${path}/export`,
        firstUse: {
          icon: 'folder',
          title: 'No questions yet',
          text: 'Import a QTI 3 package, or a CSV with its pictures.',
          actions: importButton,
        },
      },
    )}`,
  );
}

function columnsFor(path: string): Column<ItemRow>[] {
  return [
    {
      label: 'Code',
      header: true,
      sort: 'code',
      class: 'code',
      cell: (row) => rowLink(row.code, `${path}/items/${row.id}`),
    },
    { label: 'Group', code: true, sort: 'group', cell: (row) => row.group || html`<span class="muted">None</span>` },
    { label: 'Topic', phone: 'plain', cell: (row) => row.topic },
    { label: 'Kind', class: 'nw', phone: 'plain', cell: (row) => KIND_WORDS[row.kind] },
    { label: 'Pictures', numeric: true, phone: 'hide', cell: (row) => row.pictures || '' },
    { label: 'Version', numeric: true, cell: (row) => row.version },
    { label: 'Changed', sort: 'changed', class: 'nw', cell: (row) => formatDate(row.changedAt, 'list') },
    {
      label: 'Status',
      phone: 'status',
      cell: (row) => (row.status === 'live' ? tag('Live', 'ok') : tag('Retired')),
    },
  ];
}
