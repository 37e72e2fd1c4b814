/** Whatever happens to candidates and registrations is told: by whichever way it happens, to the centre it concerns and no other. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { clientOf, makeKey } from '#test/api-client.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { confirmShown, takeIn } from '#test/intake-files.ts';
import { changeRegistrationState, completeRegistration } from '../change-state/change-state.ts';
import { addDays } from '../programme-days/programme-days.ts';
import { registerImports } from '../register-import/register-imports.ts';
import { EVENT_DATA, WEBHOOK_EVENTS, type WebhookEvent } from './events.ts';
import { tellWebhooks } from './tell.ts';

// Nothing listens at port 9: what is told stands in the log whether it arrives or not.
const NOWHERE = 'http://127.0.0.1:9';
let app: TestApplication;
let coordinator: PlainBrowser;
let coordinator2: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication({ env: { WEBHOOK_TARGETS: 'any' } });
  coordinator = await app.logIn('coordinator');
  coordinator2 = await app.logIn('coordinator2');
  officer = await app.logIn('officer');
  for (const [browser, path] of [
    [coordinator, 'one'],
    [coordinator2, 'two'],
  ] as const)
    await browser.post('/web-portal/api/webhooks/add', { url: `${NOWHERE}/${path}`, events: [...WEBHOOK_EVENTS] });
});
after(() => app.close());

const rows = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  asSuperuser(app.database.url, async (database) => (await database.query(text, values)).rows as Row[]);
const one = async <Row>(text: string, values: unknown[] = []) => (await rows<Row>(text, values))[0] as Row;

interface Told {
  readonly event: string;
  readonly centre: string;
  readonly data: Readonly<Record<string, unknown>>;
}
/** What both centres are told while something is done, in order. */
async function toldWhile(work: () => Promise<unknown>): Promise<Told[]> {
  const before = await rows<{ id: string }>('select id from web_portal.webhook_deliveries');
  await work();
  const found = await rows<{ event: string; centre: string; body: string }>(
    `select d.event, o.number as centre, d.body from web_portal.webhook_deliveries d join accounts.organisations o on o.id = d.centre_id
     join web_portal.webhooks w on w.id = d.webhook_id and w.centre_id = d.centre_id
     where d.id <> all ($1) and w.url like '${NOWHERE}%' order by d.id`,
    [before.map(({ id }) => id)],
  );
  return found.map(({ event, centre, body }) => {
    const { type, data } = JSON.parse(body);
    assert.equal(type, event);
    // As the document describes it, and no member more.
    EVENT_DATA[type as WebhookEvent].parse(data);
    return { event, centre, data };
  });
}
const lines = (told: readonly Told[]) => told.map(({ centre, event }) => `${centre} ${event}`);

const today = () => dayInLondon(app.services.clock.now());
function dateFields(name: string, value: string) {
  const [year = '', month = '', day = ''] = value.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}
const productId = async (code: string) =>
  (await one<{ id: string }>('select id from products.products where code = $1', [code])).id;
async function programme(code: string) {
  return { product: await productId(code), ...dateFields('programmeStart', addDays(today(), -3)) };
}
let people = 0;
async function person() {
  people += 1;
  return {
    submissionId: randomUUID(),
    givenNames: 'Zephyrine',
    familyName: `Tollwick${String.fromCharCode(96 + people)}`,
    ...dateFields('birthDate', `19${70 + people}-05-1${people % 10}`),
    ulnAbsentReason: 'Requested',
    ...(await programme('ARH')),
  };
}
async function registered(): Promise<{ candidate: string; registration: string }> {
  const answer = await coordinator.post('/web-portal/candidates/register', await person());
  const [, candidate, registration] = /candidates\/([^?]+)\?registered=(.+)$/.exec(answer.location ?? '') ?? [];
  assert.ok(candidate && registration, answer.text.slice(0, 2000));
  return { candidate, registration };
}

test('a registration by the form, by the further form, by the API', async () => {
  let made: { candidate: string; registration: string } | undefined;
  const told = await toldWhile(async () => {
    made = await registered();
  });
  assert.deepEqual(lines(told), ['04417 registration.made']);
  assert.equal(told[0]?.data.registrationId, made?.registration);
  const further = await toldWhile(async () => {
    const answer = await coordinator.post(`/web-portal/candidates/${made?.candidate}/register`, {
      submissionId: randomUUID(),
      ...(await programme('EVH')),
    });
    assert.equal(answer.status, 303);
  });
  assert.deepEqual(lines(further), ['04417 registration.made']);
  assert.equal(further[0]?.data.candidateId, made?.candidate);
  const byKey = await toldWhile(async () => {
    const client = await clientOf(app, await makeKey(app));
    const answer = await client.call(
      'registerCandidate',
      { 'Idempotency-Key': randomUUID() },
      {
        candidate: {
          givenNames: 'Zoltana',
          familyName: 'Keyes',
          birthDate: '1980-01-02',
          ulnAbsentReason: 'Requested',
        },
        registration: { productId: await productId('ARH'), programmeStart: addDays(today(), -3) },
      },
    );
    assert.equal(answer.status, 201);
  });
  assert.deepEqual(lines(byKey), ['04417 registration.made']);
});

test('every row of a file, and each again when the file is undone', async () => {
  let address = '';
  const told = await toldWhile(async () => {
    const file = `First name,Surname,DOB,ULN\n${['a', 'b', 'c'].map((one, at) => `Fil${one},Rowley${one},${at + 3}/4/1993,`).join('\n')}`;
    const common = { ...(await programme('ARH')), ulnAbsentReason: 'Requested' } as Record<string, string>;
    address = await takeIn(coordinator, 'told.csv', file, common);
    assert.equal((await confirmShown(coordinator, address)).status, 303);
    await registerImports(app.services);
  });
  assert.deepEqual(lines(told), Array(3).fill('04417 registration.made'));
  const undone = await toldWhile(async () => {
    const answer = await coordinator.post(`${address}/undo`, {
      reason: 'The wrong product',
      submissionId: randomUUID(),
    });
    assert.equal(answer.status, 303, answer.text.slice(0, 2000));
  });
  assert.deepEqual(lines(undone), Array(3).fill('04417 registration.state-changed'));
  const ids = (list: readonly Told[]) => list.map(({ data }) => data.registrationId).sort();
  assert.deepEqual(ids(undone), ids(told));
  assert.ok(undone.every(({ data }) => data.from === 'active' && data.to === 'void'));
});

test('prior learning that is granted, and a registration that ends', async () => {
  const open = await one<{ id: string }>(
    `select p.id from web_portal.prior_learning p join accounts.organisations o on o.id = p.centre_id and o.number = '04417'
     where p.state = 'confirmed' limit 1`,
  );
  assert.ok(open, 'the demonstration has prior learning that waits for the awarding body');
  const told = await toldWhile(async () => {
    const form = new FormData();
    form.set('act', 'grant');
    form.set('words', 'The evidence shows every outcome');
    const answer = await officer.postFiles(`/web-portal/prior-learning/${open.id}`, form);
    assert.equal(answer.status, 303, answer.text.slice(0, 2000));
  });
  assert.deepEqual(lines(told), ['04417 unit.achieved']);
  const { registration } = await registered();
  const ended = await toldWhile(() =>
    app.services.database.write(SYSTEM, async (writer) => {
      await changeRegistrationState(writer, { registrationId: registration, act: 'withdraw', reason: 'Left' });
      await changeRegistrationState(writer, { registrationId: registration, act: 'reopen', reason: 'Came back' });
      await completeRegistration(writer, { registrationId: registration, reason: 'Certificate issued' });
    }),
  );
  assert.deepEqual(
    ended.map(({ data }) => data.to),
    ['withdrawn', 'active', 'completed'],
  );
});

test('a merge, to the centre that knew the record by the number that is former now', async () => {
  const [kept, merged] = [await registered(), await registered()];
  // Both are for one product: one of them has to end before the records can become one.
  await app.services.database.write(SYSTEM, (writer) =>
    changeRegistrationState(writer, { registrationId: merged.registration, act: 'withdraw', reason: 'Left' }),
  );
  const { number } = await one<{ number: string }>(
    'select candidate_number as number from web_portal.candidates where id = $1',
    [merged.candidate],
  );
  await coordinator.post(`/web-portal/candidates/${kept.candidate}/merge`, {
    otherNumber: number,
    reason: 'The same passport for both',
    submissionId: randomUUID(),
  });
  const question = await one<{ id: string; candidate_id: string; other_id: string }>(
    'select id, candidate_id, other_id from web_portal.identity_questions where $1 in (candidate_id, other_id)',
    [merged.candidate],
  );
  const told = await toldWhile(async () => {
    const page = await officer.get(`/web-portal/identity/${question.id}`);
    const answer = await officer.post(`/web-portal/identity/${question.id}`, {
      decision: question.candidate_id === kept.candidate ? 'keep_entered' : 'keep_known',
      reason: 'Both passports were seen by the officer',
      seen: /name="seen" value="([^"]*)"/.exec(page.text)?.[1] ?? '',
      submissionId: randomUUID(),
    });
    assert.equal(answer.status, 303, answer.text.slice(0, 2000));
  });
  assert.deepEqual(lines(told), ['04417 candidate.merged']);
  assert.equal(told[0]?.data.candidateId, kept.candidate);
  assert.equal(told[0]?.data.formerCandidateNumber, number);
  // A program that asks by the former id is led to the record that stays.
  const client = await clientOf(app, await makeKey(app));
  assert.equal((await client.call('readCandidate', { candidateId: merged.candidate })).body.id, kept.candidate);
});

test('ten thousand events are one statement for each address, and nothing where there is none', async (t) => {
  const { id } = await one<{ id: string }>("select id from accounts.organisations where number = '04417'");
  const many = Array.from({ length: 10_000 }, () => ({
    registrationId: randomUUID(),
    candidateId: randomUUID(),
    candidateNumber: '48200000',
    productCode: 'ARH',
    programmeStart: today(),
    late: false,
  }));
  const began = performance.now();
  await assert.rejects(
    app.services.database.write(SYSTEM, async (writer) => {
      await tellWebhooks(writer, id, 'registration.made', many);
      const [{ count }] = (await writer.db
        .selectFrom('web_portal.webhook_deliveries')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('made_at', '=', writer.now)
        .execute()) as [{ count: number }];
      // Two addresses of the centre: the one of this file, and the demonstration's.
      assert.equal(Number(count), 20_000);
      throw new Error('only measured');
    }),
    /only measured/,
  );
  t.diagnostic(`${Math.round(performance.now() - began)} ms for 20,000 deliveries`);
});
