import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import { formatDateTime } from '#ui';
import { readClients } from '../clients/clients.ts';
import { AUDIENCE_WORDS, PASSED_WORDS } from '../clients/wording.ts';
import { type ClientsQuery, type ListedClient, listQuery, PAGE_SIZE } from './list-query.ts';
import { clientsPage } from './page.ts';

/** A few dozen at most: read whole, then filtered and sorted here. */
async function listed(reader: Reader): Promise<ListedClient[]> {
  const clients = await readClients(reader);
  const uses = await reader.rows(sql<{ client_id: string; last: Date; people: number }>`
    select client_id, max(entered_at) as last, count(distinct person_id) as people from accounts.client_entries group by client_id`);
  const byId = new Map(uses.map((use) => [use.client_id, use]));
  return clients.map((client) => ({
    ...client,
    lastEnteredAt: byId.get(client.id)?.last ?? null,
    people: byId.get(client.id)?.people ?? 0,
  }));
}

function fitting(clients: readonly ListedClient[], { q }: ClientsQuery): ListedClient[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return clients.filter(({ name, supplier }) =>
    words.every((word) => `${name} ${supplier}`.toLowerCase().includes(word)),
  );
}

function sorted(clients: readonly ListedClient[], { sort, order }: ClientsQuery): ListedClient[] {
  const turn = order === 'desc' ? -1 : 1;
  const compare = (a: ListedClient, b: ListedClient): number => {
    if (sort === 'entered') return (a.lastEnteredAt?.getTime() ?? 0) - (b.lastEnteredAt?.getTime() ?? 0);
    return sort === 'supplier' ? a.supplier.localeCompare(b.supplier, 'en') : 0;
  };
  return [...clients].sort((a, b) => turn * (compare(a, b) || a.name.localeCompare(b.name, 'en')));
}

/** GET /single-sign-on */
export const listClients = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read(listed);
  const found = fitting(all, query);
  const rows = sorted(query.status ? found.filter(({ status }) => status === query.status) : found, query);
  const from = (query.page - 1) * PAGE_SIZE;
  const on = found.filter(({ status }) => status === 'on').length;
  return page(
    clientsPage(await context.frame(), {
      query,
      rows: rows.slice(from, from + PAGE_SIZE),
      total: rows.length,
      counts: { all: found.length, on, off: found.length - on },
    }),
  );
});

/** GET /single-sign-on/export */
export const exportClients = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const found = fitting(await context.read(listed), query).filter(
    ({ status }) => !query.status || status === query.status,
  );
  return listFile(
    'single-sign-on',
    ['System', 'Supplier', 'For', 'Centres', 'Roles', 'Told', 'State', 'People', 'Last entered'],
    sorted(found, query).map((client) => [
      client.name,
      client.supplier,
      AUDIENCE_WORDS[client.audience],
      client.centreNumbers.join('; '),
      client.roles.map((role) => ROLE_NAMES[role]).join('; '),
      client.passesOn.map((passed) => PASSED_WORDS[passed].short).join('; '),
      client.status === 'on' ? 'On' : 'Off',
      client.people,
      client.lastEnteredAt && formatDateTime(client.lastEnteredAt),
    ]),
  );
});
