import type { AdapterPayload } from 'oidc-provider';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Passed } from '../clients/clients.ts';

/** The scopes of the protocol by what they pass on. */
export const SCOPES = { name: 'profile', email: 'email', organisation: 'organisation' } as const satisfies Record<
  Passed,
  string
>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A client as the provider's library knows it, read anew each time; undefined when there is none or it is switched off. */
export async function clientMetadata({ database }: Services, id: string): Promise<AdapterPayload | undefined> {
  if (!UUID.test(id)) return undefined;
  const row = await database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.clients')
      .select(['id', 'name', 'redirect_addresses', 'log_out_addresses', 'passes_on', 'secret_hash'])
      .where('id', '=', id)
      .where('status', '=', 'on')
      .executeTakeFirst(),
  );
  if (!row) return undefined;
  return {
    client_id: row.id,
    client_name: row.name,
    // The hash: what is presented is hashed before it is compared (see provider.ts).
    client_secret: row.secret_hash.toString('hex'),
    redirect_uris: row.redirect_addresses,
    post_logout_redirect_uris: row.log_out_addresses,
    response_types: ['code'],
    grant_types: ['authorization_code'],
    subject_type: 'pairwise',
    scope: ['openid', ...(row.passes_on as Passed[]).map((passed) => SCOPES[passed])].join(' '),
  };
}
