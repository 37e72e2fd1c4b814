import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
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

/** The published list, commonest first: 49,233 passwords. */
const LIST = createRequire(import.meta.url)('@zxcvbn-ts/language-common/src/passwords.json') as string[];

test('every password of the published list is refused: the short ones for their length, the long ones as common', (t) => {
  assert.ok(LIST.length >= 10_000);
  let long = 0;
  for (const password of LIST) {
    const problem = String(passwordProblem(password));
    if (password.length < 12) assert.match(problem, /at least 12 characters/, password);
    else {
      assert.match(problem, /among the first that attackers try/, password);
      long++;
    }
  }
  assert.ok(long > 300);
  t.diagnostic(`${LIST.length} passwords, ${long} of them long enough`);
});

test('the first 1,000 of it stay refused when they are doubled or lengthened as people do', (t) => {
  const capital = (word: string) => word.replace(/^./, (letter) => letter.toUpperCase());
  const lengthened = (word: string) => [
    word + word,
    `${word}123!`,
    `${word}2026`,
    `${word}${word}123!`,
    `${capital(word)}${capital(word)}2026`,
    `${capital(word)}2026123!`,
    `2026${word}2026!!!`,
    `${word.padEnd(8, '!')}1234`,
    `${word.replaceAll('o', '0').replaceAll('a', '@')}12345678`,
  ];
  let enough = 0;
  for (const word of LIST.slice(0, 1000)) {
    for (const password of lengthened(word)) {
      assert.notEqual(passwordProblem(password), null, password);
      if (password.length >= 12) enough++;
    }
  }
  assert.ok(enough > 4000, `only ${enough} were long enough to be judged by the list`);
  t.diagnostic(`${enough} of 9,000 long enough`);
});

test('a common word among others that are not known does no harm', () => {
  for (const password of [
    'dragon by the chapel gate',
    'shadow-of-a-lime-kiln',
    'Monkeys juggle wet turnips',
    'password for the greasy bench',
    'kestrel1liver8ottoman',
  ]) {
    assert.equal(passwordProblem(password), null, password);
  }
});

test('the longest password is judged too', (t) => {
  const password = [...Array(200).keys()].map((index) => String.fromCharCode(97 + ((index * 7) % 26))).join('');
  const began = performance.now();
  assert.equal(passwordProblem(password), null);
  t.diagnostic(`200 characters: ${(performance.now() - began).toFixed(1)} ms`);
});
