import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordProblem } from './password-rule.ts';

test('a password of 12 characters that nobody tries first will do; there are no rules of composition', () => {
  for (const password of [
    'correct horse battery',
    'tappet-lane-sycamore',
    'gwxkrvtphmzj',
    'ŵy glaw mân bore',
    '🔧 gasket 🔩 flange',
    'x9!Qpe4#Lw2z',
    '7391 5048 2617 3940',
  ]) {
    assert.equal(passwordProblem(password), null, password);
  }
});

test('too short and too long ones are refused, counted in characters as people see them', () => {
  assert.match(String(passwordProblem('gwxkrvtphmz')), /at least 12 characters/);
  assert.match(String(passwordProblem('🔧🔩🔧🔩🔧')), /at least 12 characters/);
  assert.match(String(passwordProblem('gwxkr'.repeat(41))), /at most 200 characters/);
});

test('what lists of stolen passwords are full of is refused', () => {
  const words = [
    'password',
    'Passw0rd',
    'P@ssw0rd',
    'qwerty',
    'letmein',
    'welcome',
    'admin',
    'iloveyou',
    'monkey',
    'dragon',
    'football',
    'liverpool',
    'sunshine',
    'Motor-Trade',
    'IMI Connect',
    'changeme',
    'qwertyuiop',
  ];
  const tails = ['1234', '12345678', '2026', '123!', '!!!!!!!!', '', '000000', '123456789012'];
  let refused = 0;
  for (const word of words) {
    for (const tail of tails) {
      for (const password of [`${word}${tail}`, `${word}${word}${tail}`, `${tail}${word}${tail}`]) {
        assert.notEqual(passwordProblem(password), null, password);
        refused++;
      }
    }
  }
  for (const password of [
    '123456789012',
    '111111111111',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'abcdefghijklm',
    '987654321098',
    '1q2w3e4r5t6y',
    'qwertyuiopasdfghjkl',
    '            ',
    '............',
  ]) {
    assert.notEqual(passwordProblem(password), null, password);
    refused++;
  }
  assert.ok(refused > 400);
});

test('names, username and address of the person are refused, with more words they will do', () => {
  const known = ['Gethin', 'Morlais', 'coordinator2', 'gethin.morlais@severnside.example'];
  assert.match(String(passwordProblem('GethinMorlais', known)), /more than your name/);
  assert.match(String(passwordProblem('gethin.morlais@severnside.example', known)), /more than your name/);
  assert.match(String(passwordProblem('coordinator2 2026', known)), /more than your name|attackers/);
  assert.equal(passwordProblem('gethin likes brass trumpets', known), null);
});
