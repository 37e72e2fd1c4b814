import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TOTP } from 'otpauth';
import { appAddress, newAppSecret, readTimeCode, secretInGroups, stepOfCode } from './time-code.ts';

// RFC 6238, appendix B, SHA-1: the ASCII secret "12345678901234567890", last six of eight digits.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

test('the codes of RFC 6238', () => {
  assert.equal(stepOfCode(RFC_SECRET, '287082', at(59), null), 1);
  assert.equal(stepOfCode(RFC_SECRET, '081804', at(1_111_111_109), null), 37_037_036);
  assert.equal(stepOfCode(RFC_SECRET, '005924', at(1_234_567_890), null), 41_152_263);
  assert.equal(stepOfCode(RFC_SECRET, '279037', at(2_000_000_000), null), 66_666_666);
});

test('the period before and after is taken, those further away are not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 60_000_000 }), fc.integer({ min: -4, max: 4 }), (step, away) => {
      const secret = newAppSecret();
      const code = new TOTP({ secret }).generate({ timestamp: (step + away) * 30_000 });
      const found = stepOfCode(secret, code, at(step * 30 + 15), null);
      if (Math.abs(away) <= 1) assert.ok(found !== null && Math.abs(found - step) <= 1);
      // A code of six digits is the code of some other period once in a million.
      else if (found !== null) assert.ok(Math.abs(found - step) <= 1 && found !== step + away);
    }),
  );
});

test('no period is taken twice, nor one before the last', () => {
  const step = 37_037_036;
  const code = '081804';
  assert.equal(stepOfCode(RFC_SECRET, code, at(1_111_111_109), step - 1), step);
  assert.equal(stepOfCode(RFC_SECRET, code, at(1_111_111_109), step), null);
  assert.equal(stepOfCode(RFC_SECRET, code, at(1_111_111_109), step + 1), null);
});

test('what is typed is read with spaces and hyphens, and nothing else', () => {
  assert.equal(readTimeCode(' 123 456 '), '123456');
  assert.equal(readTimeCode('123-456'), '123456');
  for (const typed of ['', '12345', '1234567', '12345a', '１２３４５６'])
    assert.equal(readTimeCode(typed), null, typed);
});

test('the address names service and account; the secret is shown in groups', () => {
  const address = new URL(appAddress(RFC_SECRET, { issuer: 'IMI Connect', username: 'rhian.prosser' }));
  assert.equal(address.protocol, 'otpauth:');
  assert.equal(decodeURIComponent(address.pathname), '/IMI Connect:rhian.prosser');
  assert.equal(address.searchParams.get('secret'), RFC_SECRET);
  assert.equal(address.searchParams.get('issuer'), 'IMI Connect');
  assert.equal(secretInGroups(RFC_SECRET), 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
  assert.match(newAppSecret(), /^[A-Z2-7]{32}$/);
  assert.notEqual(newAppSecret(), newAppSecret());
});
