import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestApplication } from '#test/application.ts';
import { whoCanLogIn } from './who-can-log-in.ts';

const FIELDS = {
  givenNames: 'Alys',
  familyName: 'Trevanion',
  email: 'alys@awarding.example',
  username: 'alys',
  password: 'tappet lane sycamore',
};

test('without the demonstration a printed link makes the first administrator, once', async () => {
  const application = await startTestApplication({ demo: false });
  try {
    const { services } = application;
    const pathOf = (lines: readonly string[]) =>
      /(\/first-administrator\?token=\S+)/.exec(lines.join('\n'))?.[1] as string;
    const first = pathOf(await whoCanLogIn(services));
    const second = pathOf(await whoCanLogIn(services));
    assert.notEqual(first, second);
    const stored = await services.database.read({ kind: 'system' }, ({ db }) =>
      db.selectFrom('accounts.first_administrator_links').select('token_hash').execute(),
    );
    assert.ok(stored.every(({ token_hash }) => !first.includes(token_hash.toString('base64url'))));

    const browser = application.browser();
    assert.equal((await browser.get('/first-administrator?token=made-up')).status, 410);
    assert.equal((await browser.get(first)).status, 200);
    const refused = await browser.post(first, { ...FIELDS, email: 'alys', password: 'x' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter your e-mail address, with an @ in it/);
    assert.match(refused.text, /value="Trevanion"/);
    const answers = await Promise.all([
      browser.post(first, FIELDS),
      application.browser().post(second, { ...FIELDS, username: 'rival', email: 'r@awarding.example' }),
    ]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410]);
    for (const link of [first, second]) assert.equal((await browser.get(link)).status, 410);
    assert.deepEqual(await whoCanLogIn(services), [], 'there is an administrator');
  } finally {
    await application.close();
  }
});

test('the demonstration prints who can log in', async () => {
  const application = await startTestApplication();
  try {
    const lines = (await whoCanLogIn(application.services)).join('\n');
    assert.match(lines, /Motor-Trade-Demo-2026/);
    assert.match(
      lines,
      /Northgate Motor Training \(04417\): coordinator, administrator, invigilator, assessor, iqa, champion, candidate/,
    );
    assert.match(lines, /Member of the public: member/);
    assert.doesNotMatch(lines, /first-administrator/);
  } finally {
    await application.close();
  }
});
