import { z } from 'zod';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { pendingEmailOf } from '../change-email/pending.ts';
import { pinsOf } from '../pins/pins.ts';
import { secondFactorsOf } from '../second-factors/factors.ts';
import { securityEventsOf } from '../security-events/security-events.ts';
import { isLive } from '../sessions/live.ts';
import { DONE_KEYS, myDetailsPage } from './page.ts';
import type { OwnSession } from './sessions-card.ts';

const EVENTS_SHOWN = 20;
const query = z.object({ done: z.enum(DONE_KEYS).optional().catch(undefined) });

/** GET /my-details: what the product knows of the person, the PINs, the roles, and where the account is logged in. */
export const showMyDetails = handler({ query }, async (context): Promise<Answer> => {
  const { services, now } = context;
  const person = context.person();
  const pins = await context.read((reader) => pinsOf(reader, services, person.personId));
  const { rows, pendingEmail, events } = await services.database.read(SYSTEM, async (reader) => ({
    pendingEmail: await pendingEmailOf(reader, person.personId),
    events: await securityEventsOf(reader, person.personId, { limit: EVENTS_SHOWN }),
    rows: await reader.db
      .selectFrom('accounts.sessions')
      .select(['id', 'token_hash', 'opened_at', 'seen_at', 'expires_at', 'ended_at', 'address', 'device'])
      .where('person_id', '=', person.personId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('seen_at', 'desc')
      .execute(),
  }));
  const memberships = person.organisations.flatMap(({ roles }) => roles.map((role) => ({ role })));
  const sessions: OwnSession[] = rows
    .filter((row) => isLive({ ...row, status: 'active', memberships }, now))
    .map((row) => ({
      id: row.id,
      current: row.token_hash.equals(person.sessionHash),
      openedAt: row.opened_at,
      seenAt: row.seen_at,
      address: row.address,
      device: row.device,
    }));
  const secondFactors = await secondFactorsOf(services, person.personId);
  const { done } = context.query;
  return page(
    myDetailsPage(await context.frame(), { person, pins, sessions, secondFactors, done, pendingEmail, events, now }),
  );
});
