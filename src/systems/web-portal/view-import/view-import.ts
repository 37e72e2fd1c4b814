import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { type Answer, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { importHref, importParams } from '../imports/import-page.ts';
import { type Import, type ImportRow, importById, type RowState, rowsOf } from '../imports/imports.ts';
import { endedPage, registeringPage } from './ended-page.ts';
import { checkedPage } from './page.ts';
import {
  type AroundImport,
  type HistoryLine,
  pageSizeOf,
  type Show,
  showOf,
  type ViewQuery,
  viewQuery,
} from './shown.ts';

/** GET /web-portal/imports/:importId: the rows to look through, the progress, or what became of it. */
export const viewImport = handler({ params: importParams, query: viewQuery }, async (context): Promise<Answer> => {
  const { principal, query, params } = context;
  const centreId = actingCentreId(principal);
  const mayAct = centreId !== null && may(principal, 'web-portal.register');
  const found = await context.read(async (reader) => {
    const from = await importById(reader, params.importId, centreId);
    return {
      from,
      rows: from.state === 'checked' && mayAct ? await shownRows(reader, from, query) : [],
      ...(await around(reader, from)),
    };
  });
  const { from, rows } = found;
  if (mayAct && (from.state === 'uploaded' || from.state === 'mapped')) return redirect(importHref(from, '/columns'));
  if (from.state === 'registering') return page(await registeringPage(context as Context, found));
  if (from.state === 'checked' && mayAct)
    return page(await checkedPage(context as Context, { from, rows, query, errors: [], submissionId: randomUUID() }));
  const undoable = mayAct && from.registeredAt !== null && dayInLondon(from.registeredAt) === dayInLondon(context.now);
  return page(await endedPage(context as Context, { ...found, mayAct, undoable }));
});

export function shownRows(reader: Pick<Reader, 'rows'>, from: Import, query: ViewQuery): Promise<ImportRow[]> {
  const show = showOf(query, from);
  const size = pageSizeOf(show);
  const states: Partial<Record<Show, RowState[]>> = {
    fault: ['fault'],
    undecided: ['undecided'],
    ready: ['ready'],
    left_out: ['left_out'],
    late: ['ready', 'undecided'],
  };
  return rowsOf(reader, from, {
    ...(states[show] && { states: states[show] }),
    late: show === 'late',
    limit: size,
    offset: (query.page - 1) * size,
  });
}

async function around(reader: Reader, { id, centreId }: Import): Promise<AroundImport> {
  const [centre] = await reader.rows(
    sql<{ number: string }>`select number from centres_hub.published_centres where id = ${centreId}`,
  );
  const [progress] = await reader.rows(sql<{ done: number; total: number }>`
    select done, total from web_portal.import_progress where import_id = ${id} and centre_id = ${centreId}`);
  const history = await reader.rows(sql<HistoryLine>`
    select s.to_state as "to", s.at, p.given_names || ' ' || p.family_name as by, s.reason
    from web_portal.import_states s left join accounts.published_people p on p.id = s.person_id
    where s.import_id = ${id} and s.centre_id = ${centreId} order by s.at desc, s.id desc`);
  return { centreNumber: centre?.number ?? '', progress: progress ?? null, history };
}
