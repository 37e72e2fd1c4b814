import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import type { PersonPrincipal } from '#platform/permissions/principal.ts';
import { renewSession } from './open-session.ts';

/** People whose own act changed their own roles: their session is not lost, but gets a new id when the act is done. */
const toRenew = new WeakSet<PersonPrincipal>();

/**
 * Ends all log-in sessions of a person whose roles or memberships have changed, in the caller's transaction (proof.md
 * T24). A centre's transaction reaches its own members alone. Whoever changes his or her own stays logged in.
 */
export async function rolesChanged(writer: Writer, personId: string): Promise<void> {
  const { principal } = writer;
  const own = principal.kind === 'person' && principal.personId === personId ? principal : null;
  await writer.rows(
    sql`select accounts.end_sessions_of(${personId}::uuid, ${writer.now}, 'roles changed', ${own?.sessionHash ?? null}::bytea)`,
  );
  if (own) toRenew.add(own);
}

/** After an act: the new id for whoever changed the own roles by it. */
export async function renewWhereRolesChanged(context: Context): Promise<void> {
  if (context.principal.kind !== 'person' || !toRenew.delete(context.principal)) return;
  await renewSession(context, context.principal, { reason: 'roles changed' });
}
