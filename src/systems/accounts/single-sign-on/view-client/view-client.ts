import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { formatDateTime } from '#ui';
import { oneClient, params } from '../clients/one-client.ts';
import { PASSED_WORDS } from '../clients/wording.ts';
import { DONE, type EntryLine, type HistoryLine, PAGE_SIZE } from './lines.ts';
import { viewClientPage } from './page.ts';

const query = z.object({
  done: z.enum(DONE).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

function entriesOf(reader: Reader, clientId: string, limit: number, offset: number): Promise<EntryLine[]> {
  return reader.rows(sql<EntryLine>`
    select p.given_names || ' ' || p.family_name as person, o.name || ' (' || o.number || ')' as organisation,
      e.passes_on, e.entered_at, e.told_at
    from accounts.client_entries e join accounts.people p on p.id = e.person_id join accounts.organisations o on o.id = e.organisation_id
    where e.client_id = ${clientId} order by e.entered_at desc, e.id desc limit ${limit} offset ${offset}`);
}

const HISTORY_SHOWN = 30;

/** GET /single-sign-on/:id */
export const viewClient = handler({ params, query }, async (context) => {
  const { id } = context.params;
  const data = await context.read(async (reader) => {
    const client = await oneClient(reader, id);
    const entries = await entriesOf(reader, id, PAGE_SIZE, (context.query.page - 1) * PAGE_SIZE);
    const [count] = await reader.rows(
      sql<{ total: number }>`select count(*) as total from accounts.client_entries where client_id = ${id}`,
    );
    const history = await reader.rows(sql<HistoryLine>`
      select a.at, a.kind, a.payload, p.given_names || ' ' || p.family_name as person
      from platform.audit_events a left join accounts.people p on p.id = a.person_id
      where a.subject_kind = 'client' and a.subject_id = ${id} order by a.at desc, a.seq desc limit ${HISTORY_SHOWN}`);
    return { client, entries, total: count?.total ?? 0, history };
  });
  const { publicUrl } = context.services.settings;
  return page(
    viewClientPage(await context.frame(), { ...data, page: context.query.page, done: context.query.done, publicUrl }),
  );
});

const MOST_EXPORTED = 100_000;

/** GET /single-sign-on/:id/entries: the ledger of one client as a file. */
export const exportEntries = handler({ params }, async (context) => {
  const { id } = context.params;
  const entries = await context.read(async (reader) => {
    await oneClient(reader, id);
    return entriesOf(reader, id, MOST_EXPORTED, 0);
  });
  return listFile(
    'entries',
    ['Entered', 'Person', 'For', 'May be told', 'Told'],
    entries.map((entry) => [
      formatDateTime(entry.entered_at),
      entry.person,
      entry.organisation,
      entry.passes_on.map((passed) => PASSED_WORDS[passed].short).join('; '),
      entry.told_at && formatDateTime(entry.told_at),
    ]),
  );
});
