/** Who finds what: every kind as every kind of person, nothing of another centre, whatever is typed. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { Database } from '#platform/database/database.ts';
import type { RoleNames } from '#platform/database/roles.ts';
import type { Log } from '#platform/log/log.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import { type PlainBrowser, startTestApplication, type TestApplication } from '#test/application.ts';
import { asSuperuser } from '#test/database.ts';
import { inOrder } from './find.ts';
import { mendSearch } from './mend.ts';

interface Suggestions {
  readonly tooShort: boolean;
  readonly groups: readonly {
    readonly kind: string;
    readonly more: boolean;
    readonly results: readonly { readonly title: [string, boolean][]; readonly href: string }[];
  }[];
}

const ACTING: Acting = {
  organisationId: '',
  kind: 'centre',
  number: '',
  name: '',
  roles: [],
  features: [],
  activated: true,
};
const NOBODY: PersonPrincipal = {
  kind: 'person',
  personId: '01900000-0000-7000-8000-000000000000',
  sessionHash: Buffer.alloc(0),
  givenNames: '',
  familyName: '',
  username: '',
  email: null,
  confirmedAt: new Date(0),
  organisations: [],
  acting: null,
  sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
  secondFactor: { setUp: false, given: false, required: false },
  capabilities: new Set(),
};

let app: TestApplication;
const browsers = new Map<string, PlainBrowser>();
before(async () => {
  app = await startTestApplication();
});
after(() => app.close());

async function as(username: string): Promise<PlainBrowser> {
  const browser = browsers.get(username) ?? (await app.logIn(username));
  browsers.set(username, browser);
  return browser;
}

async function suggestions(username: string, q: string): Promise<Suggestions> {
  const answer = await (await as(username)).get(`/search/suggestions?${new URLSearchParams({ q })}`);
  assert.equal(answer.status, 200, `${username}: ${JSON.stringify(q)}`);
  return JSON.parse(answer.text) as Suggestions;
}

const kindsFound = async (username: string, q: string) =>
  (await suggestions(username, q)).groups.map(({ kind }) => kind);
const rowsOf = <Row>(text: string, values: readonly unknown[] = []) =>
  asSuperuser(app.database.url, async (client) => (await client.query(text, [...values])).rows as Row[]);

interface Candidate {
  readonly id: string;
  readonly candidate_number: string;
  readonly uln: string | null;
  readonly family_name: string;
  readonly given_names: string;
}
const candidatesOf = (centre: string) =>
  rowsOf<Candidate>(
    `select c.*, j.centre_reference from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
      join accounts.organisations o on o.id = j.centre_id where o.number = $1 order by c.candidate_number`,
    [centre],
  );

test('each kind is found by those whose role includes it, and by nobody else', async () => {
  const [candidate] = await candidatesOf('04417');
  const [certificate] = await rowsOf<{ serial: string }>(
    `select f.serial from certificates.certificates f join accounts.organisations o on o.id = f.centre_id where o.number = '04417'`,
  );
  assert.ok(candidate && certificate);
  const questions = {
    candidate: candidate.candidate_number,
    user: 'marguerite holloway',
    certificate: certificate.serial,
    centre: '04426',
    product: '600/2806/3',
    'item-bank': 'arh',
    'test-form': 'k03',
    'manual-section': '4.1 registration',
  };
  const centre = ['user', 'product', 'manual-section'];
  const expected: Record<string, readonly string[]> = {
    coordinator: [...centre, 'candidate', 'certificate'],
    administrator: [...centre, 'candidate', 'certificate'],
    invigilator: centre,
    assessor: [...centre, 'candidate'],
    iqa: [...centre, 'candidate'],
    champion: [...centre, 'candidate'],
    candidate: ['product', 'manual-section'],
    member: ['product', 'manual-section'],
    coordinator2: ['product', 'manual-section'],
    invigilator2: ['product', 'manual-section'],
    candidate2: ['product', 'manual-section'],
    officer: [...centre, 'candidate', 'certificate', 'centre', 'test-form'],
    quality: [...centre, 'candidate', 'certificate', 'centre'],
    results: ['product', 'manual-section', 'candidate', 'certificate'],
    author: ['product', 'manual-section', 'item-bank', 'test-form'],
    reviewer: ['product', 'manual-section', 'item-bank', 'test-form'],
    finance: ['product', 'manual-section'],
    admin: [...centre, 'centre'],
  };
  for (const [username, kinds] of Object.entries(expected)) {
    const found: string[] = [];
    for (const [kind, q] of Object.entries(questions))
      if ((await kindsFound(username, q)).includes(kind)) found.push(kind);
    assert.deepEqual(found.sort(), [...kinds].sort(), username);
  }
  const nobody = await app.browser().get('/search?q=ma');
  assert.equal(nobody.status, 303);
  assert.match(nobody.location ?? '', /^\/login/);
});

test("nobody finds another centre's candidates, users or certificates, by any word of theirs", async () => {
  const foreign = await rowsOf<{ href: string; words: string }>(
    `select e.href, e.words from platform.search_entries e join accounts.organisations o on o.id = e.centre_id where o.number = '04417'`,
  );
  assert.ok(foreign.length > 40);
  const words = [...new Set(foreign.flatMap(({ words }) => words.trim().split(' ')))].filter((word) => word.length > 1);
  const hrefs = foreign.map(({ href }) => href);
  // As the database sees it: every word of theirs, in the scope of the other centre.
  const [other] = await rowsOf<{ id: string }>("select id from accounts.organisations where number = '04426'");
  const kinds = ['candidate', 'user', 'certificate', 'product', 'centre', 'item-bank', 'test-form'];
  const asCentre: PersonPrincipal = { ...NOBODY, acting: { ...ACTING, organisationId: other?.id as string } };
  const hits = await app.services.database.read(
    asCentre,
    ({ rows }) =>
      rows(sql<{ kind: string; href: string }>`select found.kind, found.href from unnest(${words}::text[]) as word,
        lateral platform.search_own_centre(${kinds}::text[], array[word], array[upper(word)], 50, 0) as found`),
    { capability: 'connect.centre' },
  );
  assert.ok(hits.length > 0, 'products are found');
  assert.deepEqual([...new Set(hits.filter(({ kind }) => ['centre', 'item-bank', 'test-form'].includes(kind)))], []);
  assert.deepEqual(
    hits.filter(({ href }) => hrefs.includes(href)),
    [],
  );
  // As a person sees it.
  for (const username of ['coordinator2', 'invigilator2', 'candidate2', 'member']) {
    for (const word of words.filter((_, index) => index % 12 === 0)) {
      const found = (await suggestions(username, word)).groups.flatMap(({ results }) =>
        results.map(({ href }) => href),
      );
      assert.deepEqual(
        found.filter((href) => hrefs.includes(href)),
        [],
        `${username}: ${word}`,
      );
    }
  }
  const own = await kindsFound('coordinator2', (await candidatesOf('04426'))[0]?.candidate_number as string);
  assert.deepEqual(own, ['candidate'], 'the own one is found in the same way');
});

test('names are found in any order and writing, numbers with their signs and without', async () => {
  const [someone] = (await candidatesOf('04417')).filter(({ uln }) => uln !== null);
  assert.ok(someone?.uln);
  const href = `/web-portal/candidates/${someone.id}`;
  const { given_names: given, family_name: family, uln } = someone;
  const first = async (q: string) => (await suggestions('coordinator', q)).groups[0]?.results[0]?.href;
  for (const q of [
    `${given} ${family}`,
    `${family.toUpperCase()} ${given.slice(0, 2)}`,
    someone.candidate_number,
    someone.candidate_number.slice(0, 7),
    uln,
    `${uln.slice(0, 3)} ${uln.slice(3, 6)} ${uln.slice(6)}`,
  ])
    assert.equal(await first(q), href, q);
  const [product] = await rowsOf<{ code: string; qualification_number: string }>(
    'select code, qualification_number from products.products where qualification_number is not null order by code',
  );
  assert.ok(product);
  for (const q of [product.qualification_number, product.qualification_number.replaceAll('/', '')])
    assert.equal(await first(q), `/products/${product.code}`, q);
});

test('a certificate number is found only when it is typed whole', async () => {
  const [certificate] = await rowsOf<{ id: string; serial: string }>(
    `select f.id, f.serial from certificates.certificates f join accounts.organisations o on o.id = f.centre_id where o.number = '04417'`,
  );
  assert.ok(certificate);
  const { serial } = certificate;
  const found = async (q: string) =>
    (await suggestions('coordinator', q)).groups.some(
      ({ kind, results }) => kind === 'certificate' && results[0]?.href === `/certificates/${certificate.id}`,
    );
  for (const q of [serial, serial.toLowerCase(), `${serial.slice(0, 4)}-${serial.slice(4, 8)} ${serial.slice(8)}`])
    assert.ok(await found(q), q);
  for (let length = 2; length < serial.length; length++)
    assert.ok(!(await found(serial.slice(0, length))), `the first ${length} of ${serial}`);
});

test('whatever is typed gets an answer', async () => {
  const odd = [
    '',
    ' ',
    'a',
    '%',
    '_',
    '\\',
    '%%__\\\\',
    "'",
    "';--",
    '"',
    '<b>',
    'a\0b',
    '\u202eאב',
    '👩‍🔧🔧',
    'ß'.repeat(20_000),
    'x '.repeat(3000),
    '\ud800',
    '{ma}',
    '=',
    `=${'C'.repeat(12)}`,
    '\u{10ffff}',
    'ma & ma | !ma:*',
  ];
  for (const username of ['coordinator', 'officer', 'member']) {
    for (const q of odd) {
      await suggestions(username, q.toWellFormed().slice(0, 1000));
      const page = await (await as(username)).get(
        `/search?${new URLSearchParams({ q: q.toWellFormed().slice(0, 1000) })}`,
      );
      assert.equal(page.status, 200, `${username}: ${JSON.stringify(q.slice(0, 40))}`);
      assert.ok(!page.text.includes('<b>'), 'what was typed is text');
    }
  }
  for (const query of [
    'q=%E0%A4%A',
    'q=%00',
    'q=ma&q=mi',
    'q=ma&kind=nothing',
    'q=ma&kind=candidate&page=-1',
    'q=ma&page=99999',
    'kind=candidate',
  ])
    assert.ok((await (await as('coordinator')).get(`/search?${query}`)).status < 400, query);
  assert.equal((await suggestions('coordinator', 'a')).tooShort, true);
});

test('the page narrows to a kind and turns its pages', async () => {
  const officer = await as('officer');
  const all = await officer.get('/search?q=ng');
  assert.match(all.text, /href="\/search\?q=ng&amp;kind=candidate">All candidates/);
  const seen = new Set<string>();
  let next: string | undefined = '/search?q=ng&kind=candidate';
  let pages = 0;
  while (next) {
    const { text, status }: { text: string; status: number } = await officer.get(next);
    assert.equal(status, 200);
    assert.ok(!text.includes('id="found-user"'));
    for (const [, id] of text.matchAll(/href="\/web-portal\/candidates\/([0-9a-f-]{36})"/g)) {
      assert.ok(!seen.has(id as string), 'on two pages');
      seen.add(id as string);
    }
    next = /href="([^"]*)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    pages++;
  }
  const [counted] = await rowsOf<{ count: number }>(
    `select count(*)::int as count from platform.search_entries where kind = 'candidate' and words like '% ng%'`,
  );
  assert.equal(seen.size, counted?.count);
  assert.ok(pages >= 2, `${pages} pages`);
  assert.match((await officer.get('/search?q=zzqx')).text, /Nothing found for &quot;zzqx&quot;/);
  assert.match((await officer.get('/search?q=z')).text, /Type at least two letters or digits/);
  assert.match((await officer.get('/search')).text, /Type what you look for/);
});

test('a role that has ended finds nothing with the next request', async () => {
  const assessor = await app.logIn('assessor');
  const [candidate] = await candidatesOf('04417');
  const ask = async () => (await assessor.get(`/search/suggestions?q=${candidate?.candidate_number}`)).text;
  assert.match(await ask(), /web-portal\/candidates/);
  await rowsOf(
    `update accounts.memberships m set ended_at = now(), end_reason = 'Left' from accounts.credentials c
     where c.person_id = m.person_id and c.username = 'assessor' returning m.id`,
  );
  assert.doesNotMatch(await ask(), /web-portal\/candidates/);
});

test('each kind is looked through once a day, and what is wrong is mended', async () => {
  const clock = { now: () => new Date(Date.now() + 36 * 3_600_000) };
  const quiet = { info: () => {}, error: (text: string) => said.push(text) } as unknown as Log;
  const said: string[] = [];
  const database = new Database({
    url: app.services.database.pool.options.connectionString as string,
    roles: (await rowsOf<{ roles: RoleNames }>('select roles from public.installation'))[0]?.roles as RoleNames,
    clock,
  });
  await rowsOf("delete from platform.search_entries where kind = 'product'");
  const services = { ...app.services, database, clock, log: quiet };
  const kinds: string[] = [];
  for (let done = await mendSearch(services); done; done = await mendSearch(services)) kinds.push(done.kind);
  await database.close();
  assert.equal(new Set(kinds).size, 7);
  assert.equal(kinds.length, 7, 'none twice');
  assert.match(said.join(), /wrong about \d+ of kind product/);
  assert.ok((await kindsFound('member', '600/2806/3')).includes('product'));
});

test('kinds in which a whole number was hit come first, and nothing is shown twice', () => {
  const kinds = ['a', 'b', 'c'].map((kind) => ({ kind, name: kind, icon: 'search' as const }));
  const one = (kind: string, href: string, exact = false) => ({ kind, title: href, detail: '', href, exact });
  const groups = inOrder(
    kinds,
    [one('c', '/3'), one('a', '/1'), one('c', '/2', true), one('c', '/3'), one('a', '/4')],
    2,
  );
  assert.deepEqual(
    groups.map(({ kind, entries, more }) => [kind, entries.map(({ href }) => href), more]),
    [
      ['c', ['/2', '/3'], false],
      ['a', ['/1', '/4'], false],
    ],
  );
  assert.equal(inOrder(kinds, [one('a', '/1'), one('a', '/2'), one('a', '/3')], 2)[0]?.more, true);
});
