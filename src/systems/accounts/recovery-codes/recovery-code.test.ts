import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRecoveryCodes, readRecoveryCode } from './recovery-code.ts';

test('ten codes, all different, of letters that are not taken for others', () => {
  const codes = Array.from({ length: 50 }, newRecoveryCodes).flat();
  assert.equal(new Set(codes).size, 500);
  for (const code of codes) assert.match(code, /^[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/);
});

test('a code is read in any way of writing it', () => {
  for (const typed of ['7k2pm-x9qtw', ' 7K2PM X9QTW ', '7k2pmx9qtw', '７k2pm-x9qtw'])
    assert.equal(readRecoveryCode(typed), '7K2PM-X9QTW', typed);
  for (const typed of ['', '7k2pm', '7k2pm-x9qt', '7k2pm-x9qtw2', '1k2pm-x9qtw', 'ok2pm-x9qtw'])
    assert.equal(readRecoveryCode(typed), null, typed);
});
