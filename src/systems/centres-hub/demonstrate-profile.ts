/** The profile part of the demonstration: contacts, documents, the agreement, conditions, applications. All invented. */
import { createHash } from 'node:crypto';
import { hashToken, newToken } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ApplicationState } from './applications/application-state.ts';

const DAY_MS = 86_400_000;

export async function demonstrateProfile(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    const organisations = await writer.db
      .selectFrom('accounts.published_organisations')
      .select(['id', 'number'])
      .where('number', '=', '04417')
      .executeTakeFirstOrThrow();
    const people = await writer.db.selectFrom('accounts.published_people').select(['id', 'email']).execute();
    const personOf = (email: string) => people.find((one) => one.email === email)?.id ?? null;
    const who = {
      northgate: organisations.id,
      officer: personOf('helena.brackenridge@awarding.example'),
      coordinator: personOf('marguerite.holloway-finch@northgate.example'),
    };
    await profileOf(writer, who);
    await documentsOf(writer, who);
    await agreementOf(writer, who);
    await conditionOf(writer, who);
    await applicationsOf(writer, who);
  });
}

interface Who {
  readonly northgate: string;
  readonly officer: string | null;
  readonly coordinator: string | null;
}

const OFFICER = 'Helena Brackenridge, the awarding body';
const COORDINATOR = 'Marguerite Holloway-Finch';
const ago = ({ now }: Pick<Writer, 'now'>, days: number) => new Date(now.getTime() - days * DAY_MS);
const dayIn = ({ now }: Pick<Writer, 'now'>, days: number) => dayInLondon(new Date(now.getTime() + days * DAY_MS));

async function profileOf(writer: Writer, { northgate, coordinator }: Who): Promise<void> {
  const { db } = writer;
  await db
    .updateTable('centres_hub.centres')
    .set({
      trading_name: 'Northgate Motors',
      owner: 'Northgate Training Trust',
      website: 'https://www.northgate.example',
    })
    .where('id', '=', northgate)
    .execute();
  const contact = (kind: 'head_of_centre' | 'finance' | 'quality' | 'out_of_term', name: string, email: string) => ({
    centre_id: northgate,
    function: kind,
    name,
    email,
    telephone: kind === 'out_of_term' ? '01632 960499' : null,
    recorded_at: ago(writer, 200),
    recorded_by: coordinator,
  });
  await db
    .insertInto('centres_hub.contacts')
    .values([
      contact('head_of_centre', 'Leontyne Marwood', 'leontyne.marwood@northgate.example'),
      contact('finance', 'Osric Fennimore', 'accounts@northgate.example'),
      contact('quality', 'Yvonne Abara', 'quality@northgate.example'),
      contact('out_of_term', 'Osric Fennimore', 'osric.fennimore@northgate.example'),
    ])
    .execute();
  const sites = await db
    .selectFrom('centres_hub.sites')
    .select(['id', 'name', 'rooms'])
    .where('centre_id', '=', northgate)
    .orderBy('name')
    .execute();
  for (const { id, name, rooms } of sites) {
    const main = name === 'Tappet Lane';
    await db
      .updateTable('centres_hub.sites')
      .set({
        kind: main ? 'site' : 'satellite',
        address: main ? 'Unit 7, Tappet Lane\nNorthgate\nZZ4 4QT' : 'The Old Tram Depot\nNorthgate\nZZ4 7LP',
      })
      .where('id', '=', id)
      .execute();
    await db
      .insertInto('centres_hub.room_checks')
      .values(
        rooms.slice(0, 3).map((room) => ({
          centre_id: northgate,
          site_id: id,
          room,
          seats: room.startsWith('Test') ? 16 : 8,
          fit_for_tests: room.startsWith('Test') || room.startsWith('Classroom'),
          note: room.startsWith('Workshop') ? 'Too loud for tests' : null,
          checked_on: dayIn(writer, -40),
          recorded_at: ago(writer, 40),
          recorded_by: coordinator,
        })),
      )
      .execute();
  }
  const change = (days: number, what: string, before: string | null, after: string) => ({
    centre_id: northgate,
    at: ago(writer, days),
    person_id: coordinator,
    who: COORDINATOR,
    what,
    before,
    after,
  });
  await db
    .insertInto('centres_hub.profile_changes')
    .values([
      change(200, 'Contact: finance', null, 'Osric Fennimore, accounts@northgate.example'),
      change(120, 'Telephone', '01632 960400', '01632 960417'),
      change(40, 'Room: Tappet Lane, Test room 1', null, '16 seats, fit for tests'),
    ])
    .execute();
}

/** A picture of one white point: the smallest file that is one. */
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);

async function documentsOf(writer: Writer, { northgate, coordinator }: Who): Promise<void> {
  const document = (kind: string, reference: string, expiresIn: number | null, name: string) => ({
    centre_id: northgate,
    kind,
    reference,
    expires_on: expiresIn === null ? null : dayIn(writer, expiresIn),
    file_name: name,
    media_type: 'image/png',
    bytes: POINT.length,
    sha256: createHash('sha256').update(POINT).digest(),
    content: POINT,
    recorded_at: ago(writer, 300),
    recorded_by: coordinator,
  });
  await writer.db
    .insertInto('centres_hub.documents')
    .values([
      document('public_liability', 'Harrow Mutual PL-20417', 21, 'public-liability.png'),
      document('employers_liability', 'Harrow Mutual EL-20418', 240, 'employers-liability.png'),
      document('malpractice', 'Malpractice and maladministration, 4th edition', null, 'malpractice.png'),
      document('data_protection', 'Data protection policy 2024', -12, 'data-protection.png'),
    ])
    .execute();
}

const AGREEMENT = `The centre helps the awarding body to meet its conditions of recognition, and gives it and the regulator the information they ask for.

The centre keeps a workforce of competent people and the resources that its approved products need, in its sites and satellites.

The centre keeps to the rules for malpractice, complaints, appeals, equality and data protection, and accepts the sanctions policy.

The centre keeps evidence of candidates as long as the arrangements for quality assurance say, and gives access to it.

When a product or the centre is withdrawn, both sides protect the candidates: they finish, or they are transferred.`;

async function agreementOf(writer: Writer, { northgate, officer, coordinator }: Who): Promise<void> {
  const { id } = await writer.db
    .insertInto('centres_hub.agreement_versions')
    .values({
      number: 1,
      title: 'Centre agreement',
      words: AGREEMENT,
      sign_by: dayIn(writer, 45),
      published_at: ago(writer, 30),
      published_by: officer,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await writer.db
    .insertInto('centres_hub.agreement_signatures')
    .values({
      centre_id: northgate,
      agreement_version_id: id,
      signed_name: 'Leontyne Marwood',
      signed_at: ago(writer, 25),
      signed_by: coordinator,
    })
    .execute();
}

async function conditionOf(writer: Writer, { northgate, officer }: Who): Promise<void> {
  const approval = await writer.db
    .selectFrom('centres_hub.approvals')
    .select('id')
    .where('centre_id', '=', northgate)
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const condition = { centre_id: northgate, set_at: ago(writer, 90), set_by: officer };
  await writer.db
    .insertInto('centres_hub.conditions')
    .values([
      {
        ...condition,
        approval_id: approval.id,
        words: 'Send the sampling plan for the next twelve months',
        due_on: dayIn(writer, 20),
      },
      {
        ...condition,
        words: 'Put a second invigilator on the profile for Old Tram Depot',
        due_on: dayIn(writer, -30),
        met_at: ago(writer, 35),
        met_by: officer,
        met_by_name: OFFICER,
        met_words: 'Seen on the profile',
      },
    ])
    .execute();
}

async function applicationsOf(writer: Writer, { officer }: Who): Promise<void> {
  await application(writer, officer, {
    organisation: 'Hollin Moor Auto College',
    contact: 'Tamsin Arkwright',
    email: 'tamsin.arkwright@hollinmoor.example',
    postcode: 'ZZ2 9HM',
    products: 'Level 3 light vehicle maintenance, air conditioning',
    steps: [
      [16, 'ask', 'asked', null],
      [15, 'confirm', 'interested', null],
    ],
  });
  const id = await application(writer, officer, {
    organisation: 'Saltmarsh Fleet Training',
    contact: 'Corwin Pellow',
    email: 'corwin.pellow@saltmarsh.example',
    postcode: 'ZZ9 3SF',
    products: 'Electric vehicle, levels 2 and 3',
    answers: {
      owner: 'Saltmarsh Fleet Ltd',
      companyNumber: '09990044',
      ukprn: '19990444',
      address: 'Berth 4\nSaltmarsh Quay',
      town: 'Saltmarsh',
      postcode: 'ZZ9 3SF',
      telephone: '01632 960444',
      headName: 'Corwin Pellow',
      headEmail: 'corwin.pellow@saltmarsh.example',
      coordinatorGivenNames: 'Isolde',
      coordinatorFamilyName: 'Renshaw',
      coordinatorEmail: 'isolde.renshaw@saltmarsh.example',
      staff: 'Isolde Renshaw, assessor for electric vehicles; Garth Ollerton, internal quality assurer',
      siteName: 'Saltmarsh Quay',
      rooms: 'Test room\nHigh-voltage bay',
      insurance: 'Harrow Mutual PL-30444, until March',
      policies: ['Malpractice', 'Complaints', 'Appeals', 'Equality', 'Data protection'],
      otherBodies: 'None',
      references: 'Two local employers, names on request',
    },
    steps: [
      [40, 'ask', 'asked', null],
      [40, 'confirm', 'interested', null],
      [36, 'invite', 'invited', 'Fits the need for electric vehicle training on the coast'],
      [9, 'submit', 'submitted', null],
    ],
  });
  const check = (name: string, outcome: 'done' | 'failed', words: string) => ({
    application_id: id,
    name,
    outcome,
    words,
    at: ago(writer, 6),
    checked_by: officer,
    who: OFFICER,
  });
  await writer.db
    .insertInto('centres_hub.application_checks')
    .values([
      check('register', 'done', 'Active, accounts filed'),
      check('ukprn', 'done', 'The number and the name match'),
      check('insurance', 'failed', 'The certificate that was sent has expired'),
    ])
    .execute();
}

interface DemonstrationApplication {
  readonly organisation: string;
  readonly contact: string;
  readonly email: string;
  readonly postcode: string;
  readonly products: string;
  readonly answers?: Readonly<Record<string, string | readonly string[]>>;
  readonly steps: readonly (readonly [daysAgo: number, act: string, to: ApplicationState, words: string | null])[];
}

async function application(writer: Writer, officer: string | null, one: DemonstrationApplication): Promise<string> {
  const [first] = one.steps;
  const last = one.steps.at(-1);
  if (!first || !last) throw new Error(`The application of ${one.organisation} has no steps.`);
  const { id } = await writer.db
    .insertInto('centres_hub.applications')
    .values({
      state: last[2],
      state_changed_at: ago(writer, last[0]),
      organisation: one.organisation,
      contact_name: one.contact,
      email: one.email,
      postcode: one.postcode,
      products: one.products,
      message: '',
      asked_at: ago(writer, first[0]),
      token_hash: hashToken(newToken()),
      token_expires_at: writer.now,
      answers: JSON.stringify(one.answers ?? {}),
      revision: one.answers ? 1 : 0,
      saved_at: one.answers ? ago(writer, last[0]) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [days, act, to, words] of one.steps) {
    const byBody = act === 'invite';
    await writer.db
      .insertInto('centres_hub.application_steps')
      .values({
        application_id: id,
        at: ago(writer, days),
        person_id: byBody ? officer : null,
        who: byBody ? OFFICER : one.organisation,
        act,
        to_state: to,
        words,
      })
      .execute();
  }
  return id;
}
