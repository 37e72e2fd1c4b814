import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { allAnswered } from '#test/mails.ts';

// Every field of these pages that ends in a mail, with what could become a header, a second receiver or another mailbox.

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

let lastAddress = 0;
const elsewhere = () => ({ 'x-forwarded-for': `198.51.100.${++lastAddress}` });

const VICTIM = 'idris.penhallow@northgate.example';
const TRICKS = [
  `${VICTIM}\r\nBcc: thief@evil.example`,
  `${VICTIM}\nBcc:thief@evil.example`,
  `${VICTIM}%0d%0abcc:thief@evil.example`,
  `bcc:thief@evil.example`,
  `${VICTIM},thief@evil.example`,
  `${VICTIM};thief@evil.example`,
  `${VICTIM} thief@evil.example`,
  `"Idris" <${VICTIM}>`,
  `Idris Penhallow <thief@evil.example>`,
  `<${VICTIM}>`,
  `thief@evil.example(${VICTIM})`,
  `"a\\" b"@evil.example`,
  `thief@evil.example\0${VICTIM}`,
  `thief@[192.0.2.1]`,
  `thief@evil.example@northgate.example`,
  'ｉdris.penhallow@northgate.example',
  'ıdris.penhallow@northgate.example',
  'idris.penhallow@northgаte.example',
  'idris.penhallow@northgate。example',
  `${'x'.repeat(300)}@evil.example`,
];
/** One plain address: what a mail program takes as exactly one receiver. */
const ONE_ADDRESS = /^[\w.+'-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

const written = () =>
  application.services.database.read(SYSTEM, ({ db }) =>
    db.selectFrom('platform.mails').select(['to_address', 'subject', 'body']).execute(),
  );

test('nothing typed becomes a header, a second receiver, or leads a link to another mailbox', async () => {
  const ways = [
    ['/create-account', (email: string) => ({ email, givenNames: 'Nora', familyName: 'Field' })],
    ['/forgotten', (email: string) => ({ forgotten: 'username', email })],
    ['/forgotten', (account: string) => ({ forgotten: 'password', account })],
  ] as const;
  for (const trick of TRICKS) {
    for (const [path, fields] of ways) {
      const { status } = await application.browser().post(path, fields(trick), elsewhere());
      assert.ok(status === 303 || status === 422, `${path} ${trick}: ${status}`);
      if (path === '/create-account') assert.equal(status, 422, `no account for ${JSON.stringify(trick)}`);
    }
  }
  await allAnswered(application);
  for (const mail of await written()) {
    assert.match(mail.to_address, ONE_ADDRESS);
    assert.doesNotMatch(mail.subject, /[\r\n]/);
    if (/token=/.test(mail.body)) assert.equal(mail.to_address, VICTIM, 'a link goes to the stored address alone');
    assert.doesNotMatch(mail.to_address, /evil/);
  }
});

test('a link goes to no address that only looks like a known one', async () => {
  for (const account of [
    'idris.penhallow@northgate.examp1e',
    'idris.penhallow@northgate.example.evil.example',
    'İDRİS.PENHALLOW@northgate.example',
    'idrıs.penhallow@northgate.example',
    'idriſ.penhallow@northgate.example',
    'aſſeſſor',
  ]) {
    const answer = await application.browser().post('/forgotten', { forgotten: 'password', account }, elsewhere());
    assert.equal(answer.status, 303);
  }
  await allAnswered(application);
  const links = (await written()).filter(({ body }) => body.includes('token='));
  assert.deepEqual([...new Set(links.map(({ to_address }) => to_address))], [VICTIM], 'whatever was typed');
});

test('names that a visitor types reach no mail', async () => {
  const names = { givenNames: 'Buy cheap tyres at', familyName: 'http evil example' };
  await application.browser().post('/create-account', { ...names, email: 'reader@public.example' }, elsewhere());
  await allAnswered(application);
  const mails = (await written()).filter(({ to_address }) => to_address === 'reader@public.example');
  assert.equal(mails.length, 1);
  assert.doesNotMatch(`${mails[0]?.subject} ${mails[0]?.body}`, /tyres|evil/);
});
