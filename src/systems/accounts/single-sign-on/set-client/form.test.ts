import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseForm } from '#platform/http/forms.ts';
import { addressProblem, clientForm } from './form.ts';

const right = {
  name: 'Torque Time library',
  supplier: 'Torque Time Ltd',
  description: 'Short courses',
  launchAddress: 'https://learn.torque.example/start',
  redirectAddresses: 'https://learn.torque.example/callback\r\n https://learn.torque.example/callback2 \r\n',
  logOutAddresses: '',
  audience: 'all_centres',
  centres: '04417',
  roles: ['assessor', 'iqa'],
  passesOn: 'name',
};

const errors = (changes: object) => {
  const parsed = parseForm(clientForm, { ...right, ...changes });
  return parsed.ok ? {} : Object.fromEntries(parsed.errors.map(({ field, message }) => [field, message]));
};

test('a form that fits becomes settings: lines to addresses, single choices to lists, centres only where chosen', () => {
  const parsed = parseForm(clientForm, right);
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value.redirectAddresses, [
    'https://learn.torque.example/callback',
    'https://learn.torque.example/callback2',
  ]);
  assert.deepEqual([parsed.value.passesOn, parsed.value.centreNumbers], [['name'], []]);
  const chosen = parseForm(clientForm, { ...right, audience: 'chosen_centres', centres: '04417, 04426\n04417' });
  assert.deepEqual(chosen.ok && chosen.value.centreNumbers, ['04417', '04426']);
});

test('addresses must be exact and safe', () => {
  for (const good of [
    'https://a.example/',
    'https://a.example:8443/x?y=1',
    'http://127.0.0.1:9/x',
    'http://localhost/x',
  ])
    assert.equal(addressProblem(good), null, good);
  for (const bad of [
    'http://a.example/',
    'http://127.0.0.1.evil.example/',
    'javascript:alert(1)',
    'https://u:p@a.example/',
    'https://a.example/#x',
    'https://*.a.example/',
    'https://a.example\\@evil.example/',
    '//a.example/',
    'a.example',
    '',
  ])
    assert.ok(addressProblem(bad), bad);
});

test('what does not fit together is said at its field', () => {
  assert.match(String(errors({ redirectAddresses: '' }).redirectAddresses), /Enter at least one/);
  assert.match(
    String(errors({ redirectAddresses: 'https://a.example/1\nhttps://b.example/2' }).redirectAddresses),
    /one site/,
  );
  assert.match(String(errors({ redirectAddresses: 'http://a.example/1' }).redirectAddresses), /must begin with https/);
  assert.match(String(errors({ launchAddress: 'ftp://x' }).launchAddress), /https/);
  assert.match(String(errors({ roles: undefined }).roles), /at least one role/);
  assert.match(String(errors({ roles: 'officer' }).roles), /roles of centres alone/);
  assert.match(String(errors({ audience: 'awarding_body' }).roles), /roles of the awarding body alone/);
  assert.match(String(errors({ audience: 'chosen_centres', centres: '' }).centres), /Enter the numbers/);
  assert.match(String(errors({ audience: 'chosen_centres', centres: '4417' }).centres), /4417 is not a centre number/);
  assert.match(String(errors({ audience: 'x' }).audience), /Choose who/);
  assert.match(String(errors({ name: ' ' }).name), /Enter the name/);
});
