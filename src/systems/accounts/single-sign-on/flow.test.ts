import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEMO_PASSWORD, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import {
  addSystem,
  ownAddress,
  type Registration,
  type RelyingParty,
  settingsOf,
  startRelyingParty,
} from '#test/relying-party.ts';
import { follow, launch } from '#test/way-in.ts';

// A real client against the running application: what it learns, and when it learns nothing.

let app: TestApplication;
let party: RelyingParty;
let registration: Registration;
before(async () => {
  app = await startTestApplication({ env: await ownAddress() });
  party = await startRelyingParty();
  registration = await addSystem(app, settingsOf(party));
  await party.register(app, registration);
});
after(async () => {
  await party.close();
  await app.close();
});

const goOn = async (browser: PlainBrowser, telling: string) => {
  const answer = await browser.post(telling, { decision: 'go-on' });
  return follow(browser, String(answer.location));
};

test('the first time a page says what is passed on, the second time none is needed; the claims are exact', async () => {
  const assessor = await app.logIn('assessor');
  const first = await launch(assessor, party);
  assert.match(first.path, /^\/oidc\/enter\/[\w-]+$/);
  assert.match(first.text, /What Torque Time Ltd is told/);
  const arrived = await goOn(assessor, first.path);
  assert.match(arrived.text, /Welcome/);
  const { userInfo, tokens } = party.arrivals.at(-1)!;
  const claims = tokens.claims()!;
  assert.deepEqual(
    { ...userInfo, sub: undefined },
    {
      sub: undefined,
      name: 'Idris Penhallow',
      given_name: 'Idris',
      family_name: 'Penhallow',
      email: 'idris.penhallow@northgate.example',
      email_verified: true,
      organisation: {
        kind: 'centre',
        number: '04417',
        name: 'Northgate Motor Training',
        roles: ['assessor'],
      },
    },
  );
  for (const name of ['name', 'email', 'organisation', 'given_name'])
    assert.ok(!(name in claims), `${name} in the token`);
  assert.equal(claims.iss, `${app.url}/oidc`);
  assert.equal(claims.aud, registration.id);
  assert.equal(tokens.refresh_token, undefined);
  const second = await launch(assessor, party);
  assert.match(second.text, /Welcome/, 'straight in');
  assert.equal(second.pages, 0);
});

test('each supplier knows a person by another identifier, and the same one for ever', async () => {
  const other = await startRelyingParty();
  try {
    await other.register(app, await addSystem(app, settingsOf(other, { name: 'Other library', passesOn: [] })));
    other.scope = 'openid';
    const assessor = await app.logIn('assessor');
    const telling = await launch(assessor, other);
    assert.ok(!telling.text.includes('Your name'), 'nothing but an identifier');
    await goOn(assessor, telling.path);
    const again = await app.logIn('assessor');
    await launch(again, party);
    const sub = other.arrivals[0]?.userInfo.sub;
    assert.deepEqual(other.arrivals[0]?.userInfo, { sub });
    assert.notEqual(sub, party.arrivals.at(-1)?.userInfo.sub);
    assert.equal(new Set(party.arrivals.map(({ userInfo }) => userInfo.sub)).size, 1);
  } finally {
    await other.close();
  }
});

test('who is not logged in logs in on the way, and comes out at the supplier without a redirect out of a form', async () => {
  const stranger = app.browser();
  const asked = await launch(stranger, party);
  assert.equal(asked.path, '/login');
  const posted = await stranger.post(asked.href, { username: 'coordinator', password: DEMO_PASSWORD });
  const telling = await follow(stranger, String(posted.location));
  assert.match(telling.text, /What Torque Time Ltd is told/);
  assert.match((await goOn(stranger, telling.path)).text, /Welcome/);

  const later = app.browser();
  const again = await launch(later, party);
  const back = await later.post(again.href, { username: 'coordinator', password: DEMO_PASSWORD });
  const arrived = await follow(later, String(back.location));
  assert.match(arrived.text, /Welcome/);
  assert.equal(arrived.pages, 1, 'a page of ours stands between the form and the other site (form-action)');
});

test('whoever turns back is brought back with a refusal, and nothing is passed on', async () => {
  const iqaSystem = await startRelyingParty();
  try {
    await iqaSystem.register(app, await addSystem(app, settingsOf(iqaSystem, { name: 'IQA library', roles: 'iqa' })));
    const iqa = await app.logIn('iqa');
    const telling = await launch(iqa, iqaSystem);
    const turned = await iqa.post(telling.path, { decision: 'turn-back' });
    const back = await follow(iqa, String(turned.location));
    assert.match(back.text, /Not let in.*access_denied/);
    assert.equal(iqaSystem.arrivals.length, 0);
  } finally {
    await iqaSystem.close();
  }
});

test('the page that refuses names the role and who can give it; System Access shows the door to those who may enter', async () => {
  const invigilator = await app.logIn('invigilator');
  const refused = await launch(invigilator, party);
  assert.equal(refused.status, 403);
  assert.match(refused.text, /you need the role <strong>Centre coordinator or Assessor<\/strong>/);
  assert.match(refused.text, /Megan|can give it to you in Centres Hub/);
  const member = await app.logIn('member');
  assert.match((await launch(member, party)).text, /Your account belongs to none/);
  const officer = await app.logIn('officer');
  assert.match((await launch(officer, party)).text, /is not open to/);
  const door = `href="${party.url}/launch"`;
  for (const [username, shown] of [
    ['assessor', true],
    ['coordinator2', true],
    ['invigilator', false],
    ['officer', false],
    ['member', false],
  ] as const) {
    const browser = await app.logIn(username);
    const answer = await browser.get('/system-access');
    assert.equal(answer.text.includes(door), shown, username);
    if (shown)
      assert.match(answer.text, /rel="noreferrer">Torque Time library<.*Leads to the site of Torque Time Ltd/s);
  }
});

test('a client for chosen centres opens to them alone', async () => {
  const chosen = await startRelyingParty();
  try {
    const fields = settingsOf(chosen, { name: 'Chosen library', audience: 'chosen_centres', centres: '04426' });
    await chosen.register(app, await addSystem(app, fields));
    const own = await app.logIn('coordinator2');
    assert.match((await launch(own, chosen)).text, /What Torque Time Ltd is told/);
    const foreign = await app.logIn('coordinator');
    const refused = await launch(foreign, chosen);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /is not open to Northgate Motor Training/);
    const posted = await foreign.post(refused.path, { decision: 'go-on' });
    assert.equal((await follow(foreign, String(posted.location))).status, 403, 'nor by sending the form');
    assert.equal(chosen.arrivals.length, 0);
  } finally {
    await chosen.close();
  }
});

test('a supplier that wants a fresh log-in gets one', async () => {
  const assessor = await app.logIn('assessor');
  const asked = await follow(assessor, `${party.url}/launch`);
  assert.match(asked.text, /Welcome/);
  // The protocol counts in whole seconds: a password of this very second is fresh.
  const second = () => Math.floor(Date.now() / 1000);
  for (const now = second(); second() === now; ) await new Promise(setImmediate);
  const authorise = new URL(asked.way.find((address) => address.includes('/oidc/authorise')) as string);
  authorise.searchParams.set('prompt', 'login');
  const page = await follow(assessor, authorise.href);
  assert.match(page.text, /Log in again to go on/);
  const out = await assessor.post(page.path, { decision: 'log-in-again' });
  assert.match(String(out.location), /^\/login\?next=/);
  assert.equal((await assessor.get('/home')).status, 303, 'logged out');
});

test('logging out at the supplier: a page asks, ends our session, and offers the way back to a registered address alone', async () => {
  const assessor = await app.logIn('assessor');
  await launch(assessor, party);
  const asked = await follow(assessor, `${party.url}/leave`);
  assert.match(asked.text, /Log out of IMI Connect as well\?/);
  const query = new URL(asked.href).searchParams;
  const posted = await assessor.post('/oidc/log-out', Object.fromEntries(query));
  const left = await follow(assessor, String(posted.location));
  assert.ok(left.text.includes(`href="${party.logOutAddress}?state=left"`), 'the way back');
  assert.equal((await assessor.get('/home')).status, 303, 'our session has ended');

  const changes: Record<string, string>[] = [
    { post_logout_redirect_uri: 'https://evil.example/' },
    { post_logout_redirect_uri: `${party.logOutAddress}/` },
    { id_token_hint: `${String(query.get('id_token_hint')).slice(0, -4)}AAAA` },
    { id_token_hint: 'x.y.z' },
    { client_id: '00000000-0000-7000-8000-000000000000' },
  ];
  for (const change of changes) {
    const tried = new URLSearchParams({ ...Object.fromEntries(query), ...change });
    const page = await app.browser().get(`/oidc/log-out?${tried}`);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /Back to Torque|evil\.example/, JSON.stringify(change));
  }
});
