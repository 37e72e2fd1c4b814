import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApplication, type TestApplication } from '#test/application.ts';

let application: TestApplication;
before(async () => {
  application = await startTestApplication();
});
after(() => application.close());

test('a person logs in and is led home', async () => {
  const browser = application.browser();
  assert.equal((await browser.get('/login')).status, 200);
  const answer = await browser.post('/login', { username: ' Coordinator ', password: 'Motor-Trade-Demo-2026' });
  assert.equal(answer.status, 303);
  assert.equal(answer.location, '/home');
  assert.equal((await browser.get('/home')).status, 200);
});
