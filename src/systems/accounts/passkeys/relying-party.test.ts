import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relyingPartyOf } from './relying-party.ts';

const at = (publicUrl: string, loopback = true) => ({ publicUrl, loopback, tls: undefined });

test('passkeys are bound to the name people reach the site by, whatever the request says', () => {
  const expected = { id: 'connect.example.org', origin: 'https://connect.example.org' };
  for (const host of ['connect.example.org', 'evil.example', 'localhost:3000'])
    assert.deepEqual(relyingPartyOf(at('https://connect.example.org', false), host), expected);
});

test('where only this machine is reached, localhost serves; an address of numbers never does', () => {
  assert.deepEqual(relyingPartyOf(at('http://127.0.0.1:3000'), 'localhost:3000'), {
    id: 'localhost',
    origin: 'http://localhost:3000',
  });
  assert.equal(relyingPartyOf(at('http://127.0.0.1:3000'), '127.0.0.1:3000'), null);
  for (const host of ['localhost.evil.example', 'localhost:3000.evil.example', 'xlocalhost', 'localhost:3000/'])
    assert.equal(relyingPartyOf(at('http://127.0.0.1:3000'), host), null, host);
  assert.equal(relyingPartyOf(at('https://192.0.2.7', false), 'localhost'), null);
  assert.equal(relyingPartyOf(at('http://[::1]:3000'), '[::1]:3000'), null);
});
