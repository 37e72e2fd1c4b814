/**
 * Past and planned sessions of the demonstration: each act by its own function, by the person whose act it is, at its
 * own moment. Only what a seat does by itself (arriving, sending answers) is written here.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { capabilitiesOf } from '#platform/permissions/capabilities.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { accounts, candidates, centres } from '../../../../content/demonstration/people.ts';
import { seatArrived } from '../audit.ts';
import { bookCandidates, cancelBooking } from '../book-candidates/book-candidates.ts';
import { closeSession } from '../close-session/close-session.ts';
import { closeSitting } from '../close-sitting/close-sitting.ts';
import { confirmIdentity } from '../confirm-identity/confirm-identity.ts';
import { openSession } from '../open-session/open-session.ts';
import { planSession } from '../plan-session/plan-session.ts';
import { changeSitting, lockSitting, reportIncident } from '../sitting/change-sitting.ts';
import { beginSitting } from '../start-sitting/start-sitting.ts';
import { type PastAnswers, writeAnswers } from './past-answers.ts';
import { type Outcome, type PlannedSession, sessions } from './sitting-plan.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HOUR = 60 * MINUTE;
/** How long a registration is old at least before the demonstration seats it: no test asks for more. */
const OLD_ENOUGH = 48 * HOUR;

interface Registered {
  readonly registrationId: string;
  readonly unitId: string;
  readonly unit: string;
  readonly centreId: string;
  readonly registeredAt: Date;
  readonly email: string | null;
}

/** Writes the sessions of the plan, oldest first. A seat for which no candidate is left is passed over. */
export async function demonstrateSittings(services: Services): Promise<void> {
  const known = new Map<string, Registered>();
  const free = await registrationsToSit(services);
  for (const session of sessions) await writeSession(services, session, free, known);
}

/** Registrations whose unit is tested online and not achieved, oldest first. */
async function registrationsToSit(services: Services): Promise<Registered[]> {
  return services.database.read(SYSTEM, ({ rows }) =>
    rows(sql<Registered>`
      select r.id as "registrationId", u.id as "unitId", u.code as unit, r.centre_id as "centreId",
        r.registered_at as "registeredAt", p.email
      from web_portal.published_registrations r
      join web_portal.published_candidates c on c.id = r.candidate_id and c.centre_id = r.centre_id
      left join accounts.published_people p on p.id = c.person_id
      join products.published_units u on u.version_id = r.product_version_id
      where r.state = 'active' and u.assessed_by = 'online_test'
        and not exists (select from web_portal.published_unit_achievements a where a.registration_id = r.id and a.unit_id = u.id)
      order by r.registered_at, r.id`),
  );
}

interface Seated {
  readonly registration: Registered;
  readonly outcome: Outcome;
  readonly extraTimePercent: number;
}

/** Finds who sits where; takes each candidate that the plan does not name off the list. */
function seatCandidates(
  { centre, seats }: PlannedSession,
  centreId: string,
  startsAt: Date,
  free: Registered[],
  known: Map<string, Registered>,
): Seated[] {
  return seats.flatMap(({ unit, who, username, outcome, extraTimePercent = 0 }) => {
    const name = who && `${centre} ${who}`;
    const email = candidates.find((candidate) => username && candidate.username === username)?.email;
    const fits = (one: Registered) =>
      one.centreId === centreId &&
      one.unit === unit &&
      (email
        ? one.email === email
        : startsAt.getTime() - one.registeredAt.getTime() >= OLD_ENOUGH && one.email === null);
    const registration = (name && known.get(name)) || free.find(fits);
    if (!registration) return [];
    if (name) known.set(name, registration);
    const at = free.indexOf(registration);
    if (at >= 0) free.splice(at, 1);
    return [{ registration, outcome, extraTimePercent }];
  });
}

async function writeSession(
  services: Services,
  session: PlannedSession,
  free: Registered[],
  known: Map<string, Registered>,
): Promise<void> {
  const now = services.clock.now();
  const startsAt = startOf(session, now);
  const staff = await staffOf(services, session.centre);
  const { centreId } = staff;
  const seated = seatCandidates(session, centreId, startsAt, free, known);
  const bookedAt = new Date(Math.min(startsAt.getTime() - 2 * DAY, now.getTime() - HOUR));
  const administrator = { kind: 'system', personId: staff.administrator, centreId } as const;
  const sittings = await services.database.write(administrator, async (system) => {
    const writer = at(system, bookedAt);
    const { id } = await planSession(writer, { room: session.room, startsAt });
    const bookings = seated.map(({ registration: { registrationId, unitId }, extraTimePercent }) => ({
      registrationId,
      unitId,
      extraTimePercent,
    }));
    const ids = await bookCandidates(writer, { sessionId: id, bookings });
    for (const [index, { outcome }] of seated.entries())
      if (outcome.kind === 'cancelled')
        await cancelBooking(at(system, new Date(bookedAt.getTime() + HOUR)), {
          sittingId: ids[index] as string,
          reason: outcome.reason,
        });
    return { sessionId: id, ids };
  });
  if (!('daysAgo' in session.when)) return;
  const invigilator = { kind: 'system', personId: staff.invigilator.personId, centreId } as const;
  await services.database.write(invigilator, async (system) => {
    await openSession(as(system, new Date(startsAt.getTime() - 10 * MINUTE), staff.invigilator), sittings);
    let last = startsAt.getTime();
    for (const [index, { outcome }] of seated.entries()) {
      const sittingId = sittings.ids[index] as string;
      const start = new Date(startsAt.getTime() + (2 + index) * MINUTE);
      last = Math.max(last, await writeSitting(services, system, { sittingId, start, outcome, staff }));
    }
    await closeSession(as(system, new Date(last + 5 * MINUTE), staff.invigilator), sittings);
  });
}

/**
 * Past sessions began at their hour (UTC), the last time that it was that hour at most so many days ago: whatever the
 * time of the first start, who was registered long enough before is the same. Those to come begin at the next full
 * quarter of an hour.
 */
function startOf({ when }: PlannedSession, now: Date): Date {
  if ('daysAgo' in when) {
    const start = new Date(now.getTime() - when.daysAgo * DAY).setUTCHours(when.hour, 0, 0, 0);
    return new Date(start + (now.getTime() - start > when.daysAgo * DAY ? DAY : 0));
  }
  const quarter = 15 * MINUTE;
  return new Date(Math.ceil((now.getTime() + when.inMinutes * MINUTE) / quarter) * quarter);
}

interface Staff {
  readonly centreId: string;
  readonly administrator: string;
  readonly invigilator: PersonPrincipal;
}

interface SittingToWrite {
  readonly sittingId: string;
  readonly start: Date;
  readonly outcome: Outcome;
  readonly staff: Staff;
}

/** From the arrival to the result. Returns when it was over, in milliseconds of the epoch. */
async function writeSitting(
  services: Services,
  system: Writer,
  { sittingId, start, outcome, staff }: SittingToWrite,
): Promise<number> {
  if (!('right' in outcome)) return start.getTime();
  await arrive(at(system, new Date(start.getTime() - 4 * MINUTE)), sittingId);
  await confirmIdentity(as(system, new Date(start.getTime() - 2 * MINUTE), staff.invigilator), {
    sittingId,
    document: 'driving_licence',
  });
  // What the candidate does is nobody else's act.
  const seat = { ...at(system, start), identity: { ...system.identity, personId: null } };
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  await beginSitting(seat, await lockSitting(seat, sittingId), { kty: 'EC', crv: 'P-256', x, y });
  const running = await lockSitting(seat, sittingId);
  const { answers, end, event } = endOf(outcome, running.time.allowedMs, start);
  const answered = await writeAnswers(seat, running, answers);
  const closer = outcome.kind === 'ended' ? as(system, end, staff.invigilator) : { ...seat, now: end };
  await closeSitting(closer, services.keys, answered, event);
  if (outcome.kind === 'ended')
    await reportIncident(closer, {
      centreId: staff.centreId,
      sessionId: running.sessionId,
      sittingId,
      kind: 'conduct',
      detail: outcome.reason,
    });
  if (outcome.kind === 'void') {
    const later = at(system, new Date(end.getTime() + DAY));
    await changeSitting(later, await lockSitting(later, sittingId), { kind: 'void', reason: outcome.reason });
  }
  return end.getTime();
}

type Worked = Extract<Outcome, { right: number }>;

/** The answers of an outcome, when the sitting was over, and by which event. */
function endOf(outcome: Worked, allowed: number, start: Date) {
  const after = (ms: number) => new Date(start.getTime() + ms);
  const all = 12;
  const answersOf = (answered: number, lastMs: number): PastAnswers => ({ answered, right: outcome.right, lastMs });
  switch (outcome.kind) {
    case 'handed-in':
    case 'void': {
      const ms = outcome.minutes * MINUTE;
      const event = { kind: 'hand_in', reason: 'Handed in by the candidate' } as const;
      return { answers: answersOf(all, ms - MINUTE), end: after(ms), event };
    }
    case 'timed-out': {
      const event = { kind: 'time_out', reason: 'Time was over' } as const;
      return { answers: answersOf(outcome.answered, allowed - MINUTE), end: after(allowed + 2 * MINUTE), event };
    }
    case 'ended': {
      const event = { kind: 'end', reason: outcome.reason } as const;
      return { answers: answersOf(outcome.answered, 6 * MINUTE), end: after(7 * MINUTE), event };
    }
  }
}

/** The candidate enters number and code at a seat. */
async function arrive(writer: Writer, sittingId: string): Promise<void> {
  const [row] = await writer.rows(sql<{ seat: number }>`
    update online_assessments.sittings set seat_token_hash = ${randomBytes(32)}, arrived_at = ${writer.now}, seen_at = ${writer.now}
    where id = ${sittingId} returning seat`);
  await writer.audit(seatArrived, { kind: 'sitting', id: sittingId }, { seat: row?.seat ?? 0, address: '192.0.2.10' });
}

/** The same writer at another moment. */
function at(writer: Writer, now: Date): Writer {
  return { ...writer, now };
}

/** The same writer at another moment, for a person who has just signed in. */
function as(writer: Writer, now: Date, principal: PersonPrincipal): Writer {
  return { ...writer, now, principal: { ...principal, confirmedAt: now } };
}

/** The administrator (else the coordinator) and the invigilator of a demonstration centre. */
async function staffOf(services: Services, centre: PlannedSession['centre']): Promise<Staff> {
  const number = centres.find(({ key }) => key === centre)?.number ?? '';
  const own = accounts.filter(({ organisation }) => organisation === centre);
  const clerk = own.find(({ role }) => role === 'administrator') ?? own.find(({ role }) => role === 'coordinator');
  const invigilator = own.find(({ role }) => role === 'invigilator');
  return services.database.read(SYSTEM, async ({ db }) => {
    const organisation = await db
      .selectFrom('accounts.published_organisations')
      .select(['id', 'name'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const people = await db.selectFrom('accounts.published_people').select(['id', 'email']).execute();
    const idOf = (email: string | undefined) => people.find((person) => person.email === email)?.id as string;
    const acting = {
      organisationId: organisation.id as string,
      kind: 'centre' as const,
      number,
      name: organisation.name as string,
      roles: ['invigilator'] as const,
      features: [],
      activated: true,
    };
    return {
      centreId: acting.organisationId,
      administrator: idOf(clerk?.email),
      invigilator: {
        kind: 'person',
        personId: idOf(invigilator?.email),
        sessionHash: Buffer.alloc(32),
        givenNames: invigilator?.givenNames ?? '',
        familyName: invigilator?.familyName ?? '',
        username: invigilator?.username ?? '',
        email: invigilator?.email ?? null,
        confirmedAt: new Date(0),
        sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
        organisations: [acting],
        acting,
        secondFactor: { setUp: false, given: false, required: false },
        capabilities: capabilitiesOf(acting.roles),
      },
    };
  });
}
