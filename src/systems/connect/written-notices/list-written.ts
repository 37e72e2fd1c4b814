import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDate, formatDateTime, linkButton, listHref, listPage, note, plural, rowLink, tag } from '#ui';
import { audienceInWords } from '../notices/audience.ts';
import { STANDINGS, type Standing, standingOn } from '../notices/notice-state.ts';
import { noticesPage, WRITTEN_PATH } from '../notices/notices-page.ts';
import { countWritten, PAGE_SIZE, type WrittenNotice, writtenQuery, writtenRows } from './list-query.ts';

const STANDING_WORDS: Record<Standing, string> = {
  draft: 'Draft',
  to_come: 'To come',
  shown: 'Shown',
  run_out: 'Run out',
  ended: 'Ended',
};

/** Where a notice stands, in a word. A draft asks for something. */
export const standingTag = (standing: Standing): Safe =>
  standing === 'draft' ? tag(STANDING_WORDS.draft, 'warn', 'edit') : tag(STANDING_WORDS[standing]);

/** GET /notices/written */
export const listWritten = handler({ query: writtenQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await writtenRows(reader, query, { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE }),
    counts: await countWritten(reader, query),
  }));
  const today = dayInLondon(context.now);
  const words = {
    q: query.q,
    standing: query.standing,
    sort: query.sort === 'written' ? undefined : query.sort,
    order: query.order === 'desc' ? undefined : query.order,
  };
  const chip = (label: string, count: number, standing: Standing | undefined) => ({
    label,
    count,
    href: listHref(WRITTEN_PATH, words, { standing }),
    current: query.standing === standing,
  });
  const write = linkButton('Write a notice', `${WRITTEN_PATH}/new`, { icon: 'edit' });
  return page(
    await noticesPage(
      context,
      { title: 'Write notices' },
      html`${query.done && note('Nothing of it was published.', { tone: 'ok', title: 'The draft is discarded.', announce: true, class: 'mb' })}
${listPage<WrittenNotice>({
  title: 'Write notices',
  lead: `${plural(counts.all, 'notice')}, ${counts.shown} shown now`,
  actions: write,
  path: WRITTEN_PATH,
  query: words,
  noun: ['notice', 'notices'],
  filters: [{ kind: 'search', name: 'q', label: 'Title' }],
  chips: [
    chip('All', counts.all, undefined),
    ...STANDINGS.map((standing) => chip(STANDING_WORDS[standing], counts[standing], standing)),
  ],
  narrowedBy: ['standing'],
  columns: [
    {
      label: 'Notice',
      header: true,
      sort: 'title',
      cell: (row) =>
        html`${rowLink(row.title, `${WRITTEN_PATH}/${row.id}`)}<span class="sub">${audienceInWords(row, row.productTitle)}</span>`,
    },
    {
      label: 'Confirm',
      class: 'nw',
      cell: (row) => (row.mustConfirm ? 'Must confirm' : html`<span class="muted">No</span>`),
    },
    { label: 'From', class: 'nw', sort: 'from', cell: (row) => formatDate(row.showsFrom, 'list') },
    {
      label: 'Until',
      class: 'nw',
      cell: (row) => (row.showsUntil ? formatDate(row.showsUntil, 'list') : html`<span class="muted">No end</span>`),
    },
    {
      label: 'Written',
      class: 'nw',
      sort: 'written',
      cell: (row) =>
        html`${formatDateTime(row.writtenAt, 'list', context.now)}<span class="sub">${row.writtenBy}</span>`,
    },
    {
      label: 'State',
      phone: 'status',
      cell: (row) => (row.correcting ? tag('Correction drafted', 'warn', 'edit') : standingTag(standingOn(row, today))),
    },
  ],
  rows,
  sort: { by: query.sort, direction: query.order },
  paging: {
    page: query.page,
    pageSize: PAGE_SIZE,
    total: query.standing ? counts[query.standing] : counts.all,
    href: (to) => listHref(WRITTEN_PATH, words, { page: String(to) }),
  },
  exportPath: `${WRITTEN_PATH}/export`,
  firstUse: {
    icon: 'bell',
    title: 'No notices yet',
    text: 'A notice tells centres, holders of a role or everybody something, from a day to a day.',
    actions: write,
  },
})}`,
    ),
  );
});

/** GET /notices/written/export */
export const exportWritten = handler({ query: writtenQuery }, async (context): Promise<Answer> => {
  const rows = await context.read((reader) => writtenRows(reader, context.query, { limit: 10_000, offset: 0 }));
  const today = dayInLondon(context.now);
  return listFile(
    'notices',
    ['Title', 'For', 'Must confirm', 'From', 'Until', 'Written', 'Written by', 'State'],
    rows.map((row) => [
      row.title,
      audienceInWords(row, row.productTitle),
      row.mustConfirm ? 'Yes' : 'No',
      row.showsFrom,
      row.showsUntil,
      row.writtenAt.toISOString(),
      row.writtenBy,
      STANDING_WORDS[standingOn(row, today)],
    ]),
  );
});
