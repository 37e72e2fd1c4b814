/** What a key opens and what it does not: another centre, another scope, another day, another way in. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ask, clientOf, makeKey } from '#test/api-client.ts';
import { DEMO_PASSWORD, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { tellOfExpiry } from './keys/tell-expiry.ts';
import { sweepAnswers } from './requests/once.ts';

const DAY = 86_400_000;
const clock = new SetClock(new Date('2026-11-25T10:00:00Z'));
let app: TestApplication;
before(async () => {
  app = await startTestApplication({ clock });
});
after(() => app.close());

const rows = <Row>(text: string, values: unknown[] = []) =>
  asSuperuser(app.database.url, async (database) => (await database.query(text, values)).rows as Row[]);
const withKey = (key: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${key}`, ...more },
});

test('a key is shown once and stored as a hash; only a coordinator makes one', async () => {
  const key = await makeKey(app, { name: 'Shown once' });
  const stored = await rows<{ line: string; token_hash: Buffer }>(
    "select k::text as line, token_hash from web_portal.api_keys k where name = 'Shown once'",
  );
  assert.equal(stored.length, 1);
  assert.ok(!stored[0]?.line.includes(key.slice(13)), 'the key stands in the database');
  assert.deepEqual(stored[0]?.token_hash, createHash('sha256').update(key).digest());
  const coordinator = await app.logIn('coordinator');
  const list = await coordinator.get('/web-portal/api');
  assert.ok(list.text.includes(key.slice(0, 12)) && !list.text.includes(key));
  const again = await coordinator.post('/web-portal/api/keys/make', {
    name: 'shown ONCE',
    scopes: 'products:read',
    days: '30',
  });
  assert.equal(again.status, 422);
  assert.match(again.text, /Another key has this name/);
  const empty = await coordinator.post('/web-portal/api/keys/make', { name: '', days: '9999' });
  assert.equal(empty.status, 422);
  assert.match(empty.text, /Name the system[\s\S]*Choose what the key may do[\s\S]*Choose how long/);
  for (const username of ['administrator', 'assessor', 'officer'])
    assert.equal((await (await app.logIn(username)).get('/web-portal/api')).status, 403, username);
  const [event] = await rows<{ payload: { name: string } }>(
    "select payload from platform.audit_events where kind = 'web-portal.api-key-made' and payload->>'name' = 'Shown once'",
  );
  assert.ok(event && !JSON.stringify(event.payload).includes(key));
});

test('a key of centre 2 sees nothing of centre 1', async () => {
  const first = await clientOf(app, await makeKey(app));
  const second = await clientOf(app, await makeKey(app, { username: 'coordinator2' }));
  const candidates = (await first.call('listCandidates', { limit: 100 })).body.items as {
    id: string;
    candidateNumber: string;
  }[];
  const registrations = (await first.call('listRegistrations', { limit: 100 })).body.items as { id: string }[];
  assert.ok(candidates.length > 20 && registrations.length > 20);
  const others = JSON.stringify([
    (await second.call('listCandidates', { limit: 100 })).body,
    (await second.call('listRegistrations', { limit: 100 })).body,
  ]);
  for (const { id, candidateNumber } of candidates)
    assert.ok(!others.includes(id) && !others.includes(candidateNumber));
  const candidateId = candidates[0]?.id as string;
  const foreign = [
    await second.call('readCandidate', { candidateId }),
    await second.call('readRegistration', { registrationId: registrations[0]?.id as string }),
    await second.call(
      'registerFurther',
      { candidateId, 'Idempotency-Key': randomUUID() },
      {
        productId: (await second.call('listProducts')).body.items[0]?.id ?? randomUUID(),
        programmeStart: '2026-11-20',
      },
    ),
  ];
  for (const answer of foreign) {
    assert.equal(answer.status, 404);
    assert.match(answer.body.type, /#problem-not-found$/);
  }
  const coordinator2 = await app.logIn('coordinator2');
  const [own] = await rows<{ id: string }>(
    "select k.id from web_portal.api_keys k join accounts.organisations o on o.id = k.centre_id where o.number = '04417' limit 1",
  );
  assert.equal((await coordinator2.get(`/web-portal/api/keys/${own?.id}/revoke`)).status, 404);
  assert.equal((await coordinator2.post(`/web-portal/api/keys/${own?.id}/revoke`, { reason: 'Not mine' })).status, 404);
});

test('no key, a wrong one, a session: 401; a scope too few: 403', async () => {
  const coordinator = await app.logIn('coordinator');
  const cookie = [...coordinator.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const wrong = `imi_abcdefgh_${'x'.repeat(43)}`;
  for (const headers of [{}, { cookie }, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${wrong}` }]) {
    const answer = await ask(app, '/api/v1/products', { headers: headers as Record<string, string> });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    assert.match(answer.body.type, /#problem-no-key$/);
  }
  const reader = await clientOf(app, await makeKey(app, { scopes: ['candidates:read'] }));
  assert.equal((await reader.call('listCandidates')).status, 200);
  const refused = await reader.call('listRegistrations');
  assert.equal(refused.status, 403);
  assert.equal(refused.body.scope, 'registrations:read');
  assert.equal((await reader.call('registerCandidate', { 'Idempotency-Key': 'x' }, {})).status, 403);
});

test('a key opens no page, and an unknown address is a problem', async () => {
  const key = await makeKey(app);
  const page = await ask(app, '/web-portal/candidates', withKey(key));
  assert.equal(page.status, 303);
  const nowhere = await ask(app, '/api/v1/learners', withKey(key));
  assert.equal(nowhere.status, 404);
  assert.match(nowhere.headers.get('content-type') ?? '', /^application\/problem\+json/);
});

test('a revoked key and an expired one are refused from the next request on; last use is shown', async () => {
  const key = await makeKey(app, { name: 'Revoked soon', days: '30' });
  assert.equal((await ask(app, '/api/v1/products', withKey(key))).status, 200);
  const coordinator = await app.logIn('coordinator');
  assert.match((await coordinator.get('/web-portal/api?q=revoked+soon')).text, /from 127\.0\.0\.1/);
  const [stored] = await rows<{ id: string }>("select id from web_portal.api_keys where name = 'Revoked soon'");
  const at = `/web-portal/api/keys/${stored?.id}/revoke`;
  assert.equal((await coordinator.post(at, { reason: '' })).status, 422);
  assert.equal((await coordinator.post(at, { reason: 'The supplier changed' })).status, 303);
  const refused = await ask(app, '/api/v1/products', withKey(key));
  assert.equal(refused.status, 401);
  assert.match(refused.body.detail, /revoked/);
  assert.equal((await coordinator.get(at)).status, 404);
  const exported = await coordinator.get('/web-portal/api/export?state=revoked');
  assert.match(exported.text, /Revoked soon.*The supplier changed/);

  const short = await makeKey(app, { days: '30' });
  clock.advance(30 * DAY - 1);
  assert.equal((await ask(app, '/api/v1/products', withKey(short))).status, 200);
  clock.advance(1);
  const expired = await ask(app, '/api/v1/products', withKey(short));
  clock.advance(-30 * DAY);
  assert.equal(expired.status, 401);
  assert.match(expired.body.detail, /expired on 2026-12-25/);
});

test('what is stopped on the pages is stopped for keys, with the same sentence', async () => {
  const client = await clientOf(app, await makeKey(app));
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const officer = await app.logIn('officer');
  const stopped = await officer.post('/centres-hub/approvals/switches/off?centre=04417', {
    capability: 'register',
    productId: product.id,
    reason: 'Sanction of the week',
  });
  assert.equal(stopped.status, 303, stopped.text.slice(0, 400));
  const answer = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': randomUUID() },
    {
      candidate: { givenNames: 'Ottoline', familyName: 'Wrenfield', birthDate: '1971-02-03', ulnAbsentReason: 'None' },
      registration: { productId: product.id, programmeStart: '2026-11-20' },
    },
  );
  assert.equal(answer.status, 422);
  assert.equal(answer.body.errors[0].pointer, '/registration/productId');
  const listed = (await client.call('listProducts', { open: 'false' })).body.items;
  const { whyNot } = listed.find((one: { id: string }) => one.id === product.id);
  assert.equal(answer.body.errors[0].detail, `${product.title}: ${whyNot}`);
});

test('a key opens nothing while whoever made it is suspended, and its list says why', async () => {
  const key = await makeKey(app, { username: 'coordinator2', name: 'Of somebody suspended' });
  const status = (to: string) =>
    rows(
      "update accounts.people p set status = $1 from accounts.credentials c where c.person_id = p.id and c.username = 'coordinator2'",
      [to],
    );
  const asked = () => ask(app, '/api/v1/products', withKey(key));
  assert.equal((await asked()).status, 200);
  const coordinator2 = await app.logIn('coordinator2');
  await status('suspended');
  const refused = await asked();
  assert.equal(refused.status, 401);
  assert.match(refused.body.detail, /is suspended/);
  await status('active');
  assert.equal((await asked()).status, 200);
  assert.match((await coordinator2.get('/web-portal/api?q=somebody+suspended')).text, /Of somebody suspended/);
});

test('a withdrawn centre still reads, and registers nobody', async () => {
  const client = await clientOf(app, await makeKey(app, { username: 'coordinator2' }));
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const status = (to: string) =>
    rows(
      "update centres_hub.centres c set status = $1 from accounts.organisations o where o.id = c.id and o.number = '04426'",
      [to],
    );
  await status('withdrawn');
  assert.deepEqual((await client.call('listProducts', { open: 'true' })).body.items, []);
  const answer = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': randomUUID() },
    {
      candidate: { givenNames: 'Late', familyName: 'Comerton', birthDate: '1971-02-03', ulnAbsentReason: 'None' },
      registration: { productId: product.id, programmeStart: '2026-11-20' },
    },
  );
  await status('approved');
  assert.equal(answer.status, 422);
  assert.match(answer.body.errors[0].detail, /withdrawn/);
});

test('whoever tries keys that do not work is slowed down by address, and a key that works is not', async () => {
  const key = await makeKey(app);
  const guess = () =>
    ask(app, '/api/v1/products', withKey(`imi_abcdefgh_${randomUUID().replaceAll('-', '')}${'x'.repeat(11)}`));
  let answer = await guess();
  for (let tries = 1; answer.status === 401 && tries < 70; tries++) answer = await guess();
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.equal((await ask(app, '/api/v1/products', withKey(key))).status, 200);
});

test('a body that is too large, no JSON, or of another kind is refused as such', async () => {
  const key = await makeKey(app);
  const send = (body: unknown, type = 'application/json') =>
    ask(app, '/api/v1/registrations', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': randomUUID(), 'content-type': type },
      body,
    });
  assert.equal((await send('{"a":')).status, 400);
  assert.equal((await send({}, 'text/plain')).status, 415);
  assert.equal((await send(JSON.stringify({ a: 'x'.repeat(70_000) }))).status, 413);
});

test('a key that asks too often waits as long as it is told', async () => {
  const key = await makeKey(app);
  let answer = await ask(app, '/api/v1/products', withKey(key));
  for (let tries = 1; answer.status === 200 && tries < 130; tries++)
    answer = await ask(app, '/api/v1/products', withKey(key));
  assert.equal(answer.status, 429);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
});

test('of a key that expires soon the coordinators are told once; what was answered is forgotten after a day', async () => {
  const key = await makeKey(app, { name: 'Expires unseen', days: '30' });
  const told = () =>
    rows<{ subject: string }>(
      `select n.subject from platform.notifications n join accounts.credentials c on c.person_id = n.person_id
       where n.kind = 'web-portal.key-expires' and c.username = 'coordinator' and n.subject like '%Expires unseen%'`,
    );
  await tellOfExpiry(app.services);
  assert.deepEqual(await told(), []);
  clock.advance(16 * DAY);
  await tellOfExpiry(app.services);
  await tellOfExpiry(app.services);
  assert.deepEqual(await told(), [{ subject: 'The key Expires unseen expires on 25 December 2026' }]);
  const client = await clientOf(app, key);
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const again = { 'Idempotency-Key': 'kept-a-day' };
  const body = {
    candidate: { givenNames: 'Ottoline', familyName: 'Dayfly', birthDate: '1971-02-03', ulnAbsentReason: 'None' },
    registration: { productId: product.id, programmeStart: '2026-11-20' },
  };
  assert.equal((await client.call('registerCandidate', again, body)).status, 201);
  clock.advance(DAY - 1);
  await sweepAnswers(app.services);
  assert.equal((await client.call('registerCandidate', again, body)).headers.get('idempotency-replayed'), 'true');
  clock.advance(2);
  await sweepAnswers(app.services);
  // By now it is another request: somebody of these details is known.
  assert.equal((await client.call('registerCandidate', again, body)).status, 409);
  clock.advance(-17 * DAY - 1);
});

test('who has been logged in for a while gives the password again before a key is made, and what was typed stays', async () => {
  const coordinator = await app.logIn('coordinator');
  // At work all the time, so that the session does not end.
  const later = async () => {
    for (const minutes of [8, 8]) {
      clock.advance(minutes * 60_000);
      await coordinator.get('/web-portal/api');
    }
  };
  await later();
  for (const path of ['/web-portal/api/keys/make', '/web-portal/api/webhooks/add']) {
    assert.equal((await coordinator.get(path)).location, `/confirm-it-is-you?next=${encodeURIComponent(path)}`);
    const sent = await coordinator.post(path, { name: 'Typed before', url: 'https://records.example/', days: '30' });
    assert.match(sent.location ?? '', /^\/confirm-it-is-you\?next=/);
    await coordinator.post(sent.location as string, { password: DEMO_PASSWORD });
    const back = new URL(sent.location as string, app.url).searchParams.get('next') as string;
    assert.match((await coordinator.get(back)).text, /value="(?:Typed before|https:\/\/records\.example\/)"/);
    await later();
  }
  assert.equal((await rows("select from web_portal.api_keys where name = 'Typed before'")).length, 0);
  clock.advance(-48 * 60_000);
});
