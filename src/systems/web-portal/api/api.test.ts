/** Systems of training providers register through the API: by the document alone, once, by the rules of the page. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type ApiAnswer, ask, clientOf, type Given, makeKey } from '#test/api-client.ts';
import { SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';

const clock = new SetClock(new Date('2026-11-25T10:00:00Z'));
let app: TestApplication;
let key: string;
let client: Awaited<ReturnType<typeof clientOf>>;
before(async () => {
  app = await startTestApplication({ clock });
  key = await makeKey(app, { name: 'Workshop planner' });
  client = await clientOf(app, key);
});
after(() => app.close());

const rows = <Row>(text: string, values: unknown[] = []) =>
  asSuperuser(app.database.url, async (database) => (await database.query(text, values)).rows as Row[]);

let serial = 0;
/** A body of somebody whom nobody knows yet. */
function somebody(productId: string, changes: Record<string, unknown> = {}) {
  serial += 1;
  const letters = String.fromCharCode(97 + (serial % 26), 97 + Math.floor(serial / 26));
  return {
    candidate: {
      givenNames: 'Zebedee',
      familyName: `Quill${letters}`,
      birthDate: `19${60 + serial}-0${1 + (serial % 9)}-1${serial % 10}`,
      ulnAbsentReason: 'Not issued yet',
      ...changes,
    },
    registration: { productId, programmeStart: '2026-11-01' },
  };
}
async function openProduct(): Promise<string> {
  const { body } = await client.call('listProducts', { open: 'true' });
  return body.items[0].id;
}
const pointers = (answer: ApiAnswer) => answer.body.errors.map((one: { pointer: string }) => one.pointer).sort();

test('the main job, by a client that knows nothing but the document', async () => {
  const products = await client.call('listProducts', { open: 'true' });
  assert.equal(products.status, 200);
  assert.ok(products.body.items.length > 0 && products.body.items.every((one: { open: boolean }) => one.open));
  const [product] = products.body.items;

  const made = await client.call('registerCandidate', { 'Idempotency-Key': randomUUID() }, somebody(product.id));
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.headers.get('location'), `/api/v1/registrations/${made.body.id}`);
  assert.equal(made.body.state, 'active');
  assert.equal(made.body.productCode, product.code);
  assert.equal(made.body.daysUsed, 24);
  assert.match(made.body.candidateNumber, /^\d{8}$/);

  const back = await client.call('readRegistration', { registrationId: made.body.id });
  assert.deepEqual(back.body, made.body);
  const candidate = await client.call('readCandidate', { candidateId: made.body.candidateId });
  assert.equal(candidate.body.givenNames, 'Zebedee');
  assert.equal(candidate.body.ulnAbsentReason, 'Not issued yet');
  const list = await client.call('listRegistrations', { candidateId: made.body.candidateId });
  assert.deepEqual(
    list.body.items.map((one: { id: string }) => one.id),
    [made.body.id],
  );

  const further = products.body.items[1] ?? null;
  assert.ok(further, 'the centre has two open products');
  const given = { 'Idempotency-Key': randomUUID(), candidateId: made.body.candidateId };
  const programme = { productId: further.id, programmeStart: '2026-11-20', cohort: 'Autumn 2026' };
  const inWelsh = { ...given, 'Idempotency-Key': randomUUID() };
  const refused = await client.call('registerFurther', inWelsh, { ...programme, assessmentLanguage: 'cy' });
  assert.equal(refused.status, 422, 'the product is not offered in Welsh');
  assert.equal(refused.body.errors[0].pointer, '/assessmentLanguage');
  const second = await client.call('registerFurther', given, { ...programme, assessmentLanguage: 'en' });
  assert.equal(second.status, 201, JSON.stringify(second.body));
  assert.equal(second.body.candidateNumber, made.body.candidateNumber);
  assert.equal(second.body.assessmentLanguage, 'en');
  assert.equal(second.body.cohort, 'Autumn 2026');
});

test('every act is in the ledger with the name of the key, and no person', async () => {
  const made = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': randomUUID() },
    somebody(await openProduct()),
  );
  const [event] = await rows<{ person_id: string | null; payload: { byKey: { name: string } } }>(
    "select person_id, payload from platform.audit_events where kind = 'web-portal.candidate-registered' and subject_id = $1",
    [made.body.id],
  );
  assert.equal(event?.person_id, null);
  assert.equal(event?.payload.byKey.name, 'Workshop planner');
  const page = await (await app.logIn('coordinator')).get(`/web-portal/registrations/${made.body.id}`);
  assert.equal(page.status, 200);
});

test('what a form refuses is refused at the place in the body', async () => {
  const send = (body: unknown) => client.call('registerCandidate', { 'Idempotency-Key': randomUUID() }, body);
  const productId = await openProduct();
  const noForm = await send({ candidate: { givenNames: 'A', extra: 1 }, registration: { productId } });
  assert.equal(noForm.status, 422);
  assert.match(noForm.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.deepEqual(pointers(noForm), [
    '/candidate/birthDate',
    '/candidate/extra',
    '/candidate/familyName',
    '/registration/programmeStart',
  ]);
  const rules = await send(somebody(productId, { birthDate: '2030-01-01', uln: '1234567890', email: 'nowhere' }));
  assert.equal(rules.status, 422);
  assert.deepEqual(pointers(rules), ['/candidate/birthDate', '/candidate/email', '/candidate/uln']);
  assert.match(
    rules.body.errors.find((one: { pointer: string }) => one.pointer.endsWith('birthDate')).detail,
    /future/,
  );
  const nowhere = await send(somebody('0199aaaa-0000-7000-8000-000000000000'));
  assert.deepEqual(pointers(nowhere), ['/registration/productId']);
});

test('somebody who is known is asked about, and nobody is registered twice unseen', async () => {
  const productId = await openProduct();
  const body = somebody(productId);
  const first = await client.call('registerCandidate', { 'Idempotency-Key': randomUUID() }, body);
  const idempotencyKey = randomUUID();
  const asked = await client.call('registerCandidate', { 'Idempotency-Key': idempotencyKey }, body);
  assert.equal(asked.status, 409);
  assert.match(asked.body.type, /#problem-possible-match$/);
  const [match] = asked.body.matches;
  assert.equal(match.candidateId, first.body.candidateId);
  assert.equal(match.agrees, 'Same name and date of birth');
  const unseen = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': randomUUID() },
    { ...body, match: { is: 'another', shown: [] } },
  );
  assert.equal(unseen.status, 409, 'an answer about matches that were not shown does not count');
  const another = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': idempotencyKey },
    { ...body, match: { is: 'another', shown: [match.candidateId] } },
  );
  assert.equal(another.status, 201, 'what was refused left the Idempotency-Key free');
  assert.notEqual(another.body.candidateId, first.body.candidateId);
});

test('five at once under one Idempotency-Key register one candidate; another body is refused', async () => {
  const productId = await openProduct();
  const body = somebody(productId);
  const given = { 'Idempotency-Key': randomUUID() };
  const answers = await Promise.all(Array.from({ length: 5 }, () => client.call('registerCandidate', given, body)));
  const ids = new Set(answers.filter(({ status }) => status === 201).map((one) => one.body.id));
  assert.equal(ids.size, 1, JSON.stringify(answers.map(({ status }) => status)));
  for (const answer of answers)
    assert.ok(answer.status === 201 || /#problem-in-flight$/.test(answer.body.type), JSON.stringify(answer.body));
  const [count] = await rows<{ count: string }>('select count(*) from web_portal.candidates where family_name = $1', [
    body.candidate.familyName,
  ]);
  assert.equal(Number(count?.count), 1);
  const again = await client.call('registerCandidate', given, body);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal(again.body.id, [...ids][0]);
  const other = await client.call('registerCandidate', given, somebody(productId));
  assert.equal(other.status, 422);
  assert.match(other.body.type, /#problem-key-used-otherwise$/);
  const none = await ask(app, '/api/v1/registrations', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body,
  });
  assert.equal(none.status, 400);
  assert.equal(none.body.errors[0].parameter, 'Idempotency-Key');
});

test('lists come in parts that miss nothing and repeat nothing', async () => {
  const whole = await client.call('listCandidates', { limit: 100 });
  const ids: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const given: Given = after ? { limit: 7, after } : { limit: 7 };
    const part: ApiAnswer = await client.call('listCandidates', given);
    assert.ok(part.body.items.length <= 7);
    ids.push(...part.body.items.map((one: { id: string }) => one.id));
    after = part.body.next;
  }
  assert.deepEqual(
    ids.slice(0, whole.body.items.length),
    whole.body.items.map((one: { id: string }) => one.id),
  );
  assert.ok(ids.length > 30 && new Set(ids).size === ids.length);
  assert.ok(!('birthDate' in whole.body.items[0]) && !('uln' in whole.body.items[0]));
  const withdrawn = await client.call('listRegistrations', { state: 'withdrawn' });
  assert.ok(withdrawn.body.items.length > 0);
  assert.ok(withdrawn.body.items.every((one: { state: string }) => one.state === 'withdrawn'));
  const wrong: Given[] = [{ limit: 0 }, { limit: 1000 }, { after: 'nonsense' }];
  for (const given of wrong)
    assert.equal((await client.call('listCandidates', given)).status, 400, JSON.stringify(given));
  const unknown = await ask(app, '/api/v1/candidates?page=2', { headers: { authorization: `Bearer ${key}` } });
  assert.equal(unknown.body.errors[0].parameter, 'page');
});

test('the document describes every address of the API, and every address asks for a key', async () => {
  const { document } = client;
  assert.equal(document.openapi, '3.1.0');
  const described = Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} /api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    .sort();
  const routes = app.routeTable.filter(({ url }) => url.startsWith('/api/v1/') && !url.endsWith('*'));
  const open = ['GET /api/v1/openapi.json', 'GET /api/v1/reference'];
  const asked = routes.map(({ method, url }) => `${method} ${url}`).filter((line) => !open.includes(line));
  assert.deepEqual(asked.sort(), described);
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) {
      const answer = await ask(app, `/api/v1${path.replace(/\{\w+\}/g, randomUUID())}`, {
        method: method.toUpperCase(),
      });
      assert.equal(answer.status, 401, path);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.equal(answer.headers.get('set-cookie'), null);
    }
  const names = Object.keys(document.components.schemas);
  for (const [, name] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    assert.ok(names.includes(name as string), `${name} is not in the document`);
  const page = await app.browser().get('/api/v1/reference');
  assert.equal(page.status, 200);
  for (const methods of Object.values(document.paths))
    for (const { operationId } of Object.values(methods))
      assert.ok(page.text.includes(`id="${operationId}"`), operationId);
});
