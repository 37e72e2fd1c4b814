import { z } from 'zod';
import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { BODY_ROLES, ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import { may } from '#platform/permissions/principal.ts';
import { type Column, linkButton, listHref, listPage, plural, rowLink } from '#ui';
import type { HelpTask } from '../../../../content/help/task.ts';
import { helpTasks } from '../../../../content/help/tasks.ts';
import { hubQuery } from '../hub-page/hub-page.ts';
import { USER_ROLES } from '../users/roles.ts';
import { helpFrame, lengthText } from './help-page.ts';
import { recordingOf } from './shipped.ts';
import { currentVideos } from './videos.ts';

const listQuery = hubQuery.extend({
  q: z.string().trim().max(100).optional().catch(undefined),
  role: z.enum(USER_ROLES).optional().catch(undefined),
  video: z.enum(['with', 'without']).optional().catch(undefined),
});

interface Row {
  readonly task: HelpTask;
  /** Length of the recording in seconds; null: none. */
  readonly recording: number | null;
  /** Further films of the awarding body. */
  readonly films: number;
}

/** GET /centres-hub/help: what people do in Centres Hub, each with its page of steps. */
export const listHelp = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const help = await helpFrame(context);
  const films = await context.read((reader) => currentVideos(reader, null));
  const all = helpTasks.map((task) => ({
    task,
    recording: recordingOf(task)?.seconds ?? null,
    films: films.filter((film) => film.task === task.slug).length,
  }));
  const found = all.filter(
    (row) =>
      fits(row.task, query.q) &&
      (!query.role || row.task.roles.includes(query.role)) &&
      (!query.video || hasVideo(row) === (query.video === 'with')),
  );
  const words = { centre: query.centre, q: query.q, role: query.role, video: query.video };
  return page(
    await help.page(
      { title: 'How to' },
      listPage<Row>({
        title: 'How to',
        lead: `${plural(all.length, 'task')} of Centres Hub, step by step`,
        actions:
          may(context.principal, 'centres-hub.manage-help') &&
          linkButton('Videos of the awarding body', help.href('/centres-hub/help/videos'), { look: 'quiet' }),
        path: '/centres-hub/help',
        query: words,
        keep: ['centre'],
        noun: ['task', 'tasks'],
        filters: [
          { kind: 'search', name: 'q', label: 'What you want to do' },
          {
            kind: 'select',
            name: 'role',
            label: 'For',
            choices: [
              { value: '', label: 'Every role' },
              ...USER_ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] })),
            ],
          },
          {
            kind: 'select',
            name: 'video',
            label: 'Video',
            choices: [
              { value: '', label: 'With or without' },
              { value: 'with', label: 'With a video' },
              { value: 'without', label: 'Without a video' },
            ],
          },
        ],
        columns: columns(help.href),
        rows: found,
        paging: {
          page: 1,
          pageSize: helpTasks.length,
          total: found.length,
          href: () => listHref('/centres-hub/help', words),
        },
        firstUse: { icon: 'book', title: 'No tasks yet', text: 'Tasks with their steps appear here.' },
      }),
    ),
  );
});

const hasVideo = ({ recording, films }: Row) => recording !== null || films > 0;

/** Every word stands somewhere in the task. */
function fits(task: HelpTask, q = ''): boolean {
  const text = [task.title, task.summary, ...task.steps.map(({ words }) => words)].join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** "Centre coordinator", "Everybody at a centre". */
export function forWhom(task: HelpTask): string {
  const held = (role: Role) => task.roles.includes(role);
  const body = BODY_ROLES.filter(held);
  if (USER_ROLES.every(held)) return body.length > 0 ? 'Everybody' : 'Everybody at a centre';
  return task.roles.map((role) => ROLE_NAMES[role]).join(', ');
}

function columns(href: (path: string) => string): Column<Row>[] {
  return [
    {
      label: 'Task',
      header: true,
      cell: ({ task }) =>
        html`${rowLink(task.title, href(`/centres-hub/help/${task.slug}`))}<br><span class="small muted">${task.summary}</span>`,
    },
    { label: 'For', cell: ({ task }) => forWhom(task) },
    { label: 'Steps', numeric: true, cell: ({ task }) => task.steps.length },
    {
      label: 'Video',
      cell: ({ recording, films }) => {
        if (recording !== null) return `${lengthText(recording)} minutes${films > 0 ? ` and ${films} more` : ''}`;
        return films > 0 ? plural(films, 'video') : html`<span class="muted">None</span>`;
      },
    },
  ];
}
