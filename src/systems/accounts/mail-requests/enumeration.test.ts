import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { type PlainAnswer, startTestApplication, type TestApplication } from '#test/application.ts';
import { mailsTo } from '#test/mails.ts';

// Nobody learns from an answer whether a name or address is known (proof.md T21); what is said is said by mail.

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
  await application.services.database.write(SYSTEM, ({ db }) =>
    db.updateTable('accounts.people').set({ status: 'suspended' }).where('family_name', '=', 'Oakapple').execute(),
  );
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++lastAddress}` });

/** What a visitor can see of an answer, the typed words taken out. */
function seen({ status, location, headers, text }: PlainAnswer, typed: string) {
  const volatile = ['date', 'keep-alive', 'connection', 'content-length'];
  const bare = (value: string) => value.replaceAll(`"${typed}"`, '"TYPED"');
  return {
    status,
    location: location && bare(location),
    headers: [...headers].filter(([name]) => !volatile.includes(name)).map(([name, value]) => [name, bare(value)]),
    cookies: headers.getSetCookie(),
    text: bare(text),
  };
}

const KNOWN = 'idris.penhallow@northgate.example';
const SUSPENDED = 'winifred.oakapple@public.example';
const UNKNOWN = 'nobody.penhallow@northgate.example';

const WAYS: readonly (readonly [string, string, (typed: string) => Record<string, string>, readonly string[]])[] = [
  ['forgotten username', '/forgotten', (email) => ({ forgotten: 'username', email }), [KNOWN, SUSPENDED, UNKNOWN]],
  [
    'forgotten password',
    '/forgotten',
    (account) => ({ forgotten: 'password', account }),
    [KNOWN, SUSPENDED, UNKNOWN, 'assessor', 'member', 'nobody'],
  ],
  [
    'free account',
    '/create-account',
    (email) => ({ email, givenNames: 'Nora', familyName: 'Field' }),
    [KNOWN, SUSPENDED, UNKNOWN],
  ],
  [
    'log-in',
    '/login',
    (username) => ({ username, password: 'Wrong-Password-1' }),
    [KNOWN, SUSPENDED, UNKNOWN, 'iqa', 'member', 'nobody'],
  ],
];

for (const [name, path, fields, typed] of WAYS) {
  test(`${name}: one answer for the known, the suspended and the unknown, until after too many tries`, async () => {
    const rounds = await Promise.all(
      typed.map(async (one) => {
        const answers = [];
        for (let round = 0; round < 7; round++)
          answers.push(seen(await application.browser().post(path, fields(one), elsewhere()), one));
        return answers;
      }),
    );
    const [first = []] = rounds;
    assert.equal(first.at(-1)?.status, 429);
    for (const answers of rounds) {
      for (const [round, answer] of answers.entries()) {
        assert.deepEqual(answer, first[round]);
        assert.deepEqual(answer.cookies, []);
      }
    }
  });
}

test('the page after it is the same too, and only the mailbox knows', async () => {
  for (const kind of ['username', 'password', 'account']) {
    const page = await application.browser().get(`/look-in-your-mail?for=${kind}`);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /@northgate|@public/);
  }
  const subjects = async (address: string) =>
    [...new Set((await mailsTo(application, address)).map(({ subject }) => subject))].sort();
  assert.deepEqual(await subjects(KNOWN), ['Choose a new IMI Connect password', 'Your IMI Connect username']);
  assert.equal((await mailsTo(application, KNOWN)).length, 5, 'more in an hour are asked for, and not sent');
  assert.deepEqual(await subjects(UNKNOWN), [
    'No IMI Connect account with this address',
    'Your free IMI Connect account',
  ]);
});
