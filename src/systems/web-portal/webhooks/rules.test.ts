/** Addresses that are inside, delays, signatures: as pure rules. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { addressProblem, isPublic } from './address.ts';
import { nextAttempt } from './retry.ts';
import { send } from './send.ts';
import { newSecret, signedHeaders } from './signature.ts';

test('only addresses of the public internet are public', () => {
  const inside = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'nonsense',
  ];
  assert.deepEqual(
    inside.filter((address) => isPublic(address)),
    [],
  );
  for (const address of ['8.8.8.8', '172.32.0.1', '193.0.0.1', '2606:4700::1111'])
    assert.ok(isPublic(address), address);
});

test('an address is refused by its form where it leads inside, however it is written', () => {
  for (const url of [
    'https://127.0.0.1/x',
    'https://0x7f.1/x',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://records.localhost/',
    'https://intranet/',
    'https://printer.local/',
    'http://records.example/',
    'https://user:secret@records.example/',
    'nonsense',
    '',
  ])
    assert.ok(addressProblem(url, 'public'), url);
  assert.equal(addressProblem('https://records.example/imi', 'public'), null);
  assert.equal(addressProblem('https://records.example:8443/imi?x=1', 'public'), null);
  assert.equal(addressProblem('http://127.0.0.1:8080/', 'any'), null);
});

test('nothing is sent inside, even where the address was stored', async () => {
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const message = { headers: {}, body: '{}' };
  for (const url of [`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, `https://localhost:${port}/`]) {
    const { ok, error } = await send(url, message, 'public');
    assert.equal(ok, false);
    assert.match(error ?? '', /not one of the public internet/, url);
  }
  assert.equal(asked, 0);
  assert.deepEqual(await send(`http://127.0.0.1:${port}/`, message, 'any'), { ok: true, status: 200, error: null });
  server.close();
  const refused = await send(`http://127.0.0.1:${port}/`, message, 'any');
  assert.equal(refused.ok, false);
});

test('delays grow, and end after two days', () => {
  const now = new Date('2026-11-25T10:00:00Z');
  const delays: number[] = [];
  for (let failures = 1; ; failures++) {
    const next = nextAttempt(failures, now);
    if (!next) break;
    delays.push(next.getTime() - now.getTime());
  }
  assert.deepEqual(
    delays,
    [...delays].sort((a, b) => a - b),
  );
  const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3_600_000;
  assert.ok(hours > 47 && hours <= 48, `${hours} hours`);
});

test('the signature is that of the Standard Webhooks specification', () => {
  const headers = signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  });
  // The example of the specification's own libraries.
  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  assert.equal(headers['webhook-timestamp'], '1614265330');
  assert.equal(Buffer.from(newSecret().slice(6), 'base64').length, 32);
  assert.notEqual(newSecret(), newSecret());
});
