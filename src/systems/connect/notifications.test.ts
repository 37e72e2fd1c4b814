/** Notifications from the act to the page and the mail: ways, digests that are never doubled, links. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { mailDigests, mailNotifications } from './deliver-notifications/deliver.ts';

const clock = new SetClock('2026-07-01T10:00:00Z');
const HOUR = 3_600_000;
let app: TestApplication;
let coordinator: PlainBrowser;
let officer: PlainBrowser;
before(async () => {
  app = await startTestApplication({ clock });
  coordinator = await app.logIn('coordinator');
  officer = await app.logIn('officer');
});
after(() => app.close());

const rows = async <Row>(statement: string, values: unknown[] = []) =>
  (await asSuperuser(app.database.url, (db) => db.query(statement, values))).rows as Row[];
const personId = async (username: string) =>
  (await rows<{ id: string }>('select person_id as id from accounts.credentials where username = $1', [username]))[0]
    ?.id as string;
const mailsTo = async (username: string, kind: string) =>
  rows<{ subject: string; body: string }>(
    'select subject, body from platform.mails where person_id = $1 and kind = $2 order by id',
    [await personId(username), kind],
  );

/** The officer stops something at the first centre: a notification of a kind whose way can be chosen. */
async function stop(capability: string): Promise<void> {
  const answer = await officer.post('/centres-hub/approvals/switches/off?centre=04417', {
    capability,
    productId: 'all',
    reason: `Stopped for ${capability}`,
  });
  assert.equal(answer.status, 303, answer.text);
}
const STOPPED = 'centres-hub.capability-switched-off';

test('an act tells the people whom it concerns, in its transaction, and not whoever acts', async () => {
  await stop('claim');
  const told = await rows<{ username: string; way: string }>(
    `select c.username, t.way from platform.notifications t join accounts.credentials c on c.person_id = t.person_id where t.kind = $1 order by 1`,
    [STOPPED],
  );
  assert.deepEqual(told, [
    { username: 'administrator', way: 'both' },
    { username: 'coordinator', way: 'both' },
    // Who has roles at several places is told as a coordinator of this one.
    { username: 'several', way: 'both' },
  ]);
  const page = (await coordinator.get('/notifications')).text;
  assert.match(page, /Stopped: claim certificates/);
  assert.match(page, /Stopped for claim/);
  // The centre is told of nothing that did not happen.
  const failed = app.services.database.write(SYSTEM, async (writer) => {
    const { noticeReminder } = await import('./notifications/notification-kinds.ts');
    const ids = [await personId('coordinator')];
    await writer.notify({ kind: noticeReminder, personIds: ids, subject: 'Never', body: 'Never', href: '/home' });
    throw new Error('no');
  });
  await assert.rejects(failed);
  assert.doesNotMatch((await coordinator.get('/notifications')).text, /Never/);
});

test('a mail goes out once, however often and by however many it is begun', async () => {
  await Promise.all([1, 2, 3].map(() => mailNotifications(app.services)));
  await mailNotifications(app.services);
  const mails = await mailsTo('coordinator', STOPPED);
  assert.equal(mails.length, 1);
  assert.match(mails[0]?.body ?? '', /for Northgate Motor Training \(centre 04417\)/);
});

test('the ways are chosen in a table that works without script; security is fixed', async () => {
  const page = (await coordinator.get('/notifications/preferences')).text;
  assert.match(page, /cannot be switched off/);
  assert.doesNotMatch(page, /name="way.accounts.pin-guesses"/);
  assert.doesNotMatch(page, /Your certificate is issued/, 'a kind for candidates');
  const saved = await coordinator.post('/notifications/preferences', {
    [`way.${STOPPED}`]: 'page',
    'way.accounts.pin-guesses': 'page',
    'way.certificates.issued': 'nonsense',
  });
  assert.equal(saved.location, '/notifications/preferences?done=saved');
  const chosen = await rows('select kind, way from platform.notification_ways');
  assert.deepEqual(chosen, [{ kind: STOPPED, way: 'page' }]);
  await stop('sit');
  await mailNotifications(app.services);
  assert.equal((await mailsTo('coordinator', STOPPED)).length, 1, 'in the page alone');
  assert.equal((await mailsTo('administrator', STOPPED)).length, 2);

  await coordinator.post('/notifications/preferences', { [`way.${STOPPED}`]: 'mail' });
  const unread = /(\d+) unread/.exec((await coordinator.get('/notifications')).text)?.[1];
  await stop('register');
  await mailNotifications(app.services);
  assert.equal((await mailsTo('coordinator', STOPPED)).length, 2);
  assert.equal(
    /(\d+) unread/.exec((await coordinator.get('/notifications')).text)?.[1],
    unread,
    'by mail alone is not unread in the page',
  );
});

test('a digest is written once a morning, tells what is unread, and survives being begun again', async () => {
  await rows("update platform.notifications set digest_day = '2000-01-01' where way = 'digest'");
  await coordinator.post('/notifications/preferences', { [`way.${STOPPED}`]: 'digest' });
  await rows(
    'update centres_hub.capability_switches set switched_on_at = now(), switched_on_reason = $1 where switched_on_at is null',
    ['x'],
  );
  await stop('claim');
  await stop('sit');
  const digests = () => mailsTo('coordinator', 'connect.digest');
  assert.equal(await mailDigests(app.services), 0, 'not before the morning');
  const list = (await coordinator.get(`/notifications?show=unread&kind=${STOPPED}`)).text;
  const read = /\/notifications\/([0-9a-f-]{36})"/.exec(list)?.[1];
  assert.equal((await coordinator.get(`/notifications/${read}`)).location, '/centres-hub/approvals');

  clock.advance(21 * HOUR);
  // A step that fails after the mail leaves nothing: no mail, no day, nothing told.
  await rows(
    `create function platform.break_digest() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`,
  );
  await rows(
    "create trigger break_digest before insert on platform.mails for each row when (new.kind = 'connect.digest') execute function platform.break_digest()",
  );
  await assert.rejects(mailDigests(app.services), /killed/);
  assert.equal((await rows("select 1 from platform.digests where day = '2026-07-02'")).length, 0);
  await rows('drop trigger break_digest on platform.mails');
  await Promise.all([1, 2, 3].map(() => mailDigests(app.services)));
  await mailDigests(app.services);
  const [mail, ...more] = await digests();
  assert.deepEqual(more, [], 'never twice');
  assert.match(mail?.subject ?? '', /1 notification, 2 July 2026/);
  assert.match(mail?.body ?? '', /Because you are a coordinator or administrator of the centre, for Northgate/);

  officer = await app.logIn('officer');
  await stop('register');
  await mailDigests(app.services);
  assert.equal((await digests()).length, 1, 'what happens after seven waits for the next morning');
  clock.advance(24 * HOUR);
  await mailDigests(app.services);
  assert.equal((await digests()).length, 2);
});

test('without an address everything stays in the page', async () => {
  await rows('update accounts.people set email = null, email_confirmed_at = null where id = $1', [
    await personId('administrator'),
  ]);
  await rows(
    'update centres_hub.capability_switches set switched_on_at = now(), switched_on_reason = $1 where switched_on_at is null',
    ['x'],
  );
  officer = await app.logIn('officer');
  await stop('claim_direct');
  await mailNotifications(app.services);
  const [last] = await rows<{ way: string; unread: boolean }>(
    'select way, read_at is null as unread from platform.notifications where person_id = $1 and kind = $2 order by at desc, id desc limit 1',
    [await personId('administrator'), STOPPED],
  );
  assert.deepEqual(last, { way: 'page', unread: true });
});

test('the link of a mail leads through the log-in, belongs to one person, and offers the right organisation', async () => {
  const id = await personId('coordinator');
  const [own] = await rows<{ id: string; organisation_id: string }>(
    'select id, organisation_id from platform.notifications where person_id = $1 and kind = $2 limit 1',
    [id, STOPPED],
  );
  const link = `/notifications/${own?.id}`;
  const stranger = app.browser();
  const asked = await stranger.get(link);
  assert.equal(asked.location, `/login?next=${encodeURIComponent(link)}`);
  const entered = await stranger.post(asked.location as string, {
    username: 'coordinator',
    password: 'Motor-Trade-Demo-2026',
  });
  assert.equal(entered.location, link);
  assert.equal((await stranger.get(link)).location, '/centres-hub/approvals');
  for (const name of ['coordinator2', 'administrator', 'officer'])
    assert.equal((await (await app.logIn(name)).get(link)).status, 404, name);

  // The same person coordinates the second centre as well and acts for it now.
  await rows(
    `insert into accounts.memberships (person_id, organisation_id, role) select $1, id, 'coordinator' from accounts.organisations where number = '04426'`,
    [id],
  );
  await rows(
    `insert into accounts.pins (person_id, organisation_id, ciphertext, lookup, activated_at) select $1, id, '\\x00', '\\x0102', now() from accounts.organisations where number = '04426'`,
    [id],
  );
  const [second] = await rows<{ id: string }>("select id from accounts.organisations where number = '04426'");
  await stranger.post('/act-for', { organisationId: second?.id as string });
  const offer = await stranger.get(link);
  assert.match(offer.text, /You act for Severnside Vehicle Academy now/);
  assert.match(offer.text, /Act for Northgate Motor Training and open it/);
  const switched = await stranger.post('/act-for', {
    organisationId: own?.organisation_id as string,
    next: '/centres-hub/approvals',
  });
  assert.equal(switched.location, '/centres-hub/approvals');
  assert.equal(
    (await stranger.post('/act-for', { organisationId: second?.id as string, next: 'https://evil.example/' })).location,
    '/home',
  );
});

test('all can be marked as read at once, the own ones alone', async () => {
  const browser = await app.logIn('coordinator');
  assert.equal((await browser.post('/notifications')).location, '/notifications?done=read');
  assert.match((await browser.get('/notifications?show=unread')).text, /You have read them all/);
  const others = await rows('select 1 from platform.notifications where read_at is null and person_id <> $1', [
    await personId('coordinator'),
  ]);
  assert.ok(others.length > 0);
});
