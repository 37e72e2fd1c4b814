import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEMO_PASSWORD, startTestApplication, type TestApplication } from '#test/application.ts';
import { attackOneAccount } from '#test/guessing-attack.ts';

let application: TestApplication;
before(async () => {
  application = await startTestApplication({ env: { TRUST_PROXY: 'loopback' } });
});
after(() => application.close());

test('of 200 guesses from 100 addresses, by both names of an account, at most 10 are taken; its owner gets in', async () => {
  const figures = await attackOneAccount({
    url: application.url,
    names: ['coordinator', 'marguerite.holloway-finch@northgate.example'],
    password: DEMO_PASSWORD,
    addresses: 100,
    guessesEach: 2,
  });
  assert.equal(figures.sent, 200);
  assert.ok(figures.answeredAsWrong >= 1 && figures.answeredAsWrong <= 10, `${figures.answeredAsWrong} were taken`);
  assert.equal(figures.attackerGotIn, false);
  assert.equal(figures.ownerGotIn, true);
});
