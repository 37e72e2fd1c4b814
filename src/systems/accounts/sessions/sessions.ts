import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { capabilitiesOf, type Role } from '#platform/permissions/capabilities.ts';
import type { Acting, PersonPrincipal, Principal } from '#platform/permissions/principal.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Settings } from '#platform/settings/settings.ts';

/** Staff sessions end after 60 minutes without a request and 10 hours after the log-in. */
export const IDLE_MINUTES = 60;
export const ABSOLUTE_HOURS = 10;

interface MembershipRow {
  organisationId: string;
  kind: 'centre' | 'awarding_body';
  number: string;
  name: string;
  features: string[];
  role: Role;
  activated: boolean;
}

interface SessionRow {
  person_id: string;
  given_names: string;
  family_name: string;
  email: string | null;
  username: string | null;
  status: string;
  acting_organisation_id: string | null;
  confirmed_at: Date;
  seen_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  memberships: MembershipRow[];
}

/** The cookie's name: with the prefix that binds it to this host where the site is served over TLS. */
export function sessionCookieName(settings: Settings): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-session' : 'session';
}

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

async function findSession(services: Services, token: string): Promise<SessionRow | null> {
  const { rows } = await services.database.pool.query<SessionRow>({
    name: 'session_by_token',
    text: 'select * from accounts.session_by_token($1)',
    values: [hashToken(token)],
  });
  return rows[0] ?? null;
}

/** Groups memberships by organisation. */
export function organisationsOf(memberships: readonly MembershipRow[]): Acting[] {
  const byId = new Map<string, Acting & { roles: Role[] }>();
  for (const { role, ...organisation } of memberships) {
    const found = byId.get(organisation.organisationId);
    if (found) found.roles.push(role);
    else byId.set(organisation.organisationId, { ...organisation, roles: [role] });
  }
  return [...byId.values()];
}

function live(row: SessionRow, now: Date): boolean {
  const idle = now.getTime() - row.seen_at.getTime() > IDLE_MINUTES * 60_000;
  return row.ended_at === null && row.expires_at > now && !idle && row.status === 'active';
}

/**
 * Who is asking: the person of the live session in the cookie, acting for the chosen organisation with the roles held
 * there now (a role that ended is gone with this request). A centre whose dashboard was not yet opened by PIN gives
 * no capabilities of that centre.
 */
export async function principalOf(services: Services, request: FastifyRequest): Promise<Principal> {
  const token = request.cookies[sessionCookieName(services.settings)];
  if (!token) return { kind: 'anonymous' };
  const row = await findSession(services, token);
  const now = services.clock.now();
  if (!row || !live(row, now)) return { kind: 'anonymous' };
  if (now.getTime() - row.seen_at.getTime() > 60_000) {
    await services.database.pool.query('select accounts.touch_session($1, $2)', [hashToken(token), now]);
  }
  return principalFromRow(row, hashToken(token));
}

function principalFromRow(row: SessionRow, sessionHash: Buffer): PersonPrincipal {
  const organisations = organisationsOf(row.memberships);
  const acting =
    organisations.find((one) => one.organisationId === row.acting_organisation_id) ?? organisations[0] ?? null;
  return {
    kind: 'person',
    personId: row.person_id,
    sessionHash,
    givenNames: row.given_names,
    familyName: row.family_name,
    username: row.username ?? '',
    email: row.email,
    confirmedAt: row.confirmed_at,
    organisations,
    acting,
    capabilities: capabilitiesOf(acting?.activated ? acting.roles : []),
  };
}

/** The person of a session that has expired (not one that was logged out), so that what was typed is kept for that person alone. */
export async function personOfExpiredSession(services: Services, request: FastifyRequest): Promise<string | null> {
  const token = request.cookies[sessionCookieName(services.settings)];
  const row = token ? await findSession(services, token) : null;
  return row && row.ended_at === null && row.status === 'active' ? row.person_id : null;
}

export interface OpenSession {
  readonly personId: string;
  readonly actingOrganisationId: string | null;
  readonly address: string;
  readonly device: string;
}

/** Opens a session with a new id and sets its cookie; an earlier session of the same browser ends. */
export async function openSession(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  session: OpenSession,
): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const now = services.clock.now();
  const old = request.cookies[sessionCookieName(services.settings)];
  await services.database.write(SYSTEM, async ({ db }) => {
    if (old)
      await db
        .updateTable('accounts.sessions')
        .set({ ended_at: now, end_reason: 'replaced' })
        .where('token_hash', '=', hashToken(old))
        .where('ended_at', 'is', null)
        .execute();
    await db
      .insertInto('accounts.sessions')
      .values({
        token_hash: hashToken(token),
        person_id: session.personId,
        acting_organisation_id: session.actingOrganisationId,
        opened_at: now,
        confirmed_at: now,
        seen_at: now,
        expires_at: new Date(now.getTime() + ABSOLUTE_HOURS * 3_600_000),
        address: session.address,
        device: session.device,
      })
      .execute();
  });
  reply.setCookie(sessionCookieName(services.settings), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: services.settings.publicUrl.startsWith('https:'),
  });
}

/** Ends sessions of a person: all, or all but one. */
export async function endSessions(
  services: Services,
  personId: string,
  reason: string,
  except?: Buffer,
): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    let update = db
      .updateTable('accounts.sessions')
      .set({ ended_at: now, end_reason: reason })
      .where('person_id', '=', personId)
      .where('ended_at', 'is', null);
    if (except) update = update.where('token_hash', '<>', except);
    await update.execute();
  });
}

/** Ends the session of this browser and clears its cookie. */
export async function closeSession(services: Services, principal: Principal, reply: FastifyReply): Promise<void> {
  if (principal.kind === 'person') {
    await services.database.write(SYSTEM, async ({ db, now }) => {
      await db
        .updateTable('accounts.sessions')
        .set({ ended_at: now, end_reason: 'logged out' })
        .where('token_hash', '=', principal.sessionHash)
        .where('ended_at', 'is', null)
        .execute();
    });
  }
  reply.clearCookie(sessionCookieName(services.settings), { path: '/' });
}
