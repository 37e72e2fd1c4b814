import { sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  type Column,
  formatDate,
  formatDateTime,
  LIST_PAGE_SIZE,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  tag,
} from '#ui';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { bodyPage } from '../hub-page/hub-page.ts';

const PATH = '/centres-hub/help/videos';

const listQuery = z.object({
  ...listFields(['added', 'title', 'task', 'bytes'], 'desc'),
  task: z.string().max(60).optional().catch(undefined),
  show: z.enum(['shown', 'removed', 'all']).catch('shown'),
  done: z.enum(['added', 'replaced', 'removed']).optional().catch(undefined),
});
type VideosQuery = z.infer<typeof listQuery>;

interface ListedVideo {
  readonly id: string;
  readonly task: string;
  readonly title: string;
  readonly bytes: number;
  readonly addedAt: Date;
  readonly addedBy: string | null;
  readonly removedAt: Date | null;
  readonly removedReason: string | null;
  readonly total: number;
}

const DONE_WORDS = {
  added: 'The video is added. Every centre sees it on the page of its task.',
  replaced: 'The video is replaced. Every centre sees the new one.',
  removed: 'The video is removed. It is no longer shown.',
} as const;

/** GET /centres-hub/help/videos: what the awarding body has added to the tasks. */
export const listVideos = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const { rows, counts } = await context.read(async (reader) => ({
    rows: await videosOf(reader, query, LIST_PAGE_SIZE),
    counts: await countVideos(reader, query),
  }));
  const list = listOf(PATH, listQuery, query);
  const chip = (label: string, show: VideosQuery['show']) => list.chip(label, { show }, counts[show]);
  const add = linkButton('Add a video', `${PATH}/add`);
  return page(
    await bodyPage(
      context as Context,
      { title: 'Videos' },
      html`${query.done && note(DONE_WORDS[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<ListedVideo>({
  title: 'Videos',
  lead: 'Added to the tasks of "How to", for every centre',
  actions: html`${linkButton('All tasks', '/centres-hub/help', { look: 'quiet' })}${add}`,
  ...list.shown(rows[0]?.total ?? (query.page > 1 ? counts[query.show] : 0)),
  narrowedBy: ['show'],
  noun: ['video', 'videos'],
  filters: [
    { kind: 'search', name: 'q', label: 'Title' },
    {
      kind: 'select',
      name: 'task',
      label: 'Task',
      choices: [
        { value: '', label: 'Every task' },
        ...helpTasks.map(({ slug, title }) => ({ value: slug, label: title })),
      ],
    },
  ],
  chips: [chip('Shown', 'shown'), chip('Removed', 'removed'), chip('All', 'all')],
  columns,
  rows,
  exportPath: `${PATH}/export`,
  firstUse: {
    icon: 'video',
    title: 'No videos yet',
    text: 'Videos that you add to tasks appear here. The recordings that come with the product are on the pages of their tasks.',
    actions: add,
  },
})}`,
    ),
  );
});

/** GET /centres-hub/help/videos/export */
export const exportVideos = handler({ query: listQuery }, async (context) => {
  const rows = await context.read((reader) => videosOf(reader, { ...context.query, page: 1 }, 100_000));
  return listFile(
    'videos',
    ['Title', 'Task', 'Bytes', 'Added', 'Added by', 'Removed', 'Reason'],
    rows.map((row) => [
      row.title,
      taskTitle(row.task),
      row.bytes,
      formatDateTime(row.addedAt),
      row.addedBy,
      row.removedAt && formatDateTime(row.removedAt),
      row.removedReason,
    ]),
  );
});

const taskTitle = (slug: string) => helpTasks.find((task) => task.slug === slug)?.title ?? slug;

const SHOW = { shown: sql`v.removed_at is null`, removed: sql`v.removed_at is not null`, all: sql`true` } as const;
const ORDERS = { title: sql`lower(v.title)`, task: sql`v.task`, bytes: sql`v.bytes`, added: sql`v.added_at` } as const;

function narrowing({ q, task }: VideosQuery) {
  const like = containing(q);
  return sql`(${like}::text is null or v.title ilike ${like}) and (${task || null}::text is null or v.task = ${task || null})`;
}

function videosOf(reader: Reader, query: VideosQuery, size: number): Promise<ListedVideo[]> {
  return reader.rows(sql<ListedVideo>`
    select v.id, v.task, v.title, v.bytes, v.added_at as "addedAt", p.given_names || ' ' || p.family_name as "addedBy",
      v.removed_at as "removedAt", v.removed_reason as "removedReason", count(*) over ()::int as total
    from centres_hub.help_videos v left join accounts.published_people p on p.id = v.added_by
    where ${SHOW[query.show]} and ${narrowing(query)}
    order by ${ORDERS[query.sort]} ${query.order === 'desc' ? sql`desc` : sql`asc`}, v.id
    limit ${size} offset ${(query.page - 1) * size}`);
}

async function countVideos(reader: Reader, query: VideosQuery): Promise<Record<VideosQuery['show'], number>> {
  const [counted] = await reader.rows(sql<Record<VideosQuery['show'], number>>`
    select count(*) filter (where ${SHOW.shown})::int as shown, count(*) filter (where ${SHOW.removed})::int as removed,
      count(*)::int as all from centres_hub.help_videos v where ${narrowing(query)}`);
  return counted as Record<VideosQuery['show'], number>;
}

const columns: Column<ListedVideo>[] = [
  { label: 'Title', header: true, sort: 'title', cell: ({ title }) => title },
  {
    label: 'Task',
    sort: 'task',
    cell: ({ task }) => link(taskTitle(task), `/centres-hub/help/${task}`),
  },
  { label: 'Size', sort: 'bytes', numeric: true, cell: ({ bytes }) => `${(bytes / 1_000_000).toFixed(1)} MB` },
  {
    label: 'Added',
    sort: 'added',
    cell: ({ addedAt, addedBy }) =>
      html`${formatDate(addedAt, 'list')}${addedBy && html`<br><span class="small muted">${addedBy}</span>`}`,
  },
  {
    label: 'State',
    phone: 'status',
    cell: ({ removedAt, removedReason }) =>
      removedAt ? html`${tag('Removed')}<br><span class="small muted">${removedReason}</span>` : tag('Shown'),
  },
  {
    label: 'Change',
    phone: 'plain',
    cell: ({ id, title, removedAt }) => {
      const whom = html`<span class="govuk-visually-hidden"> ${title}</span>`;
      return removedAt
        ? null
        : html`<span class="row">${link(html`Replace${whom}`, `${PATH}/${id}/replace`)}${link(html`Remove${whom}`, `${PATH}/${id}/remove`)}</span>`;
    },
  },
];
