import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { deviceInWords } from '../my-details/device.ts';
import { securityEventsOf } from '../security-events/security-events.ts';
import type { OwnData } from './contribution.ts';

const MOST_EVENTS = 10_000;

/** What accounts holds: the person, roles, when PINs were given (not the digits), log-in sessions, security events. */
export async function ownAccountData(context: Context): Promise<OwnData> {
  const person = context.person();
  const { personId } = person;
  const data = await context.services.database.read(SYSTEM, async (reader) => {
    const { db } = reader;
    const account = await db
      .selectFrom('accounts.people as p')
      .leftJoin('accounts.credentials as c', 'c.person_id', 'p.id')
      .select([
        'p.given_names as givenNames',
        'p.family_name as familyName',
        'p.email',
        'p.email_confirmed_at as emailConfirmedAt',
        'p.created_at as createdAt',
        'c.username',
        'c.changed_at as passwordChangedAt',
      ])
      .where('p.id', '=', personId)
      .executeTakeFirstOrThrow();
    const memberships = await db
      .selectFrom('accounts.memberships as m')
      .innerJoin('accounts.organisations as o', 'o.id', 'm.organisation_id')
      .select([
        'o.number',
        'o.name',
        'm.role',
        'm.started_at as startedAt',
        'm.ended_at as endedAt',
        'm.end_reason as endReason',
      ])
      .where('m.person_id', '=', personId)
      .orderBy('m.started_at')
      .execute();
    const pins = await db
      .selectFrom('accounts.pins as n')
      .innerJoin('accounts.organisations as o', 'o.id', 'n.organisation_id')
      .select([
        'o.number',
        'o.name',
        'n.created_at as givenAt',
        'n.activated_at as activatedAt',
        'n.withdrawn_at as withdrawnAt',
      ])
      .where('n.person_id', '=', personId)
      .orderBy('n.created_at')
      .execute();
    const sessions = await db
      .selectFrom('accounts.sessions')
      .select([
        'opened_at as openedAt',
        'seen_at as lastUsedAt',
        'ended_at as endedAt',
        'end_reason as endReason',
        'address',
        'device',
      ])
      .where('person_id', '=', personId)
      .orderBy('opened_at')
      .execute();
    const emailChanges = await db
      .selectFrom('accounts.email_changes')
      .select([
        'old_email as oldEmail',
        'new_email as newEmail',
        'asked_at as askedAt',
        'done_at as doneAt',
        'cancelled_at as cancelledAt',
      ])
      .where('person_id', '=', personId)
      .orderBy('asked_at')
      .execute();
    const events = await securityEventsOf(reader, personId, { limit: MOST_EVENTS });
    return {
      account,
      memberships,
      pins,
      logInSessions: sessions.map((one) => ({ ...one, device: deviceInWords(one.device), browserSaid: one.device })),
      emailChanges,
      securityEvents: events,
    };
  });
  return { system: 'accounts', data };
}
