/**
 * Sittings for tests and benchmarks: a small item bank and form, candidates, an open session, admitted seats, and a
 * seat that speaks the wire protocol from Node.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { bookCandidates, confirmIdentity, onlineAssessments, openSession, planSession } from '#online-assessments';
import type { Writer } from '#platform/database/database.ts';
import { capabilitiesOf, type Role } from '#platform/permissions/capabilities.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import { type ItemContent, type ItemKey, splitItem } from '#qti';
import { candidateNumber } from '#web-portal';
import { vehicleItem } from '../../src/qti/testing/vehicle-item.ts';
import type { PlainBrowser, TestApplication } from './application.ts';
import { SeatClient } from './seat-client.ts';

export { SeatClient } from './seat-client.ts';
export { onlineAssessments };

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

// Seats that are admitted at the same time: fewer than the server has connections.
const AT_ONCE = 6;

export interface SittingOptions {
  /** Questions of the form; default 10. Every fifth asks for two answers; the first has a picture. */
  readonly questions?: number;
  /** Default: the smallest number that is 60 %. */
  readonly passMark?: number;
  /** How many seats; default 1. */
  readonly seats?: number;
  readonly baseSeconds?: number;
  readonly extraTimePercent?: number;
  readonly hoursAfterFail?: number;
  /** Default 'northgate': the first demonstration centre. */
  readonly centreNumber?: string;
  /** 'booked', 'arrived', 'checked_in' or 'running' (default). */
  readonly upTo?: 'booked' | 'arrived' | 'checked_in' | 'running';
}

export interface TestSeat {
  readonly sittingId: string;
  readonly candidateNumber: string;
  readonly registrationId: string;
  /** Holds the seat's cookie from `arrived` on. */
  readonly browser: PlainBrowser;
  /** From `running` on: sends, keeps the chain, verifies receipts. */
  readonly client: SeatClient;
}

export interface TestSitting extends TestSeat {
  readonly sessionId: string;
  readonly code: string;
  readonly centreId: string;
  readonly unitId: string;
  readonly productId: string;
  /** The invigilator, signed in a moment ago. */
  readonly invigilator: PersonPrincipal;
  /** Writes as the invigilator. */
  readonly asInvigilator: <T>(work: (writer: Writer) => Promise<T>) => Promise<T>;
  readonly seats: readonly TestSeat[];
}

/** One sitting (or `seats` of them in one session), taken as far as `upTo` says. Needs an application with the demonstration. */
export async function startSitting(app: TestApplication, options: SittingOptions = {}): Promise<TestSitting> {
  const { seats: count = 1, upTo = 'running', extraTimePercent = 0 } = options;
  const centre = await centreOf(app, options.centreNumber ?? '04417');
  const unit = await unitWithForm(app, centre.id, options);
  const registrations = await registerCandidates(app, centre.id, unit, count);
  const invigilator = await principalAt(app, centre, 'invigilator');
  const asInvigilator = <T>(work: (writer: Writer) => Promise<T>) =>
    app.services.database.write({ ...invigilator, confirmedAt: app.services.clock.now() }, work, {
      capability: 'online-assessments.invigilate',
    });
  const now = app.services.clock.now();
  const session = await asInvigilator((writer) => planSession(writer, { room: 'Room 1', startsAt: now }));
  const bookings = registrations.map(({ registrationId }) => ({
    registrationId,
    unitId: unit.unitId,
    extraTimePercent,
  }));
  const ids = await asInvigilator((writer) => bookCandidates(writer, { sessionId: session.id, bookings }));
  await asInvigilator((writer) => openSession(writer, { sessionId: session.id }));
  const admit = async (sittingId: string, index: number): Promise<TestSeat> => {
    const { number, registrationId } = registrations[index] as (typeof registrations)[number];
    const browser = app.browser();
    const client = new SeatClient(app.url, browser);
    if (upTo !== 'booked') {
      const answer = await browser.post('/sit', { candidateNumber: number, code: session.code });
      if (answer.status !== 303) throw new Error(`the seat was not admitted: ${answer.status} ${answer.text}`);
    }
    if (upTo === 'checked_in' || upTo === 'running')
      await asInvigilator((writer) => confirmIdentity(writer, { sittingId, document: 'passport' }));
    if (upTo === 'running') await client.start();
    return { sittingId, candidateNumber: number, registrationId, browser, client };
  };
  const seats: TestSeat[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE)
    seats.push(...(await Promise.all(ids.slice(from, from + AT_ONCE).map((id, index) => admit(id, from + index)))));
  const first = seats[0] as TestSeat;
  return {
    ...first,
    sessionId: session.id,
    code: session.code,
    centreId: centre.id,
    unitId: unit.unitId,
    productId: unit.productId,
    invigilator,
    asInvigilator,
    seats,
  };
}

/** A member of staff of a centre with one role, as the server would know them just after a log-in. */
export async function principalAt(
  app: TestApplication,
  centre: { id: string; number: string; name: string },
  role: Role,
): Promise<PersonPrincipal> {
  const row = await app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.memberships as m')
      .innerJoin('accounts.people as p', 'p.id', 'm.person_id')
      .select(['p.id', 'p.given_names', 'p.family_name', 'p.email'])
      .where('m.organisation_id', '=', centre.id)
      .where('m.role', '=', role)
      .where('m.ended_at', 'is', null)
      .executeTakeFirstOrThrow(),
  );
  const acting = {
    organisationId: centre.id,
    kind: 'centre' as const,
    number: centre.number,
    name: centre.name,
    roles: [role],
    features: [],
    activated: true,
  };
  return {
    kind: 'person',
    personId: row.id,
    sessionHash: randomBytes(32),
    givenNames: row.given_names,
    familyName: row.family_name,
    username: role,
    email: row.email,
    confirmedAt: app.services.clock.now(),
    sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
    organisations: [acting],
    acting,
    secondFactor: { setUp: false, given: false, required: false },
    capabilities: capabilitiesOf([role]),
  };
}

export async function centreOf(
  app: TestApplication,
  number: string,
): Promise<{ id: string; number: string; name: string }> {
  return app.services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('accounts.organisations')
      .select(['id', 'number', 'name'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow(),
  );
}

interface UnitWithForm {
  readonly productId: string;
  readonly versionId: string;
  readonly unitId: string;
}

/** A unit that is tested online and approved for the centre, with a form of its own that opens at once and replaces others. */
async function unitWithForm(app: TestApplication, centreId: string, options: SittingOptions): Promise<UnitWithForm> {
  const { questions = 10, baseSeconds = 48 * 60, hoursAfterFail = 48 } = options;
  const now = app.services.clock.now();
  return app.services.database.write(SYSTEM, async ({ db }) => {
    const unit = await db
      .selectFrom('products.units as u')
      .innerJoin('products.versions as v', 'v.id', 'u.version_id')
      .innerJoin('centres_hub.approvals as a', 'a.product_id', 'v.product_id')
      .select(['u.id', 'u.code', 'v.id as version_id', 'v.product_id'])
      .where('u.assessed_by', '=', 'online_test')
      .where('v.published_at', 'is not', null)
      .where('v.operational_end', 'is', null)
      .where('v.certification_end', 'is', null)
      .where('a.centre_id', '=', centreId)
      .where('a.ended_at', 'is', null)
      .where('a.last_registration_on', 'is', null)
      .orderBy('u.code')
      .executeTakeFirstOrThrow();
    const name = `TEST-${randomBytes(4).toString('hex')}`;
    const bank = await db
      .insertInto('online_assessments.item_banks')
      .values({ code: name, title: 'Test bank' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const picture = createHash('sha256').update(PICTURE).digest();
    await db
      .insertInto('online_assessments.pictures')
      .values({ sha256: picture, media_type: 'image/png', bytes: PICTURE, width: 1, height: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (let n = 0; n < questions; n++) {
      const { content, key } = question(n);
      const item = await db
        .insertInto('online_assessments.items')
        .values({ bank_id: bank.id, code: content.code, group_code: 'ALL', topic: content.topic as string })
        .returning('id')
        .executeTakeFirstOrThrow();
      const version = await db
        .insertInto('online_assessments.item_versions')
        .values({
          item_id: item.id,
          version: 1,
          content: JSON.stringify(content),
          content_sha256: createHash('sha256').update(JSON.stringify(content)).digest(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('online_assessments.item_keys')
        .values({ item_version_id: version.id, key: JSON.stringify(key) })
        .execute();
      for (const { name: file } of content.pictures)
        await db
          .insertInto('online_assessments.item_pictures')
          .values({ item_version_id: version.id, name: file, sha256: picture })
          .execute();
      await db
        .updateTable('online_assessments.items')
        .set({ current_version_id: version.id })
        .where('id', '=', item.id)
        .execute();
    }
    await db
      .updateTable('online_assessments.test_forms')
      .set({ withdrawn_at: now })
      .where('product_id', '=', unit.product_id)
      .where('unit_code', '=', unit.code)
      .where('withdrawn_at', 'is', null)
      .execute();
    await db
      .insertInto('online_assessments.test_forms')
      .values({
        code: name,
        version: 1,
        title: 'Vehicle test',
        bank_id: bank.id,
        product_id: unit.product_id,
        unit_code: unit.code,
        blueprint: JSON.stringify([{ group: 'ALL', count: questions }]),
        questions,
        pass_mark: options.passMark ?? Math.ceil(questions * 0.6),
        base_seconds: baseSeconds,
        hours_after_registration: 0,
        hours_after_fail: hoursAfterFail,
        published_at: now,
      })
      .execute();
    return { productId: unit.product_id, versionId: unit.version_id, unitId: unit.id };
  });
}

/** Question n: the text of a right choice begins with "Right", so that tests (and nobody else) know the key from the page. */
function question(n: number): { content: ItemContent; key: ItemKey } {
  const multiple = n % 5 === 4;
  const choice = (id: string, text: string) => ({ id, content: [{ t: 'text' as const, text }] });
  return splitItem(
    vehicleItem({
      code: `Q${n + 1}`,
      title: `Question ${n + 1}`,
      kind: multiple ? 'multiple' : 'choice',
      stem: [
        { t: 'paragraph', content: [{ t: 'text', text: `Test question ${n + 1}: choose what begins with Right.` }] },
        ...(n === 0 ? [{ t: 'figure' as const, name: 'right-answer.png', alt: 'A plain square' }] : []),
      ],
      choices: [
        choice('c1', 'Right A'),
        choice('c2', multiple ? 'Right B' : 'Wrong B'),
        choice('c3', 'Wrong C'),
        choice('c4', 'Wrong D'),
      ],
      maxChoices: multiple ? 4 : 1,
      pictures: n === 0 ? [{ name: 'right-answer.png', alt: 'A plain square' }] : [],
      group: 'ALL',
      topic: n % 2 === 0 ? 'Charging' : 'Lighting',
      key: { correct: multiple ? ['c1', 'c2'] : ['c1'] },
    }),
  );
}

/** Candidates with active registrations, made straight in the tables. */
async function registerCandidates(app: TestApplication, centreId: string, unit: UnitWithForm, count: number) {
  const now = app.services.clock.now();
  return app.services.database.write(SYSTEM, async ({ db, rows }) => {
    const made: { number: string; registrationId: string }[] = [];
    for (let n = 0; n < count; n++) {
      const number = candidateNumber(9_000_000 - Math.floor(Math.random() * 900_000));
      const [candidate] = await rows(sql<{ id: string }>`
        select id from web_portal.enter_candidate(${centreId}, ${number}, 'Test', ${`Candidate ${n + 1}`}, '2005-05-05', null, null,
          'Not yet known', null, null, null, ${`${number} test candidate ${n + 1}`}, ${`test candidate ${n + 1} ${number}`}, 'not_asked', ${now}, null)`);
      const registration = await db
        .insertInto('web_portal.registrations')
        .values({
          centre_id: centreId,
          candidate_id: (candidate as { id: string }).id,
          product_id: unit.productId,
          product_version_id: unit.versionId,
          programme_start: now.toISOString().slice(0, 10),
          registered_at: now,
          days_used: 0,
          late: false,
          units_needed: 1,
          state: 'active',
          state_changed_at: now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      made.push({ number, registrationId: registration.id });
    }
    return made;
  });
}
