/** Every route with what nobody should send: an answer that says what to do, never an error of the server's own. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { type PlainAnswer, type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import type { RouteLine } from '../../src/platform/http/server.ts';
import { capabilitiesOf, type Role } from '../../src/platform/permissions/capabilities.ts';
import { crawl, routeMatcher, type Visited } from './crawl.ts';
import { formsOf, queryNames } from './form-filler.ts';
import { COMMON_NAMES, IN_FORM, IN_PATH, IN_QUERY, NOWHERE, NUL } from './odd-values.ts';

/** People who may use the routes, the first that may is taken; the last acts for the awarding body. */
const PEOPLE: Record<string, readonly Role[]> = {
  coordinator: ['coordinator'],
  invigilator: ['invigilator'],
  candidate: ['candidate'],
  officer: ['officer'],
  author: ['author'],
  reviewer: ['reviewer'],
  results: ['results'],
  quality: ['quality'],
};
const SLOW_MS = 2000;

let app: TestApplication;
let table: RouteLine[];
const browsers = new Map<string, PlainBrowser>();
const pages = new Map<string, Visited[]>();
const logged: string[] = [];

before(async () => {
  app = await startTestApplication({
    log: { info: () => {}, error: (text: string, error?: unknown) => logged.push(`${text} ${String(error)}`) } as never,
  });
  table = app.routeTable.filter((line) => line.capability !== 'asset');
  for (const username of Object.keys(PEOPLE)) {
    const browser = await app.logIn(username);
    browsers.set(username, browser);
    pages.set(username, await crawl(browser, { from: ['/home', '/system-access'], table, perRoute: 3 }));
  }
});
after(() => app.close());

/** Those to ask as: nobody for public routes, else one person of a centre and one of the awarding body, as far as they may. */
function askers({ capability }: RouteLine): string[] {
  if (capability === 'public' || capability === 'seat.sit') return ['', 'coordinator'];
  const may = Object.keys(PEOPLE).filter((name) => capabilitiesOf(PEOPLE[name] ?? []).has(capability as never));
  const ofBody = may.find((name) => ['officer', 'author', 'reviewer', 'results', 'quality'].includes(name));
  return [...new Set([may[0], ofBody].filter((name) => name !== undefined))];
}
const browserOf = (username: string) => browsers.get(username) ?? app.browser();

/** Pages of a route that exist for this person; a made-up address where no link leads to one. */
function addressesOf(url: string, username: string): string[] {
  const match = routeMatcher(table);
  const found = (pages.get(username) ?? [])
    .filter((page) => match(page.url) === url)
    .map((page) => page.url.split('?')[0] ?? '');
  return found.length > 0 ? [...new Set(found)].slice(0, 1) : [url.replace(/:\w+/g, NOWHERE).replace('*', 'x')];
}

const INNARDS =
  /\bat [^\n<]*\.(?:ts|js):\d+|node_modules|syntax error at|invalid byte sequence|violates|SQLSTATE|"statusCode":/;
let slowest = 0;
let asked = 0;

async function ask(what: string, wrong: string[], send: () => Promise<PlainAnswer>): Promise<PlainAnswer | null> {
  const began = performance.now();
  asked += 1;
  try {
    const answer = await send();
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    if (answer.status >= 500) wrong.push(`${what}: ${answer.status} (${logged.at(-1) ?? 'nothing logged'})`);
    else if (INNARDS.test(answer.text))
      wrong.push(`${what}: ${answer.status}, shows its innards: ${INNARDS.exec(answer.text)?.[0]}`);
    if (took > SLOW_MS) wrong.push(`${what}: ${Math.round(took)} ms`);
    return answer;
  } catch (error) {
    wrong.push(`${what}: no answer (${String((error as { cause?: unknown }).cause ?? error)})`);
    return null;
  }
}

function finish(wrong: string[], t: { diagnostic(text: string): void }, atLeast: number): void {
  t.diagnostic(`${asked} requests, the slowest ${Math.round(slowest)} ms`);
  assert.ok(asked >= atLeast, `only ${asked} requests`);
  asked = 0;
  assert.deepEqual(wrong.slice(0, 60), [], `${wrong.length} in all`);
}

test('every GET route with unusual queries', async (t) => {
  const wrong: string[] = [];
  for (const line of table.filter(({ method }) => method === 'GET')) {
    for (const username of askers(line)) {
      const browser = browserOf(username);
      for (const address of addressesOf(line.url, username)) {
        const plain = await ask(`${username} ${address}`, wrong, () => browser.get(address));
        const own = queryNames(plain?.text ?? '');
        const names = new Set([...own, ...COMMON_NAMES]);
        for (const [kind, value] of IN_QUERY) {
          const all = new URLSearchParams([...names].map((name) => [name, value]));
          await ask(`${username} ${address}, ${kind} everywhere`, wrong, () => browser.get(`${address}?${all}`));
        }
        for (const name of own) {
          for (const value of [NUL, '99999999999999999999999']) {
            const one = new URLSearchParams([[name, value]]);
            await ask(`${username} ${address}?${one}`, wrong, () => browser.get(`${address}?${one}`));
          }
          await ask(`${username} ${address}, ${name} twice`, wrong, () =>
            browser.get(`${address}?${name}=1&${name}=b`),
          );
        }
        for (const raw of [
          '%',
          '%00',
          '%E0%A4%A=%E0%A4%A',
          '__proto__=1&constructor=2',
          'q[]=1&q[a]=2',
          '&&&=',
          `q=${'x'.repeat(12_000)}`,
        ])
          await ask(`${username} ${address}?${raw.slice(0, 40)}`, wrong, () => browser.get(`${address}?${raw}`));
      }
    }
  }
  finish(wrong, t, 2000);
});

test('every route with unusual words in its address', async (t) => {
  const wrong: string[] = [];
  for (const line of table.filter(({ url }) => /[:*]/.test(url))) {
    for (const username of askers(line)) {
      const browser = browserOf(username);
      for (const word of IN_PATH) {
        const address = line.url.replace(/:\w+|\*/g, word);
        await ask(`${username} ${line.method} ${address.slice(0, 120)}`, wrong, () =>
          line.method === 'GET' ? browser.get(address) : browser.post(address, { reason: 'x' }),
        );
      }
    }
  }
  for (const address of [
    '//',
    '//evil.example/x',
    '/%2e%2e/',
    '/login/%00',
    '/\\',
    '/a'.repeat(3000),
    '/home;x=1',
    '/home%0d%0aX: 1',
  ])
    for (const method of ['get', 'post'] as const)
      await ask(`${method} ${address.slice(0, 40)}`, wrong, () => app.browser()[method](`${app.url}${address}`));
  finish(wrong, t, 300);
});

test('every form with one unusual field among believable ones', async (t) => {
  const wrong: string[] = [];
  let forms = 0;
  const posts = table.filter(({ method }) => method === 'POST');
  // What takes rights or the session away comes last.
  posts.sort(
    (a, b) => Number(/end|logout|act-for|elsewhere/.test(a.url)) - Number(/end|logout|act-for|elsewhere/.test(b.url)),
  );
  for (const line of posts) {
    for (const username of askers(line)) {
      let browser = browserOf(username);
      for (const address of addressesOf(line.url, username)) {
        const shown = await browser.get(address);
        const form = formsOf(shown.text).find(({ action }) => action.split('?')[0] === address) ?? null;
        if (form) forms += 1;
        const fields = form?.fields ?? {
          reason: 'Something',
          email: 'nora.field@example.com',
          username: 'nora',
          password: 'Something',
          next: '/home',
        };
        for (const name of Object.keys(fields)) {
          for (const [kind, value] of IN_FORM) {
            if (name === 'submissionId' && kind !== 'NUL') continue;
            const answer = await ask(`${username} POST ${address}, ${name} is ${kind}`, wrong, () =>
              browser.post(address, { ...fields, submissionId: crypto.randomUUID(), [name]: value }),
            );
            if (answer?.location?.startsWith('/login') && username) {
              browser = await app.logIn(username);
              browsers.set(username, browser);
            }
          }
          await ask(`${username} POST ${address}, ${name} twice`, wrong, () =>
            browser.post(address, { ...fields, submissionId: crypto.randomUUID(), [name]: ['a', 'b'] }),
          );
          const { [name]: _, ...rest } = fields;
          await ask(`${username} POST ${address} without ${name}`, wrong, () => browser.post(address, rest));
        }
      }
    }
  }
  t.diagnostic(`${forms} forms were found on their pages, ${posts.length} acts`);
  assert.ok(forms >= 12, `only ${forms} forms`);
  finish(wrong, t, 1000);
});

test('every act with bodies that are no form', async (t) => {
  const wrong: string[] = [];
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  const bodies: readonly (readonly [string, string, string | Uint8Array])[] = [
    ['broken JSON', 'application/json', '{"a":'],
    ['JSON null', 'application/json', 'null'],
    ['a JSON list', 'application/json', '[1,2]'],
    ['deep JSON', 'application/json', deep],
    ['JSON with a prototype', 'application/json', '{"__proto__":{"x":1}}'],
    [
      'JSON with odd types',
      'application/json',
      '{"username":{"a":1},"password":["x",1],"email":null,"reason":"\\u0000\\ud800","events":[null],"submissionId":5}',
    ],
    ['an empty JSON body', 'application/json', ''],
    ['plain text', 'text/plain', 'hello'],
    ['no known type', 'application/x-unknown', 'hello'],
    ['a type that is none', '/;;', 'hello'],
    ['a multipart body without boundary', 'multipart/form-data', 'hello'],
    [
      'a broken multipart body',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a\0.csv"\r\n\r\nabc',
    ],
    [
      'a multipart body of fields',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form-data; name="username"\r\n\r\nabc\r\n--x--\r\n',
    ],
    [
      'bytes that are not UTF-8',
      'application/x-www-form-urlencoded',
      new Uint8Array([0x61, 0x3d, 0xff, 0xfe, 0x00, 0x25, 0x26, 0x25, 0x45]),
    ],
    ['bad percent signs', 'application/x-www-form-urlencoded', 'username=%E0%A4%A&password=%&__proto__=x&a[b][c]=1'],
    [
      'a thousand fields',
      'application/x-www-form-urlencoded',
      Array.from({ length: 1000 }, (_, i) => `f${i}=1`).join('&'),
    ],
    ['a body of two megabytes', 'application/x-www-form-urlencoded', `reason=${'x'.repeat(2_000_000)}`],
  ];
  for (const line of table.filter(({ method }) => method === 'POST')) {
    for (const username of askers(line)) {
      for (const address of addressesOf(line.url, username)) {
        for (const [kind, type, body] of bodies) {
          const browser = browserOf(username);
          const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
          await ask(`${username} POST ${address}, ${kind}`, wrong, async () => {
            const answer = await fetch(new URL(address, app.url), {
              method: 'POST',
              redirect: 'manual',
              headers: { ...(cookie && { cookie }), 'sec-fetch-site': 'same-origin', 'content-type': type },
              body: body as BodyInit,
            });
            return {
              status: answer.status,
              location: answer.headers.get('location'),
              headers: answer.headers,
              text: await answer.text(),
            };
          });
        }
      }
    }
  }
  finish(wrong, t, 500);
});

test('odd cookies, headers and broken connections', async (t) => {
  const wrong: string[] = [];
  const paths = ['/', '/login', '/home', '/sit', '/web-portal/candidates', '/assets/none.css', '/no-such-page'];
  const headers: readonly Record<string, string>[] = [
    { cookie: 'session=%E0%A4%A; device=.; theme=%' },
    { cookie: '=; ;;; session; a=b=c; session=x; session=y' },
    { cookie: `session=${'x'.repeat(6000)}` },
    { cookie: 'device=a.b; seat=%00; session=%00; theme=%00dark' },
    { referer: 'not an address', 'user-agent': '\u00ff'.repeat(300) },
    { accept: '*', 'accept-language': 'x'.repeat(500), 'accept-encoding': 'zip;q=9' },
    { 'x-forwarded-for': '\'"', 'x-forwarded-proto': 'javascript', range: 'bytes=9-1', 'if-none-match': '\\' },
  ];
  for (const path of paths) {
    for (const header of headers) {
      await ask(`GET ${path} with ${JSON.stringify(header).slice(0, 80)}`, wrong, () =>
        app.browser().get(path, header),
      );
      await ask(`POST ${path} with ${JSON.stringify(header).slice(0, 80)}`, wrong, () =>
        app.browser().post(path, { a: 'b' }, header),
      );
    }
    for (const referer of [`${app.url}//`, `${app.url}//evil.example/%`, 'http://['])
      await ask(`POST from ${referer}`, wrong, () => app.browser().post(path, { a: 'b' }, { referer }));
  }
  for (const text of [
    'POST /login HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\nusername=a',
    'GET /home HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET\0/ HTTP/9.9\r\n\r\n',
    'GET /web-portal/candidates?q=\xff\xfe HTTP/1.1\r\nhost: \r\n\r\n',
    'TRACE / HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET http://evil.example/login HTTP/1.1\r\nhost: evil.example\r\n\r\n',
  ])
    await breakOff(text);
  const health = await app.browser().get('/health');
  assert.equal(health.text, '{"ready":true}');
  finish(wrong, t, 100);
});

test('without its database the service says so, and is there again afterwards', async () => {
  const { pathname } = new URL(app.services.database.pool.options.connectionString ?? '');
  const database = decodeURIComponent(pathname.slice(1));
  const browser = await app.logIn('coordinator');
  // Of this database alone: its role is that of every other clone of the same template.
  const allow = (connections: number) =>
    asSuperuser(app.database.server.adminUrl, async (client) => {
      await client.query(`alter database "${database}" connection limit ${connections}`);
      if (connections === 0)
        await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
    });
  await allow(0);
  try {
    const answers = [
      await browser.get('/home'),
      await browser.get('/web-portal/candidates'),
      await browser.post('/centres-hub/users/add', { givenNames: 'Nora' }),
      await app.browser().post('/login', { username: 'coordinator', password: 'x' }),
      await app.browser().get('/find-a-qualification'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [503, 503, 503, 503, 503],
    );
    for (const { text, headers } of answers) {
      assert.doesNotMatch(text, INNARDS);
      assert.match(text, /not available just now/);
      assert.equal(headers.get('retry-after'), '2');
    }
    assert.match(answers[2]?.text ?? '', /your browser sends what you typed once more/);
    assert.equal((await app.browser().get('/health')).status, 503);
    assert.equal((await app.browser().get('/login')).status, 200, 'pages without data are shown');
  } finally {
    await allow(-1);
  }
  assert.equal((await browser.get('/home')).status, 200);
  assert.equal((await app.browser().get('/health')).status, 200);
});

/** Sends these bytes and goes away without waiting for the answer. */
async function breakOff(text: string): Promise<void> {
  const { hostname, port } = new URL(app.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(text, 'latin1', () => socket.destroy()));
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
}
