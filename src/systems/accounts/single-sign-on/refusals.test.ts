import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import * as oidc from 'openid-client';
import { type PlainBrowser, SetClock, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import {
  addSystem,
  ownAddress,
  type Registration,
  type RelyingParty,
  settingsOf,
  startRelyingParty,
} from '#test/relying-party.ts';
import { follow } from '#test/way-in.ts';

// What the protocol must refuse, asked by hand: each code is fetched by a person of its own browser and spent here.

const clock = new SetClock(new Date());
let app: TestApplication;
let party: RelyingParty;
let registration: Registration;
let config: oidc.Configuration;
let assessor: PlainBrowser;
/** Sets the clock to so many milliseconds from now. */
const later = (ms: number) => clock.advance(Date.now() + ms - clock.now().getTime());
const VERIFIER = oidc.randomPKCECodeVerifier();
let challenge = '';

before(async () => {
  app = await startTestApplication({ clock, env: { ...(await ownAddress()), TRUST_PROXY: 'loopback' } });
  party = await startRelyingParty();
  registration = await addSystem(app, settingsOf(party));
  config = await party.register(app, registration);
  challenge = await oidc.calculatePKCECodeChallenge(VERIFIER);
});
beforeEach(async () => {
  later(0);
  assessor = await app.logIn('assessor');
});
after(async () => {
  await party.close();
  await app.close();
});

const request = (changes: Record<string, string | null> = {}): string => {
  const all: Record<string, string | null> = {
    client_id: registration.id,
    response_type: 'code',
    scope: 'openid profile email organisation',
    redirect_uri: party.redirectAddress,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'the-state',
    nonce: 'the-nonce',
    ...changes,
  };
  return `/oidc/authorise?${new URLSearchParams(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== null))}`;
};

/** Walks to the supplier's door and returns the address it was led to, without letting the supplier answer. */
async function doorstep(browser: PlainBrowser, address = request()): Promise<URL> {
  let next: string = address;
  for (let step = 0; step < 8; step++) {
    const at = new URL(next, app.url);
    if (at.origin !== app.url) return at;
    const answer = await browser.get(`${at.pathname}${at.search}`);
    const leads = answer.location ?? /content="0; url=([^"]+)"/.exec(answer.text)?.[1];
    if (leads) next = leads;
    else if (answer.text.includes('value="go-on"'))
      next = String((await browser.post(at.pathname, { decision: 'go-on' })).location);
    else throw new Error(`stopped at ${at.pathname}: ${answer.status} ${/<h1>(.*?)<\/h1>/.exec(answer.text)?.[1]}`);
  }
  throw new Error('the way does not end');
}

const codeFor = async (browser = assessor) => String((await doorstep(browser)).searchParams.get('code'));

/** Matches the reason of a refusal by the client, wherever in the chain of causes it stands. */
const because = (words: RegExp) => (error: Error) => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (words.test(at.message)) return true;
  return false;
};

interface TokenAnswer {
  readonly status: number;
  readonly body: { error?: string; error_description?: string; access_token?: string; id_token?: string };
}

async function spend(
  code: string,
  changes: Record<string, string> = {},
  as: Registration = registration,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: party.redirectAddress,
    code_verifier: VERIFIER,
    ...changes,
  });
  const basic = Buffer.from(`${as.id}:${as.secret}`).toString('base64');
  const answer = await fetch(`${app.url}/oidc/token`, {
    method: 'POST',
    body,
    headers: { authorization: `Basic ${basic}`, ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as TokenAnswer['body'] };
}

const userInfo = (token: string) =>
  fetch(`${app.url}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);

test('an address that is not registered exactly is never redirected to', async () => {
  for (const wrong of [
    'https://evil.example/callback',
    `${party.redirectAddress}/`,
    `${party.redirectAddress}?x=1`,
    `${party.redirectAddress}@evil.example`,
    party.redirectAddress.replace('callback', 'CALLBACK'),
  ]) {
    const answer = await assessor.get(request({ redirect_uri: wrong }), { accept: 'text/html' });
    assert.equal(answer.status, 400, wrong);
    assert.equal(answer.location, null);
    assert.match(answer.text, /You cannot go on from here/);
    assert.doesNotMatch(answer.text, /evil/);
  }
});

test('without PKCE, with the plain kind, with another flow or more scopes than set, nothing is let through', async () => {
  for (const [change, error] of [
    [{ code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ response_type: 'id_token' }, 'unsupported_response_type'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ prompt: 'none' }, 'login_required'],
    [{ request: 'e30.e30.' }, 'request_not_supported'],
  ] as const) {
    const answer = await assessor.get(request(change), { accept: 'text/html' });
    const to = new URL(String(answer.location));
    assert.equal(to.origin + to.pathname, party.redirectAddress);
    const words = new URLSearchParams(to.search || to.hash.slice(1));
    assert.equal(words.get('error'), error, JSON.stringify(change));
    assert.equal(words.get('code'), null);
    assert.equal(words.get('state'), 'the-state');
  }
  const posted = await assessor.get(request({ response_mode: 'form_post' }), { accept: 'text/html' });
  assert.equal(posted.status, 400);
});

test('state and issuer come back, the nonce is in the token, and the token is signed with a published key', async () => {
  const door = await doorstep(assessor);
  assert.equal(door.searchParams.get('state'), 'the-state');
  assert.equal(door.searchParams.get('iss'), `${app.url}/oidc`);
  const tokens = await oidc.authorizationCodeGrant(config, door, {
    pkceCodeVerifier: VERIFIER,
    expectedState: 'the-state',
    expectedNonce: 'the-nonce',
  });
  assert.equal(tokens.claims()?.nonce, 'the-nonce');
  const keys = (await (await fetch(`${app.url}/oidc/keys`)).json()) as { keys: Record<string, string>[] };
  const header = JSON.parse(Buffer.from(String(tokens.id_token).split('.')[0] as string, 'base64url').toString());
  assert.deepEqual([header.alg, header.kid], ['ES256', keys.keys[0]?.kid]);
  assert.ok(
    keys.keys.every((key) => !('d' in key)),
    'no private key is published',
  );
  const again = await doorstep(assessor);
  const other = { pkceCodeVerifier: VERIFIER, expectedState: 'another-state', expectedNonce: 'the-nonce' };
  await assert.rejects(oidc.authorizationCodeGrant(config, again, other), because(/"state"/));
  const nonce = { pkceCodeVerifier: VERIFIER, expectedState: 'the-state', expectedNonce: 'another-nonce' };
  await assert.rejects(oidc.authorizationCodeGrant(config, again, nonce), because(/"nonce"/));
  const issuer = new URL((await doorstep(assessor)).href);
  issuer.searchParams.set('iss', 'https://evil.example');
  const right = { pkceCodeVerifier: VERIFIER, expectedState: 'the-state', expectedNonce: 'the-nonce' };
  await assert.rejects(oidc.authorizationCodeGrant(config, issuer, right), because(/"iss"/));
});

test('a code is spent once: the second time it is refused, and what the first got is withdrawn', async () => {
  const code = await codeFor();
  const first = await spend(code);
  assert.equal(first.status, 200);
  assert.equal(await userInfo(String(first.body.access_token)), 200);
  const second = await spend(code);
  assert.deepEqual([second.status, second.body.error], [400, 'invalid_grant']);
  assert.equal(await userInfo(String(first.body.access_token)), 401);
  const raced = await codeFor();
  const both = await Promise.all([spend(raced), spend(raced)]);
  assert.ok(both.filter(({ status }) => status === 200).length <= 1, 'two at the same moment');
});

test('a code needs its verifier, its redirect address, its client, and less than a minute', async () => {
  const refused = async (code: string, changes = {}, as = registration) => {
    const { status, body } = await spend(code, changes, as);
    assert.deepEqual([status, body.error, body.access_token], [400, 'invalid_grant', undefined]);
  };
  await refused(await codeFor(), { code_verifier: oidc.randomPKCECodeVerifier() });
  await refused(await codeFor(), { redirect_uri: 'https://evil.example/callback' });
  const other = await addSystem(app, settingsOf(party, { name: 'Another library' }));
  const code = await codeFor();
  await refused(code, {}, other);
  await refused('not-a-code-of-ours');
  const late = await codeFor();
  later(61_000);
  await refused(late);
});

test('an access token dies after 5 minutes', async () => {
  const { body } = await spend(await codeFor());
  later(299_000);
  assert.equal(await userInfo(String(body.access_token)), 200);
  later(301_000);
  assert.equal(await userInfo(String(body.access_token)), 401);
  assert.equal(await userInfo('x'.repeat(43)), 401);
});

test('a wrong secret is refused, recorded, and after ten tries from one address throttled; elsewhere the client works on', async () => {
  const wrong = { ...registration, secret: 'x'.repeat(43) };
  const from = { 'x-forwarded-for': '198.51.100.7' };
  for (let n = 0; n < 10; n++) assert.equal((await spend('any', {}, wrong, from)).status, 401);
  assert.equal((await spend('any', {}, wrong, from)).status, 429);
  assert.equal((await spend(await codeFor(), {}, registration, from)).status, 429, 'the right one waits too');
  assert.equal((await spend(await codeFor())).status, 200, 'from another address');
  const recorded = await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      "select count(*)::int as n from platform.audit_events where kind = 'accounts.client-secret-refused' and subject_id = $1",
      [registration.id],
    );
    return rows[0].n as number;
  });
  assert.equal(recorded, 10);
});

test('no secret, code or token stands in the database as it is', async () => {
  const code = await codeFor();
  const { body } = await spend(code);
  const dump = await asSuperuser(app.database.url, async (client) => {
    const tables = ['clients', 'client_artefacts', 'client_entries', 'client_subjects'];
    const all = await Promise.all(tables.map((name) => client.query(`select t::text as row from accounts.${name} t`)));
    return all.flatMap(({ rows }) => rows.map((row) => row.row as string)).join('\n');
  });
  assert.ok(dump.includes('AccessToken'));
  for (const secret of [code, String(body.access_token), registration.secret]) assert.ok(!dump.includes(secret));
});

const ends: Record<string, () => Promise<unknown>> = {
  'the person logs out': () => assessor.post('/logout'),
  'the role ends': () =>
    change("update accounts.memberships set ended_at = now(), end_reason = 'test' where id = $1", true),
  'the person is suspended': () => change("update accounts.people set status = 'suspended' where id = $1"),
  'the client is switched off': async () => {
    const admin = await app.logIn('admin');
    await admin.post(`/single-sign-on/${registration.id}/switch`, { to: 'off', reason: 'A test of the switch' });
  },
};

async function change(sql: string, membership = false): Promise<void> {
  await asSuperuser(app.database.url, async (client) => {
    const { rows } = await client.query(
      "select c.person_id, m.id from accounts.credentials c join accounts.memberships m on m.person_id = c.person_id where c.username = 'assessor' and m.ended_at is null",
    );
    await client.query(sql, [membership ? rows[0].id : rows[0].person_id]);
  });
}

async function undo(): Promise<void> {
  await asSuperuser(app.database.url, async (client) => {
    await client.query("update accounts.people set status = 'active'");
    await client.query("update accounts.memberships set ended_at = null, end_reason = null where end_reason = 'test'");
  });
  const admin = await app.logIn('admin');
  await admin.post(`/single-sign-on/${registration.id}/switch`, { to: 'on', reason: 'The test has ended' });
}

for (const [what, end] of Object.entries(ends)) {
  test(`${what} between authorisation and token: no token, and those given are dead`, async () => {
    const { body } = await spend(await codeFor());
    const code = await codeFor();
    await end();
    const { status, body: refused } = await spend(code);
    assert.ok(status === 400 || status === 401, String(status));
    assert.match(String(refused.error), /^invalid_(grant|client)$/);
    assert.equal(await userInfo(String(body.access_token)), 401);
    await undo();
  });
}

test('a switched-off client is unknown to the protocol and gone from System Access', async () => {
  await (ends['the client is switched off'] as () => Promise<unknown>)();
  const answer = await assessor.get(request(), { accept: 'text/html' });
  assert.equal(answer.status, 400);
  assert.ok(!(await assessor.get('/system-access')).text.includes('Torque Time library'));
  await undo();
  assert.ok((await assessor.get('/system-access')).text.includes('Torque Time library'));
});

test('a way in belongs to the browser that began it', async () => {
  const begun = await app.browser().get(request());
  const uid = String(begun.location);
  const victim = await app.logIn('coordinator');
  const lost = await victim.get(uid.replace(/^https?:\/\/[^/]+/, ''));
  assert.equal(lost.status, 410);
  const posted = await victim.post(uid.replace(/^https?:\/\/[^/]+/, ''), { decision: 'go-on' });
  assert.equal(posted.status, 410);
});

test('cookies of the way in are signed, closed to scripts and short-lived; none is left at its end', async () => {
  const browser = await app.logIn('assessor');
  const begun = await browser.get(request());
  const lines = begun.headers.getSetCookie();
  assert.ok(lines.some((line) => line.startsWith('entry=')) && lines.some((line) => line.startsWith('entry.sig=')));
  for (const line of lines)
    assert.match(line, /path=\/oidc\/(enter|authorise)\/[\w-]+; expires=.*; samesite=lax; httponly/i);
  await follow(browser, String(begun.location)).catch(() => undefined);
  assert.ok(![...browser.cookies.keys()].some((name) => name.startsWith('way')), 'the library keeps no session');
});

test('an altered token, one of no algorithm and one of another client are no proof', async () => {
  const { body } = await spend(await codeFor());
  const [header, payload, signature] = String(body.id_token).split('.') as [string, string, string];
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const other = Buffer.from(payload, 'base64url')
    .toString()
    .replace(/"sub":"[^"]+"/, '"sub":"somebody-else"');
  const forged = [
    `${header}.${Buffer.from(other).toString('base64url')}.${signature}`,
    `${none}.${payload}.`,
    `${none}.${payload}.${signature}`,
  ];
  const back = (token: string, more = {}) =>
    app
      .browser()
      .get(
        `/oidc/log-out?${new URLSearchParams({ id_token_hint: token, post_logout_redirect_uri: party.logOutAddress, ...more })}`,
      );
  assert.match((await back(String(body.id_token))).text, /Back to Torque Time Ltd/, 'control');
  for (const token of forged) assert.doesNotMatch((await back(token)).text, /Back to Torque/);
});

test('a client that checks signatures refuses a token altered on its way', async () => {
  const alter = { on: false };
  const own = await oidc.discovery(
    new URL(`${app.url}/oidc`),
    registration.id,
    undefined,
    oidc.ClientSecretBasic(registration.secret),
    {
      execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
      [oidc.customFetch]: async (url, options) => {
        const answer = await fetch(url, options as RequestInit);
        if (!alter.on || !url.endsWith('/token')) return answer;
        const body = (await answer.json()) as { id_token: string };
        const [header, payload = '', signature] = body.id_token.split('.');
        const text = Buffer.from(payload, 'base64url')
          .toString()
          .replace(/"auth_time":\d+|"iat":(\d+)/, '"iat":$1,"x":1');
        return Response.json({
          ...body,
          id_token: `${header}.${Buffer.from(text).toString('base64url')}.${signature}`,
        });
      },
    },
  );
  const checks = { pkceCodeVerifier: VERIFIER, expectedState: 'the-state', expectedNonce: 'the-nonce' };
  assert.ok(await oidc.authorizationCodeGrant(own, await doorstep(assessor), checks), 'control');
  alter.on = true;
  await assert.rejects(oidc.authorizationCodeGrant(own, await doorstep(assessor), checks), because(/signature/));
});
