import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import type { Audience, EntryRule } from './may-enter.ts';

/** What a supplier may be told beside an identifier. */
export const PASSED = ['name', 'email', 'organisation'] as const;
export type Passed = (typeof PASSED)[number];

/** A supplier's system that people enter with their account here. */
export interface Client extends EntryRule {
  readonly id: string;
  readonly name: string;
  readonly supplier: string;
  readonly description: string;
  readonly launchAddress: string;
  readonly redirectAddresses: readonly string[];
  readonly logOutAddresses: readonly string[];
  readonly audience: Audience;
  readonly roles: readonly Role[];
  readonly passesOn: readonly Passed[];
  /** Numbers of the chosen centres, in order. */
  readonly centreNumbers: readonly string[];
  readonly statusReason: string | null;
  readonly secretChangedAt: Date;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

interface ClientRow {
  id: string;
  name: string;
  supplier: string;
  description: string;
  launch_address: string;
  redirect_addresses: string[];
  log_out_addresses: string[];
  audience: Audience;
  roles: Role[];
  passes_on: Passed[];
  status: 'on' | 'off';
  status_reason: string | null;
  secret_changed_at: Date;
  created_at: Date;
  changed_at: Date;
  centres: { id: string; number: string }[];
}

/** All clients, or the one with this id, by name. */
export async function readClients(reader: Pick<Reader, 'rows'>, id?: string): Promise<Client[]> {
  const rows = await reader.rows(sql<ClientRow>`
    select c.id, c.name, c.supplier, c.description, c.launch_address, c.redirect_addresses, c.log_out_addresses, c.audience, c.roles,
      c.passes_on, c.status, c.status_reason, c.secret_changed_at, c.created_at, c.changed_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number) order by o.number)
        from accounts.client_centres l join accounts.organisations o on o.id = l.organisation_id where l.client_id = c.id), '[]') as centres
    from accounts.clients c where ${id === undefined ? sql`true` : sql`c.id = ${id}`} order by lower(c.name)`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    supplier: row.supplier,
    description: row.description,
    launchAddress: row.launch_address,
    redirectAddresses: row.redirect_addresses,
    logOutAddresses: row.log_out_addresses,
    audience: row.audience,
    roles: row.roles,
    passesOn: row.passes_on,
    status: row.status,
    statusReason: row.status_reason,
    secretChangedAt: row.secret_changed_at,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    centres: new Set(row.centres.map((centre) => centre.id)),
    centreNumbers: row.centres.map(({ number }) => number),
  }));
}
