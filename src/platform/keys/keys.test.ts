import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { KeysError } from './key-files.ts';
import { openKeys } from './keys.ts';
import { rotateSigningKey } from './signing.ts';

const root = await mkdtemp(path.join(tmpdir(), 'keys-test-'));
after(() => rm(root, { recursive: true }));
const folder = path.join(root, 'keys');

test('made on the first start, the same on the second, readable by the server alone', async () => {
  const first = await openKeys(folder);
  const second = await openKeys(folder);
  assert.equal(second.sessions, first.sessions);
  assert.deepEqual(second.database, first.database);
  assert.notEqual(first.database.application, first.database.delivery);
  assert.deepEqual(second.receipts.publicJwks(), first.receipts.publicJwks());
  assert.notEqual(first.receipts.kid, first.certificates.kid);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(path.join(entry.parentPath, entry.name));
    assert.equal(mode & 0o777, entry.isDirectory() ? 0o700 : 0o600, entry.name);
    assert.ok(!entry.name.startsWith('.'), 'no draft is left');
  }
});

test('PINs: encrypted for their owner, found by a keyed hash', async () => {
  const keys = await openKeys(folder);
  fc.assert(
    fc.property(fc.stringMatching(/^\d{8}$/), fc.uuid(), fc.uuid(), fc.nat(), (pin, owner, other, at) => {
      const sealed = keys.encryptPin(pin, owner);
      assert.equal(keys.decryptPin(sealed, owner), pin);
      assert.ok(!sealed.includes(pin));
      if (other !== owner) assert.throws(() => keys.decryptPin(sealed, other), KeysError);
      const altered = Buffer.from(sealed);
      altered[at % altered.length]! ^= 1;
      assert.throws(() => keys.decryptPin(altered, owner), KeysError);
      assert.notDeepEqual(keys.encryptPin(pin, owner), sealed);
      assert.deepEqual(keys.pinLookup(pin), keys.pinLookup(pin));
    }),
  );
  assert.notDeepEqual(keys.pinLookup('12345678'), keys.pinLookup('12345679'));
  const others = await openKeys(path.join(root, 'others'));
  assert.notDeepEqual(others.pinLookup('12345678'), keys.pinLookup('12345678'));
  assert.throws(() => others.decryptPin(keys.encryptPin('12345678', 'a'), 'a'), KeysError);
});

test('receipts verify in WebCrypto, as in the browser', async () => {
  const { receipts } = await openKeys(folder);
  const text = '{"sitting":"0198","seq":7,"at":"2026-05-01T09:00:00Z"}';
  const signature = receipts.sign(text);
  const jwk = receipts.publicJwks().keys[0]!;
  assert.ok(!('d' in jwk), 'the private part stays here');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('jwk', { ...jwk }, algorithm, false, ['verify']);
  const bytes = Buffer.from(signature, 'base64url');
  assert.ok(await crypto.subtle.verify(algorithm, key, bytes, Buffer.from(text)));
  assert.ok(!(await crypto.subtle.verify(algorithm, key, bytes, Buffer.from(text.replace('7', '8')))));
});

test('signatures are 64 bytes and verify, also the one in 128 whose numbers are short', async () => {
  const { receipts } = await openKeys(folder);
  for (let n = 0; n < 1000; n++) {
    const signature = receipts.sign(`text ${n}`);
    assert.equal(Buffer.from(signature, 'base64url').length, 64);
    assert.ok(receipts.verify(`text ${n}`, signature, receipts.kid), signature);
  }
});

test('verify refuses other text, damaged signatures and unknown keys without throwing', async () => {
  const { receipts, certificates } = await openKeys(folder);
  const signature = receipts.sign('text');
  assert.ok(receipts.verify('text', signature, receipts.kid));
  assert.ok(!receipts.verify('texts', signature, receipts.kid));
  assert.ok(!receipts.verify('text', signature, certificates.kid));
  assert.ok(!receipts.verify('text', certificates.sign('text'), receipts.kid));
  assert.ok(!receipts.verify('text', `${signature}A`, receipts.kid));
  assert.ok(!receipts.verify('text', '', receipts.kid));
  assert.ok(!receipts.verify('text', signature.slice(0, 40), receipts.kid));
});

test('rotation: the newest key signs, old signatures still verify, also when only the public half is kept', async () => {
  const own = path.join(root, 'rotation');
  const before = (await openKeys(own)).receipts;
  const old = before.sign('text');
  assert.equal(await rotateSigningKey(path.join(own, 'receipts')), 2);
  const now = (await openKeys(own)).receipts;
  assert.notEqual(now.kid, before.kid);
  assert.deepEqual(
    now.publicJwks().keys.map(({ kid }) => kid),
    [now.kid, before.kid],
  );
  assert.ok(now.verify('text', old, before.kid));
  const { createPublicKey } = await import('node:crypto');
  const file = path.join(own, 'receipts', '0001.private.pem');
  const pem = createPublicKey(await readFile(file)).export({ type: 'spki', format: 'pem' });
  await writeFile(path.join(own, 'receipts', '0001.public.pem'), pem);
  await rename(file, path.join(root, 'put-away.pem'));
  assert.ok((await openKeys(own)).receipts.verify('text', old, before.kid));
});

test('a key that cannot be used is named', async () => {
  const own = path.join(root, 'damaged');
  await openKeys(own);
  await writeFile(path.join(own, 'sessions.key'), 'short\n');
  await assert.rejects(openKeys(own), /sessions\.key cannot be used/);
  await writeFile(path.join(own, 'sessions.key'), `${'A'.repeat(43)}\n`);
  await writeFile(path.join(own, 'receipts', '0001.private.pem'), 'nothing');
  await assert.rejects(openKeys(own), /0001\.private\.pem cannot be used/);
});

test('six processes that start at once end with the same keys', async () => {
  const own = path.join(root, 'together');
  const module = new URL('./keys.ts', import.meta.url).href;
  const program = `const { openKeys } = await import(${JSON.stringify(module)}); const keys = await openKeys(${JSON.stringify(own)});
    console.log(JSON.stringify([keys.sessions, keys.database, keys.receipts.kid, keys.certificates.kid, keys.pinLookup('1').toString('hex')]));`;
  const runs = Array.from({ length: 6 }, () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]),
  );
  const seen = new Set((await Promise.all(runs)).map(({ stdout }) => stdout));
  assert.equal(seen.size, 1);
});
