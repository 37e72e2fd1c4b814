import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import { type PersonPrincipal, type Principal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Settings } from '#platform/settings/settings.ts';
import { hashToken, newToken } from '../tokens/token.ts';
import { limitsFor } from './limits.ts';
import { KNOWN_AFTER_HOURS, leftCookieName, sessionCookieName } from './sessions.ts';

/** The browser that asks, and how to answer it. */
export type SessionPlace = Pick<Context, 'services' | 'request' | 'reply' | 'address' | 'device'>;

const cookieRules = ({ publicUrl }: Settings) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') }) as const;

function setCookie({ services, reply }: SessionPlace, token: string): void {
  reply.setCookie(sessionCookieName(services.settings), token, cookieRules(services.settings));
}

/**
 * Opens a session with a new id for somebody who has just proved who it is; an earlier session of the same browser
 * ends. The person acts for the one of the last session in this browser, so that a form that was kept is still for the
 * right one; else for an organisation whose dashboard is open, if there is one. Its id is returned.
 */
export async function openSession(
  place: SessionPlace,
  personId: string,
  secondFactorAt: Date | null = null,
): Promise<string | null> {
  const { services, request } = place;
  const token = newToken();
  const old = request.cookies[sessionCookieName(services.settings)];
  const acts = await services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    if (old) await endSession(writer, hashToken(old), 'replaced');
    const memberships = await db
      .selectFrom('accounts.memberships as m')
      .innerJoin('accounts.organisations as o', 'o.id', 'm.organisation_id')
      .select(['o.id', 'm.role'])
      .where('m.person_id', '=', personId)
      .where('m.ended_at', 'is', null)
      .orderBy(
        sql`o.kind = 'centre' and m.role <> 'candidate' and not exists (select from accounts.pins n
          where n.person_id = m.person_id and n.organisation_id = o.id and n.activated_at is not null and n.withdrawn_at is null)`,
      )
      .orderBy('o.kind', 'desc')
      .orderBy('o.number')
      .execute();
    const before = await actedLast(writer, personId, old ?? request.cookies[leftCookieName(services.settings)]);
    const acting = memberships.find(({ id }) => id === before?.acting_organisation_id) ?? memberships[0];
    const actsAsSelf = before?.acts_as_self === true;
    const { absoluteHours } = limitsFor(memberships.map(({ role }) => role as Role));
    await db
      .insertInto('accounts.sessions')
      .values({
        token_hash: hashToken(token),
        person_id: personId,
        acting_organisation_id: acting?.id ?? null,
        acts_as_self: actsAsSelf,
        opened_at: now,
        confirmed_at: now,
        seen_at: now,
        expires_at: new Date(now.getTime() + absoluteHours * 3_600_000),
        address: place.address,
        device: place.device,
        second_factor_at: secondFactorAt,
      })
      .execute();
    return actsAsSelf ? null : (acting?.id ?? null);
  });
  setCookie(place, token);
  return acts;
}

/** For whom the person acted in the last session of this browser; nothing when it was somebody else's. */
async function actedLast({ db }: Writer, personId: string, token: string | undefined) {
  if (token === undefined) return undefined;
  return db
    .selectFrom('accounts.sessions')
    .select(['acting_organisation_id', 'acts_as_self'])
    .where('token_hash', '=', hashToken(token))
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

/**
 * Gives the session a new id because what it may do changes (proof.md T24): another organisation to act for, a new
 * password, or a second factor. `actingFor` null: for nobody, own records only. When it was opened, confirmed and ends
 * stays. The old id is dead at once. One that was ended meanwhile stays ended.
 */
export async function renewSession(
  place: SessionPlace,
  principal: PersonPrincipal,
  change: { readonly actingFor?: string | null; readonly secondFactorAt?: Date; readonly reason: string },
): Promise<void> {
  const token = newToken();
  const renewed = await place.services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    const old = await db
      .selectFrom('accounts.sessions')
      .selectAll()
      .where('token_hash', '=', principal.sessionHash)
      .where('ended_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!old) return false;
    await endSession(writer, principal.sessionHash, change.reason);
    await db
      .insertInto('accounts.sessions')
      .values({
        ...old,
        token_hash: hashToken(token),
        ...(change.actingFor !== undefined && {
          acting_organisation_id: change.actingFor,
          acts_as_self: change.actingFor === null,
        }),
        second_factor_at: change.secondFactorAt ?? old.second_factor_at,
        seen_at: now,
      })
      .execute();
    return true;
  });
  if (renewed) setCookie(place, token);
}

async function endSession({ db, now }: Writer, hash: Buffer, reason: string): Promise<void> {
  await db
    .updateTable('accounts.sessions')
    .set({ ended_at: now, end_reason: reason })
    .where('token_hash', '=', hash)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the sessions of a person, all or all but one, in the caller's transaction (of the system). */
export async function endSessionsOf(
  { db, now }: Writer,
  personId: string,
  reason: string,
  except?: Buffer,
): Promise<void> {
  let update = db
    .updateTable('accounts.sessions')
    .set({ ended_at: now, end_reason: reason })
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null);
  if (except) update = update.where('token_hash', '<>', except);
  await update.execute();
}

/** Ends the session of this browser and clears its cookie. */
export async function closeSession(place: SessionPlace, principal: Principal): Promise<void> {
  const { services, request, reply } = place;
  const { settings } = services;
  if (principal.kind === 'person') {
    await services.database.write(SYSTEM, (writer) => endSession(writer, principal.sessionHash, 'logged out'));
  }
  const token = request.cookies[sessionCookieName(settings)];
  if (token)
    reply.setCookie(leftCookieName(settings), token, { ...cookieRules(settings), maxAge: KNOWN_AFTER_HOURS * 3600 });
  reply.clearCookie(sessionCookieName(settings), cookieRules(settings));
}
