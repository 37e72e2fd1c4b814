import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, readSettings, SettingsError } from './settings.ts';

test('nothing set: everything has a default on this machine alone', () => {
  const settings = readSettings({}, '/srv/connect');
  assert.deepEqual(settings, {
    port: 3000,
    host: '127.0.0.1',
    loopback: true,
    dataDir: '/srv/connect/data',
    databaseUrl: undefined,
    publicUrl: 'http://127.0.0.1:3000',
    mailUrl: undefined,
    keysDir: '/srv/connect/data/keys',
    tls: undefined,
    trustProxy: false,
    demo: true,
    secondFactor: 'required',
    webhookTargets: 'public',
    fixturesDir: undefined,
  });
  assert.deepEqual(readSettings({ PORT: '', DEMO: ' ' }, '/srv/connect'), settings, 'empty counts as not set');
});

test('settings that go together', () => {
  const settings = readSettings({
    PORT: '8443',
    HOST: '0.0.0.0',
    TRUST_PROXY: '10.0.0.0/8, loopback',
    PUBLIC_URL: 'https://connect.example.org/',
    DATABASE_URL: 'postgres://u:p@db/imi',
    KEYS_DIR: '/etc/keys',
    DEMO: 'off',
    SECOND_FACTOR: 'offered',
  });
  assert.equal(settings.loopback, false);
  assert.deepEqual(settings.trustProxy, ['10.0.0.0/8', 'loopback']);
  assert.equal(settings.publicUrl, 'https://connect.example.org');
  assert.equal(settings.keysDir, '/etc/keys');
  assert.equal(settings.demo, false);
  assert.equal(settings.secondFactor, 'offered');
  assert.equal(readSettings({ TRUST_PROXY: '2' }).trustProxy, 2);
  const file = import.meta.filename;
  assert.deepEqual(readSettings({ HOST: '::', TLS_CERT: file, TLS_KEY: file }).tls, { cert: file, key: file });
});

const WRONG: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{ PORT: 'http' }, /^PORT cannot be "http": write a number from 0 to 65535/],
  [{ PORT: '70000' }, /^PORT cannot be "70000"/],
  [{ PORT: '-1' }, /^PORT cannot/],
  [{ HOST: 'http://x' }, /^HOST cannot be "http:\/\/x": write the address/],
  [{ HOST: '0.0.0.0' }, /^HOST "0\.0\.0\.0" can be reached from other machines.*TLS_CERT and TLS_KEY.*TRUST_PROXY/],
  [{ HOST: 'connect.example.org' }, /^HOST "connect/],
  [{ DATABASE_URL: 'mysql://root:hunter2@x/y' }, /^DATABASE_URL cannot be the value it has: write/],
  [{ DATABASE_URL: 'postgres://u:p@db' }, /^DATABASE_URL/],
  [{ PUBLIC_URL: 'connect.example.org' }, /^PUBLIC_URL/],
  [{ PUBLIC_URL: 'https://a.example/path' }, /^PUBLIC_URL.*without a path/],
  [{ MAIL_URL: 'mail.example.org' }, /^MAIL_URL/],
  [{ TLS_CERT: '/nowhere.pem' }, /^TLS_CERT.*that exists/],
  [{ TLS_CERT: import.meta.filename }, /^TLS_CERT needs TLS_KEY/],
  [{ TLS_KEY: import.meta.filename }, /^TLS_KEY needs TLS_CERT/],
  [{ TRUST_PROXY: 'yes' }, /^TRUST_PROXY/],
  [{ TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY/],
  [{ DEMO: 'maybe' }, /^DEMO cannot be "maybe": write on or off\.$/],
  [{ SECOND_FACTOR: 'off' }, /^SECOND_FACTOR cannot be "off": write required or offered\.$/],
  [{ FIXTURES_DIR: '/nowhere' }, /^FIXTURES_DIR/],
];

test('a setting that cannot be used: one sentence that names it and says what to write', () => {
  for (const [env, sentence] of WRONG) {
    assert.throws(
      () => readSettings(env),
      (error) =>
        error instanceof SettingsError &&
        sentence.test(error.message) &&
        !error.message.includes('\n') &&
        !error.message.includes('hunter2'),
      JSON.stringify(env),
    );
  }
});

test('addresses are written as people type them', () => {
  assert.equal(addressOf('0.0.0.0', 443, true), 'https://localhost');
  assert.equal(addressOf('::1', 3000, false), 'http://[::1]:3000');
  assert.equal(addressOf('connect.example.org', 80, false), 'http://connect.example.org');
});
