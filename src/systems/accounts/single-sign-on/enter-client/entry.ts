import type { Reader, Writer } from '#platform/database/database.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import { newToken } from '../../tokens/token.ts';
import { clientEntered } from '../audit.ts';
import type { Client, Passed } from '../clients/clients.ts';
import { SCOPES } from '../provider/client-metadata.ts';

/** What a request's scopes ask to be told. */
export function passedFor(client: Pick<Client, 'passesOn'>, scope: string): Passed[] {
  const scopes = scope.split(' ');
  return client.passesOn.filter((passed) => scopes.includes(SCOPES[passed]));
}

/** Whether the person has been told of everything that this client is told now. */
export async function wasTold(
  reader: Reader,
  clientId: string,
  personId: string,
  passed: readonly Passed[],
): Promise<boolean> {
  const row = await reader.db
    .selectFrom('accounts.client_subjects')
    .select('told')
    .where('client_id', '=', clientId)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.told != null && passed.every((one) => row.told?.includes(one));
}

/** Notes that the person has read what this client is told, and went on. */
export async function noteTelling(
  writer: Writer,
  clientId: string,
  personId: string,
  passed: readonly Passed[],
): Promise<void> {
  await subjectOf(writer, clientId, personId);
  await writer.db
    .updateTable('accounts.client_subjects')
    .set({ told: [...passed], told_at: writer.now })
    .where('client_id', '=', clientId)
    .where('person_id', '=', personId)
    .execute();
}

/** The name by which this client, and no other, knows the person: made at random with the first entry. */
async function subjectOf(writer: Writer, clientId: string, personId: string): Promise<string> {
  const { db } = writer;
  await db
    .insertInto('accounts.client_subjects')
    .values({ client_id: clientId, person_id: personId, subject: newToken() })
    .onConflict((conflict) => conflict.columns(['client_id', 'person_id']).doNothing())
    .execute();
  const row = await db
    .selectFrom('accounts.client_subjects')
    .select('subject')
    .where('client_id', '=', clientId)
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return row.subject;
}

/** Lets the person in: one line of the ledger, which every code and token of this entry refers to. Returns its id. */
export async function recordEntry(
  writer: Writer,
  client: Client,
  person: PersonPrincipal,
  passed: readonly Passed[],
): Promise<string> {
  const { acting, personId, sessionHash } = person;
  if (!acting) throw new Error('Only somebody who acts for an organisation enters a client.');
  const { id } = await writer.db
    .insertInto('accounts.client_entries')
    .values({
      client_id: client.id,
      person_id: personId,
      organisation_id: acting.organisationId,
      session_hash: sessionHash,
      subject: await subjectOf(writer, client.id, personId),
      passes_on: [...passed],
      entered_at: writer.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.audit(
    clientEntered,
    { kind: 'person', id: personId },
    { clientId: client.id, name: client.name, organisationId: acting.organisationId },
    acting.kind === 'centre' ? acting.organisationId : null,
  );
  return id;
}

/** The people who can give a role at this organisation, by name: three at most. */
export async function whoGivesRoles(reader: Reader, acting: Acting): Promise<string[]> {
  const rows = await reader.db
    .selectFrom('accounts.memberships as m')
    .innerJoin('accounts.people as p', 'p.id', 'm.person_id')
    .select(['p.given_names', 'p.family_name'])
    .where('m.organisation_id', '=', acting.organisationId)
    .where('m.role', '=', acting.kind === 'centre' ? 'coordinator' : 'body_administrator')
    .where('m.ended_at', 'is', null)
    .where('p.status', '=', 'active')
    .orderBy('p.family_name')
    .limit(3)
    .execute();
  return rows.map((row) => `${row.given_names} ${row.family_name}`);
}
