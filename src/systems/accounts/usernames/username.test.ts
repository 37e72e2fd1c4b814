import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidyUsername, usernameProblem } from './username.ts';

test('usernames that differ in case, width or ligatures are one', () => {
  assert.equal(tidyUsername(' Gethin.Morlais '), 'gethin.morlais');
  assert.equal(tidyUsername('ｇｅｔｈｉｎ'), 'gethin');
  assert.equal(tidyUsername('ofﬁcer'), 'officer');
});

test('look-alikes from other alphabets and hidden letters are refused', () => {
  for (const name of [
    'gethіn',
    'ａdmіn',
    'ad\u200bmin',
    'admin ',
    'señor',
    'a b c',
    '.admin',
    '-x-',
    'ab',
    'x'.repeat(41),
  ]) {
    assert.notEqual(usernameProblem(tidyUsername(name) === 'admin' ? name : tidyUsername(name)), null, name);
  }
  for (const name of ['abc', 'g.morlais_2', 'name@example.org', '4wheel', 'x'.repeat(40)]) {
    assert.equal(usernameProblem(name), null, name);
  }
});
