import type { Account } from 'oidc-provider';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { principalOfSession } from '../../sessions/sessions.ts';
import { clientTold } from '../audit.ts';
import { type Client, type Passed, readClients } from '../clients/clients.ts';
import { obstacleTo } from '../clients/may-enter.ts';

/** Who the provider speaks of: one entry of a person into one client. */
export interface EntryAccount extends Account {
  /** How this client knows the person. */
  readonly subject: string;
}

/**
 * The account behind an entry, or undefined when it stands no more: asked for each code and each token, so that a log-out,
 * a suspension, an ended role, a switch to another organisation or a client that was switched off end it at once.
 */
export async function accountOf(services: Services, entryId: string): Promise<EntryAccount | undefined> {
  const found = await services.database.read(SYSTEM, async (reader) => {
    const entry = await reader.db
      .selectFrom('accounts.client_entries as e')
      .innerJoin('accounts.people as p', 'p.id', 'e.person_id')
      .selectAll('e')
      .select('p.email_confirmed_at')
      .where('e.id', '=', entryId)
      .executeTakeFirst();
    const [client] = entry ? await readClients(reader, entry.client_id) : [];
    return entry && client ? { entry, client } : undefined;
  });
  if (!found) return undefined;
  const { entry, client } = found;
  const person = await principalOfSession(services, entry.session_hash);
  if (person?.personId !== entry.person_id) return undefined;
  if (person.acting?.organisationId !== entry.organisation_id || obstacleTo(client, person)) return undefined;
  const passed = entry.passes_on as Passed[];
  return {
    accountId: entry.id,
    subject: entry.subject,
    claims: async (use) => {
      if (use === 'userinfo' && passed.length > 0) await noteTold(services, entry.id, client, person, passed);
      return { sub: entry.id, ...claimsOf(passed, person, entry.email_confirmed_at !== null) };
    },
  };
}

/** What the client is told: the settings of the awarding body, and nothing of other memberships. */
function claimsOf(passed: readonly Passed[], person: PersonPrincipal, emailConfirmed: boolean) {
  const { acting } = person;
  return {
    ...(passed.includes('name') && {
      name: `${person.givenNames} ${person.familyName}`,
      given_name: person.givenNames,
      family_name: person.familyName,
    }),
    ...(passed.includes('email') && person.email !== null && { email: person.email, email_verified: emailConfirmed }),
    ...(passed.includes('organisation') &&
      acting && {
        organisation: { kind: acting.kind, number: acting.number, name: acting.name, roles: [...acting.roles] },
      }),
  };
}

/** Records once for each entry that the supplier was told, and what. */
async function noteTold(
  services: Services,
  entryId: string,
  client: Client,
  person: PersonPrincipal,
  passed: readonly Passed[],
): Promise<void> {
  await services.database.write({ kind: 'system', personId: person.personId }, async (writer) => {
    const first = await writer.db
      .updateTable('accounts.client_entries')
      .set({ told_at: writer.now })
      .where('id', '=', entryId)
      .where('told_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!first) return;
    await writer.audit(
      clientTold,
      { kind: 'person', id: person.personId },
      { clientId: client.id, name: client.name, passed: [...passed] },
    );
  });
}
