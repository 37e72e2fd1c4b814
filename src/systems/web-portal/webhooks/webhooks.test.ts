/** Events reach the systems of a centre: with the event or not at all, signed, tried again for two days, then given up. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { clientOf, makeKey } from '#test/api-client.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { deliverWebhooks } from './deliver.ts';
import { sweepDeliveries } from './sweep.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const MINUTE = 60_000;
const clock = new SetClock(new Date('2026-11-25T10:00:00Z'));
const received: Received[] = [];
/** What the receiver answers, one for each request; 204 when the list is empty. */
const answers: number[] = [];
let receiver: Server;
let url: string;
let app: TestApplication;
let coordinator: PlainBrowser;
before(async () => {
  receiver = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      const status = answers.shift() ?? 204;
      answer.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
  app = await startTestApplication({ clock, env: { WEBHOOK_TARGETS: 'any' } });
  coordinator = await app.logIn('coordinator');
});
after(async () => {
  await app.close();
  receiver.close();
});

interface Line {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly failures: number;
  readonly next_attempt_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly body: string;
}
const lines = (): Promise<Line[]> =>
  asSuperuser(app.database.url, async (database) => {
    const { rows } = await database.query(
      'select d.* from web_portal.webhook_deliveries d join web_portal.webhooks w on w.id = d.webhook_id where w.url like $1 order by d.id',
      [`${url}%`],
    );
    return rows;
  });
const last = async () => (await lines()).at(-1) as Line;

/** Until the latest delivery has had so many attempts; the job may be at it too. */
async function attempted(times: number): Promise<Line> {
  let line = await last();
  while (line.attempts < times) {
    await deliverWebhooks(app.services);
    line = await last();
  }
  return line;
}

async function addWebhook(path: string, events: string[]): Promise<{ id: string; secret: string }> {
  const { text } = await coordinator.post('/web-portal/api/webhooks/add', { url: `${url}${path}`, events });
  const [secret] = /whsec_[\w+/]+=*/.exec(text) ?? assert.fail(text.slice(0, 800));
  const [row] = await asSuperuser(
    app.database.url,
    async (database) =>
      (await database.query('select id from web_portal.webhooks where url = $1', [`${url}${path}`])).rows,
  );
  return { id: row.id, secret };
}
async function endWebhook(id: string): Promise<void> {
  assert.equal(
    (await coordinator.post(`/web-portal/api/webhooks/${id}/end`, { reason: 'The system was replaced' })).status,
    303,
  );
}

test('a registration is told of, signed, without anything that names a person', async () => {
  const { id, secret } = await addWebhook('/made', ['registration.made']);
  const client = await clientOf(app, await makeKey(app));
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const made = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': 'webhook-1' },
    {
      candidate: { givenNames: 'Perpetua', familyName: 'Quillfeather', birthDate: '1981-04-05', uln: '3000000002' },
      registration: { productId: product.id, programmeStart: '2026-11-20' },
    },
  );
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const line = await attempted(1);
  assert.equal(line.state, 'delivered');
  const [message] = received.splice(0);
  assert.ok(message);
  const { headers, body } = message;
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  assert.equal(headers['webhook-id'], line.id);
  assert.equal(Number(headers['webhook-timestamp']), clock.now().getTime() / 1000);
  assert.equal(headers['content-type'], 'application/json');
  const { type, data } = JSON.parse(body);
  assert.equal(type, 'registration.made');
  assert.equal(data.registrationId, made.body.id);
  assert.equal(data.candidateNumber, made.body.candidateNumber);
  assert.doesNotMatch(body, /Perpetua|Quillfeather|1981|3000000002/);
  await endWebhook(id);
});

test('what is refused is told to nobody', async () => {
  const { id } = await addWebhook('/refused', ['registration.made']);
  const before = (await lines()).length;
  const client = await clientOf(app, await makeKey(app));
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const refused = await client.call(
    'registerCandidate',
    { 'Idempotency-Key': 'webhook-2' },
    {
      candidate: { givenNames: 'Perpetua', familyName: 'Quillfeather', birthDate: '1981-04-05', uln: '3000000002' },
      registration: { productId: product.id, programmeStart: '2026-11-20' },
    },
  );
  assert.equal(refused.status, 409);
  assert.equal((await lines()).length, before);
  await endWebhook(id);
});

test('an address that fails is tried again after growing delays, and the same text with a new signature', async () => {
  const { id } = await addWebhook('/fails-first', ['registration.made']);
  answers.push(500, 302);
  received.splice(0);
  assert.equal((await coordinator.post(`/web-portal/api/webhooks/${id}/ping`)).status, 303);
  const first = await attempted(1);
  assert.deepEqual([first.state, first.last_status, first.failures], ['waiting', 500, 1]);
  assert.equal(first.next_attempt_at?.getTime(), clock.now().getTime() + MINUTE);
  clock.advance(MINUTE - 1);
  assert.equal(await deliverWebhooks(app.services), 0, 'nothing is due yet');
  clock.advance(1);
  const second = await attempted(2);
  assert.equal(second.last_status, 302);
  assert.match(second.last_error ?? '', /leads elsewhere/);
  assert.equal(second.next_attempt_at?.getTime(), clock.now().getTime() + 5 * MINUTE);
  clock.advance(5 * MINUTE);
  const third = await attempted(3);
  assert.deepEqual([third.state, third.last_status, third.next_attempt_at], ['delivered', 204, null]);
  assert.equal(received.length, 3, 'the redirect was followed');
  assert.equal(new Set(received.map(({ body }) => body)).size, 1);
  assert.equal(new Set(received.map(({ headers }) => headers['webhook-id'])).size, 1);
  assert.equal(new Set(received.map(({ headers }) => headers['webhook-signature'])).size, 3);
  await endWebhook(id);
});

test('after two days it is given up, the coordinator is told once, and can send it again by hand', async () => {
  const { id } = await addWebhook('/never', ['registration.made']);
  answers.push(...Array.from({ length: 16 }, () => 503));
  await coordinator.post(`/web-portal/api/webhooks/${id}/ping`);
  await coordinator.post(`/web-portal/api/webhooks/${id}/ping`);
  const begun = clock.now().getTime();
  const open = async () => (await lines()).filter(({ state }) => state === 'waiting');
  for (let waiting = await open(); waiting.length > 0; waiting = await open()) {
    const due = Math.min(...waiting.map((one) => (one.next_attempt_at as Date).getTime()));
    if (due > clock.now().getTime()) clock.advance(due - clock.now().getTime());
    await deliverWebhooks(app.services);
  }
  const days = (clock.now().getTime() - begun) / (24 * 60 * MINUTE);
  assert.ok(days > 1.9 && days < 2.1, `${days} days`);
  const given = await last();
  assert.deepEqual([given.state, given.attempts], ['given_up', 8]);
  const told = await asSuperuser(
    app.database.url,
    async (database) =>
      (
        await database.query(
          "select n.body, count(*) over () as count from platform.notifications n join accounts.credentials c on c.person_id = n.person_id where n.kind = 'web-portal.delivery-given-up' and c.username = 'coordinator' and n.body like '%/never%'",
        )
      ).rows,
  );
  assert.equal(told.length, 1);
  assert.match(told[0].body, /could not be delivered within two days/);

  coordinator = await app.logIn('coordinator');
  const list = await coordinator.get('/web-portal/api/deliveries?state=given_up');
  assert.ok(list.text.includes(`/web-portal/api/deliveries/${given.id}`));
  assert.match(
    (await coordinator.get('/web-portal/api/deliveries/export?state=given_up')).text,
    /503: It was not accepted/,
  );
  answers.splice(0);
  const retried = await coordinator.post(`/web-portal/api/deliveries/${given.id}`);
  assert.equal(retried.location, `/web-portal/api/deliveries/${given.id}?done=retried`);
  const again = await attempted(9);
  assert.equal(again.state, 'delivered');
  await endWebhook(id);
});

test('an address with hundreds of events that takes none keeps no other address waiting', async () => {
  const slow = await addWebhook('/slow', ['registration.made']);
  // Nothing listens at port 9.
  await asSuperuser(app.database.url, (database) =>
    database.query(
      `with moved as (update web_portal.webhooks set url = 'http://127.0.0.1:9/slow' where id = $1 returning id, centre_id)
       insert into web_portal.webhook_deliveries (webhook_id, centre_id, event, body, made_at, next_attempt_at)
       select id, centre_id, 'registration.made', '{}', $2::timestamptz, $2::timestamptz - interval '1 hour' from moved, generate_series(1, 300)`,
      [slow.id, clock.now()],
    ),
  );
  const { id } = await addWebhook('/quick', ['registration.made']);
  await coordinator.post(`/web-portal/api/webhooks/${id}/ping`);
  await deliverWebhooks(app.services);
  assert.equal((await attempted(1)).state, 'delivered');
  const failed = await asSuperuser(
    app.database.url,
    async (database) =>
      (
        await database.query(
          'select count(*) filter (where attempts > 0)::int as tried from web_portal.webhook_deliveries where webhook_id = $1',
          [slow.id],
        )
      ).rows[0].tried,
  );
  assert.ok(failed > 0 && failed < 20, `${failed} tries at an address that takes nothing`);
  await endWebhook(id);
  await endWebhook(slow.id);
});

test('a secret that cannot be read is a failure of that address alone, and old deliveries are forgotten', async () => {
  const lost = await addWebhook('/lost', ['registration.made']);
  const { id } = await addWebhook('/kept', ['registration.made']);
  await asSuperuser(app.database.url, (database) =>
    database.query("update web_portal.webhooks set secret = '\\x00' where id = $1", [lost.id]),
  );
  await coordinator.post(`/web-portal/api/webhooks/${lost.id}/ping`);
  await coordinator.post(`/web-portal/api/webhooks/${id}/ping`);
  assert.equal((await attempted(1)).state, 'delivered');
  const failed = (await lines()).at(-2) as Line;
  assert.match(failed.last_error ?? '', /secret cannot be read/);
  assert.equal(failed.state, 'waiting');
  const before = (await lines()).length;
  clock.advance(181 * 24 * 60 * MINUTE);
  await sweepDeliveries(app.services);
  assert.deepEqual(
    (await lines()).map(({ state }) => state),
    ['waiting'],
  );
  assert.ok(before > 1);
  clock.advance(-181 * 24 * 60 * MINUTE);
  for (const one of [id, lost.id]) await endWebhook(one);
});

test('an address that has ended is told of nothing more, and it is no matter of another centre', async () => {
  const { id } = await addWebhook('/ended', ['registration.made']);
  answers.push(500);
  await coordinator.post(`/web-portal/api/webhooks/${id}/ping`);
  const waiting = await attempted(1);
  const foreigner = await app.logIn('coordinator2');
  assert.equal((await foreigner.get(`/web-portal/api/deliveries/${waiting.id}`)).status, 404);
  assert.equal((await foreigner.post(`/web-portal/api/deliveries/${waiting.id}`)).status, 404);
  for (const act of ['end', 'ping'])
    assert.equal(
      (await foreigner.post(`/web-portal/api/webhooks/${id}/${act}`, { reason: 'It is not mine' })).status,
      404,
    );
  assert.ok(!(await foreigner.get('/web-portal/api/webhooks')).text.includes(url));
  await endWebhook(id);
  assert.equal((await last()).state, 'stopped');
  const refused = await coordinator.post(`/web-portal/api/deliveries/${waiting.id}`);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /The address has ended/);
});

test('a form with an address of no use is refused, and what was typed stays', async () => {
  const refused = await coordinator.post('/web-portal/api/webhooks/add', { url: 'ftp://files.example', events: [] });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /begins with https/);
  assert.match(refused.text, /Choose what it is told of/);
  assert.match(refused.text, /value="ftp:\/\/files\.example"/);
});
