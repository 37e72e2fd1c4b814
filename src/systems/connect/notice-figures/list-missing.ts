import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { crumbs, listHref, listPage, plural } from '#ui';
import { type Missing, missingReaders } from '../notices/notice-figures.ts';
import { noticeById, publishedOf } from '../notices/notice-records.ts';
import { noticesPage, WRITTEN_PATH } from '../notices/notices-page.ts';

const PAGE_SIZE = 50;
const MOST = 100_000;

const params = z.object({ id: z.uuid() });
const query = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

async function missing(reader: Reader, id: string, range: Parameters<typeof missingReaders>[3]) {
  const notice = await noticeById(reader, id);
  const version = notice && publishedOf(notice);
  if (!version) throw new NotFound();
  const what = version.acknowledgeWords ? 'acknowledged' : 'read';
  return { version, what, rows: await missingReaders(reader, id, what, range) } as const;
}

/** GET /notices/written/:id/missing: who has not confirmed it, or not read it. */
export const listMissing = handler({ params, query }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const { q, page: number } = context.query;
  const { version, what, rows } = await context.read((reader) =>
    missing(reader, id, { q, limit: PAGE_SIZE, offset: (number - 1) * PAGE_SIZE }),
  );
  const path = `${WRITTEN_PATH}/${id}/missing`;
  const done = what === 'read' ? 'read' : 'confirmed';
  const total = rows[0]?.total ?? 0;
  const title = `Who has not ${done} it`;
  return page(
    await noticesPage(
      context,
      { title },
      html`${crumbs([{ label: 'Write notices', href: WRITTEN_PATH }, { label: version.title, href: `${WRITTEN_PATH}/${id}` }, { label: title }])}${listPage<Missing>(
        {
          title,
          lead: html`${version.title}: ${plural(total, 'person', 'people')}`,
          path,
          query: { q },
          noun: ['person', 'people'],
          filters: [{ kind: 'search', name: 'q', label: 'Name, centre or its number' }],
          columns: [
            { label: 'Name', header: true, cell: (row) => `${row.familyName}, ${row.givenNames}` },
            { label: 'By', cell: (row) => row.organisations || html`<span class="muted">No organisation</span>` },
            { label: 'E-mail', cell: (row) => row.email ?? html`<span class="muted">None</span>` },
            { label: 'Read', phone: 'labelled', cell: (row) => (row.read ? 'Yes' : 'Not yet') },
          ],
          rows,
          paging: {
            page: number,
            pageSize: PAGE_SIZE,
            total,
            href: (to) => listHref(path, { q }, { page: String(to) }),
          },
          exportPath: `${path}/export`,
          firstUse: {
            icon: 'check',
            title: `Everybody has ${done} it`,
            text: 'Nobody whom the notice reaches is left.',
          },
        },
      )}`,
    ),
  );
});

/** GET /notices/written/:id/missing/export */
export const exportMissing = handler({ params, query }, async (context): Promise<Answer> => {
  const { rows } = await context.read((reader) =>
    missing(reader, context.params.id, { q: context.query.q, limit: MOST, offset: 0 }),
  );
  return listFile(
    'not-confirmed',
    ['Family name', 'Given names', 'By', 'E-mail', 'Read'],
    rows.map((row) => [row.familyName, row.givenNames, row.organisations, row.email, row.read ? 'Yes' : 'No']),
  );
});
