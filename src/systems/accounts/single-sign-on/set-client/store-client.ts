import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { hashToken, newToken } from '../../tokens/token.ts';
import { clientAdded, clientChanged } from '../audit.ts';
import type { ClientSettings } from './form.ts';

/** Adds a client. Returns its id, and the secret, which nobody can read again. Awarding body's scope. */
export async function addClient(writer: Writer, settings: ClientSettings): Promise<{ id: string; secret: string }> {
  await refuseSameName(writer, settings.name, null);
  const secret = newToken();
  const { id } = await writer.db
    .insertInto('accounts.clients')
    .values({
      ...columnsOf(settings),
      secret_hash: hashToken(secret),
      secret_changed_at: writer.now,
      created_at: writer.now,
      created_by: writer.identity.personId,
      changed_at: writer.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await setCentres(writer, id, settings.centreNumbers);
  await writer.audit(clientAdded, { kind: 'client', id }, recordOf(settings));
  return { id, secret };
}

/** Changes the settings of a client; its id and secret stay. */
export async function changeClient(writer: Writer, id: string, settings: ClientSettings): Promise<void> {
  await refuseSameName(writer, settings.name, id);
  await writer.db
    .updateTable('accounts.clients')
    .set({ ...columnsOf(settings), changed_at: writer.now })
    .where('id', '=', id)
    .execute();
  await setCentres(writer, id, settings.centreNumbers);
  await writer.audit(clientChanged, { kind: 'client', id }, recordOf(settings));
}

const columnsOf = (settings: ClientSettings) => ({
  name: settings.name,
  supplier: settings.supplier,
  description: settings.description,
  launch_address: settings.launchAddress,
  redirect_addresses: [...settings.redirectAddresses],
  log_out_addresses: [...settings.logOutAddresses],
  audience: settings.audience,
  roles: [...settings.roles],
  passes_on: [...settings.passesOn],
});

function recordOf({ description: _, centreNumbers, ...settings }: ClientSettings) {
  return {
    ...settings,
    redirectAddresses: [...settings.redirectAddresses],
    logOutAddresses: [...settings.logOutAddresses],
    roles: [...settings.roles],
    passesOn: [...settings.passesOn],
    centres: [...centreNumbers],
  };
}

async function refuseSameName(writer: Writer, name: string, except: string | null): Promise<void> {
  let query = writer.db
    .selectFrom('accounts.clients')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['name']), '=', name.toLowerCase()));
  if (except) query = query.where('id', '<>', except);
  if (await query.executeTakeFirst())
    throw new Refused([{ field: 'name', message: 'Another system has this name. Choose one that tells them apart' }]);
}

async function setCentres(writer: Writer, id: string, numbers: readonly string[]): Promise<void> {
  const { db } = writer;
  const centres = numbers.length
    ? await db
        .selectFrom('accounts.organisations')
        .select(['id', 'number'])
        .where('kind', '=', 'centre')
        .where('number', 'in', [...numbers])
        .execute()
    : [];
  const unknown = numbers.find((number) => !centres.some((centre) => centre.number === number));
  if (unknown)
    throw new Refused([
      { field: 'centres', message: `No centre has the number ${unknown}. Check it and enter it again` },
    ]);
  await db.deleteFrom('accounts.client_centres').where('client_id', '=', id).execute();
  if (centres.length > 0)
    await db
      .insertInto('accounts.client_centres')
      .values(centres.map((centre) => ({ client_id: id, organisation_id: centre.id })))
      .execute();
}
