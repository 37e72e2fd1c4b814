/** A provider's own system: its key, a registration that happens once, signed events with one that is tried again, the end of the key. */
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { clientOf } from '#test/api-client.ts';
import { startTestApplication, type TestApplication } from '#test/application.ts';
import { launchBrowser } from '#test/browser.ts';
import { asSuperuser } from '#test/database.ts';
import { lookAt, pageOf } from '#test/journey.ts';
import { deliverWebhooks } from '../../src/systems/web-portal/webhooks/deliver.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
const received: Received[] = [];
/** What the receiver answers, in order; 204 afterwards. */
const answers = [503];
let receiver: Server;
let address: string;
let app: TestApplication;
let browser: Browser;
before(async () => {
  receiver = createServer((request, answer) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      answer.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/imi-events`;
  app = await startTestApplication({ env: { WEBHOOK_TARGETS: 'any' } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await app.close();
  receiver.close();
});

/** Sends what is due until the address has been asked so many times and it is written down. */
async function asked(times: number): Promise<void> {
  const noted = () =>
    asSuperuser(app.database.url, async (database) => {
      const { rows } = await database.query(
        'select coalesce(sum(d.attempts), 0)::int as attempts from web_portal.webhook_deliveries d join web_portal.webhooks w on w.id = d.webhook_id where w.url = $1',
        [address],
      );
      return rows[0].attempts as number;
    });
  while ((await noted()) < times) await deliverWebhooks(app.services);
}

/** As a receiver checks it that has nothing but the secret. */
function assertSigned({ headers, body }: Received, secret: string): void {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  assert.ok(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp'])) < 300, 'it is fresh');
}

async function shownOnce(page: Page, pattern: RegExp): Promise<string> {
  const [shown] = pattern.exec(await page.locator('main').innerText()) ?? [];
  assert.ok(shown, 'it is shown');
  return shown;
}

test('a key, one registration, signed events, a failure tried again, and the end of the key', async () => {
  const page = await pageOf(app, browser, 'coordinator');
  await page.goto('/web-portal');
  await page.getByRole('link', { name: 'API', exact: true }).click();
  await lookAt(page);
  await page.getByRole('link', { name: 'Make a key' }).first().click();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
  await lookAt(page);
  await page.getByLabel('Name', { exact: true }).fill('Workshop planner');
  for (const scope of ['Read products', 'Read candidates', 'Read registrations', 'Register candidates'])
    await page.getByLabel(scope).check();
  await page.getByLabel('It works for').selectOption('90 days');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('heading', { name: 'Copy the key' }).waitFor();
  await lookAt(page);
  const key = await shownOnce(page, /imi_[0-9a-z]{8}_[\w-]{43}/);
  await page.getByRole('link', { name: 'I have copied the key' }).click();
  assert.ok(!(await page.content()).includes(key), 'it is shown once');
  await page.getByRole('row', { name: /Workshop planner.*Never/ }).waitFor();

  await page.getByRole('link', { name: 'Web addresses' }).click();
  await page.getByRole('link', { name: 'Add a web address' }).first().click();
  await page.getByLabel('Web address', { exact: true }).fill(address);
  await page.getByLabel('A registration was made').check();
  await page.getByRole('button', { name: 'Add the address' }).click();
  await page.getByRole('heading', { name: 'Copy the secret' }).waitFor();
  const secret = await shownOnce(page, /whsec_[\w+/]+=*/);
  await page.getByRole('link', { name: 'I have copied the secret' }).click();
  assert.ok(!(await page.content()).includes(secret), 'it is shown once');

  const client = await clientOf(app, key);
  const [product] = (await client.call('listProducts', { open: 'true' })).body.items;
  const started = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const body = {
    candidate: {
      givenNames: 'Wilhelmina',
      familyName: 'Ashgrove',
      birthDate: '1999-08-07',
      ulnAbsentReason: 'Requested',
    },
    registration: { productId: product.id, programmeStart: started },
  };
  const once = { 'Idempotency-Key': randomUUID() };
  const made = await client.call('registerCandidate', once, body);
  const again = await client.call('registerCandidate', once, body);
  assert.deepEqual([made.status, again.status, again.body.id], [201, 201, made.body.id]);
  await page.goto('/web-portal/candidates?q=Ashgrove');
  assert.equal(await page.getByRole('link', { name: 'Ashgrove, Wilhelmina' }).count(), 1);
  await page.goto(`/web-portal/registrations/${made.body.id}`);
  await page.getByText('API key Workshop planner').first().waitFor();

  // The receiver was down at the first attempt: the log says so, and the coordinator has it sent again.
  await asked(1);
  await page.goto('/web-portal/api/deliveries');
  const delivery = page.getByRole('row').filter({ hasText: address });
  await delivery.filter({ hasText: '503' }).filter({ hasText: 'Waiting' }).waitFor();
  await lookAt(page);
  await delivery.getByRole('link', { name: 'A registration was made' }).click();
  await lookAt(page);
  await page.getByRole('button', { name: 'Send it again' }).click();
  await page.getByText('It is sent again now.').waitFor();
  await asked(2);
  await page.reload();
  await page.getByText('Delivered').first().waitFor();
  assert.equal(received.length, 2);
  for (const message of received) assertSigned(message, secret);
  const { type, data } = JSON.parse(received[1]?.body ?? '');
  assert.deepEqual([type, data.registrationId], ['registration.made', made.body.id]);
  assert.equal(received[0]?.headers['webhook-id'], received[1]?.headers['webhook-id']);
  assert.doesNotMatch(received[1]?.body ?? '', /Wilhelmina|Ashgrove|1999/);

  await page.goto('/web-portal/api');
  const row = page.getByRole('row').filter({ hasText: 'Workshop planner' });
  await row.getByText('from 127.0.0.1').waitFor();
  await row.getByRole('link', { name: 'Revoke' }).click();
  await page.getByLabel('Reason').fill('The supplier of the planner changed');
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await page.getByText('The key is revoked. It opens nothing from now on.').waitFor();
  assert.equal((await client.call('listProducts')).status, 401);

  await page.goto('/api/v1/reference');
  await lookAt(page);
});
