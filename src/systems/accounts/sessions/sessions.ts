import type { FastifyRequest } from 'fastify';
import { capabilitiesOf } from '#platform/permissions/capabilities.ts';
import {
  awaitsSecondFactor,
  type PersonPrincipal,
  type Principal,
  type SessionEnd,
} from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { secondFactorRequired } from '../second-factors/required.ts';
import { hashToken } from '../tokens/token.ts';
import { actingAmong, isLive, type MembershipRow, organisationsOf, sessionEnd } from './live.ts';

interface SessionRow {
  person_id: string;
  given_names: string;
  family_name: string;
  email: string | null;
  username: string | null;
  status: string;
  acting_organisation_id: string | null;
  acts_as_self: boolean;
  confirmed_at: Date;
  seen_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  end_reason: string | null;
  second_factor_at: Date | null;
  has_second_factor: boolean;
  second_factor_exempt: boolean;
  memberships: MembershipRow[];
}

/** A session is noted as seen at most this often, to spare writes. */
const TOUCH_MS = 60_000;

/** The address that asks how long a session lasts, and is no use of it. */
const SESSION_LEFT = '/log-in-session';

/** The cookie's name: with the prefix that binds it to this host where the site is served over TLS. */
export function sessionCookieName(settings: Settings): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-session' : 'session';
}

async function findSession(services: Services, hash: Buffer): Promise<SessionRow | null> {
  const { rows } = await services.database.pool.query<SessionRow>({
    name: 'session_by_token',
    text: 'select * from accounts.session_by_token($1)',
    values: [hash],
  });
  return rows[0] ?? null;
}

/**
 * Who is asking: the person of the live session in the cookie, acting for the chosen organisation with the roles held
 * there now (a role that ended is gone with this request). A centre whose dashboard was not yet opened by PIN gives
 * no capabilities of that centre, nor does any before a second factor was given that the roles require or the person has.
 */
export async function principalOf(services: Services, request: FastifyRequest): Promise<Principal> {
  const token = request.cookies[sessionCookieName(services.settings)];
  if (!token) return { kind: 'anonymous' };
  const hash = hashToken(token);
  const row = await findSession(services, hash);
  const now = services.clock.now();
  if (!row || !isLive(row, now)) return { kind: 'anonymous' };
  const due = now.getTime() - row.seen_at.getTime() > TOUCH_MS && !isQuestion(request);
  if (due) await noteSeen(services, hash, now);
  return principalFromRow(row, hash, due ? now : row.seen_at, services.settings);
}

/** The person of a log-in session, with the roles held now; null when the session no longer holds. */
export async function principalOfSession(services: Services, hash: Buffer): Promise<PersonPrincipal | null> {
  const row = await findSession(services, hash);
  return row && isLive(row, services.clock.now()) ? principalFromRow(row, hash, row.seen_at, services.settings) : null;
}

/** Asking how long a session lasts does not prolong it. */
const isQuestion = ({ method, routeOptions }: FastifyRequest) => method === 'GET' && routeOptions.url === SESSION_LEFT;

async function noteSeen(services: Services, sessionHash: Buffer, now: Date): Promise<void> {
  await services.database.pool.query('select accounts.touch_session($1, $2)', [sessionHash, now]);
}

/** Keeps a session awake whose person watches a page that asks for nothing, such as a live board (proof.md T24). */
export async function keepSessionAwake(services: Services, principal: PersonPrincipal): Promise<void> {
  await noteSeen(services, principal.sessionHash, services.clock.now());
}

/** When the session of this browser, just used, ends if it is not used again. */
export async function sessionEndNow(services: Services, request: FastifyRequest): Promise<SessionEnd> {
  const now = services.clock.now();
  const row = await findSession(services, hashToken(request.cookies[sessionCookieName(services.settings)] ?? ''));
  return row ? sessionEnd(row, now) : { at: now, final: true };
}

function principalFromRow(row: SessionRow, sessionHash: Buffer, seenAt: Date, settings: Settings): PersonPrincipal {
  const organisations = organisationsOf(row.memberships);
  const acting = row.acts_as_self ? null : actingAmong(organisations, row.acting_organisation_id);
  const secondFactor = {
    setUp: row.has_second_factor,
    given: row.second_factor_at !== null,
    required:
      settings.secondFactor === 'required' && secondFactorRequired(acting?.roles ?? [], row.second_factor_exempt),
  };
  const open = acting?.activated && !awaitsSecondFactor(secondFactor);
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
    sessionEnd: sessionEnd(row, seenAt),
    secondFactor,
    capabilities: capabilitiesOf(open ? acting.roles : []),
  };
}

/** Where a log-out notes the dead token, so that what was typed in another tab is kept for the same person. */
export function leftCookieName(settings: Settings): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-left' : 'left';
}

/** How long after its end a session still says whose browser this was; it opens nothing. */
export const KNOWN_AFTER_HOURS = 12;

/** The person whose session in this browser expired or was logged out not long ago: what was typed is kept for that person alone. */
export async function personOfEndedSession(services: Services, request: FastifyRequest): Promise<string | null> {
  const { settings, clock } = services;
  const token = request.cookies[sessionCookieName(settings)] ?? request.cookies[leftCookieName(settings)];
  const row = token ? await findSession(services, hashToken(token)) : null;
  if (row?.status !== 'active') return null;
  const end = row.ended_at ?? row.seen_at;
  return clock.now().getTime() - end.getTime() <= KNOWN_AFTER_HOURS * 3_600_000 ? row.person_id : null;
}
