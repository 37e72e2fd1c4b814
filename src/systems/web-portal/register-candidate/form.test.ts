import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseForm } from '#platform/http/forms.ts';
import { ageProblem, registrationForm } from './form.ts';

const TODAY = '2026-11-23';
const PRODUCT = '019f0000-0000-7000-8000-000000000001';
const good = {
  givenNames: '  Siân  Mair ',
  familyName: "O'Neill-Llŷr",
  'birthDate-day': '12',
  'birthDate-month': '6',
  'birthDate-year': '2006',
  uln: '1234 567 899',
  product: PRODUCT,
  'programmeStart-day': '1',
  'programmeStart-month': '11',
  'programmeStart-year': '2026',
};
const read = (changes: Record<string, string> = {}) => parseForm(registrationForm(TODAY), { ...good, ...changes });
function errorsOf(changes: Record<string, string>): Record<string, string> {
  const parsed = read(changes);
  assert.ok(!parsed.ok, JSON.stringify(changes));
  return Object.fromEntries(parsed.errors.map(({ field, message }) => [field, message]));
}

test('a good form is read: names as given, spaces put in order, empty answers are null', () => {
  const parsed = read({ postcode: 'zz44qt' });
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.value, {
    candidate: {
      givenNames: 'Siân Mair',
      familyName: "O'Neill-Llŷr",
      birthDate: '2006-06-12',
      uln: '1234567899',
      scottishNumber: null,
      ulnAbsentReason: null,
      postcode: 'ZZ4 4QT',
      email: null,
      centreReference: null,
    },
    programme: {
      productId: PRODUCT,
      siteId: null,
      programmeStart: '2026-11-01',
      assessmentLanguage: 'en',
      orderReference: null,
      funding: null,
      cohort: null,
      choice: null,
    },
    match: null,
    matchesShown: '',
    elsewhere: null,
    elsewhereShown: '',
  });
});

test('an empty form says everything that is needed, in the order of the page', () => {
  const parsed = parseForm(registrationForm(TODAY), {});
  assert.ok(!parsed.ok);
  assert.deepEqual(
    parsed.errors.map(({ field }) => field),
    ['givenNames', 'familyName', 'birthDate', 'uln', 'product', 'programmeStart'],
  );
});

test('each field says what is wrong', () => {
  assert.match(errorsOf({ givenNames: '...' }).givenNames ?? '', /no letter in the given names/);
  assert.match(errorsOf({ familyName: 'Smith<b>' }).familyName ?? '', /sign in the family name that no name has: </);
  assert.match(errorsOf({ familyName: '=A1' }).familyName ?? '', /may not begin with =/);
  assert.match(errorsOf({ givenNames: '\u202eevil' }).givenNames ?? '', /invisible mark in the given names/);
  assert.match(errorsOf({ familyName: 'x'.repeat(101) }).familyName ?? '', /longer than 100/);
  assert.match(errorsOf({ uln: '1234567898' }).uln ?? '', /do not fit together/);
  assert.match(errorsOf({ uln: '' }).uln ?? '', /say below why/);
  assert.match(errorsOf({ postcode: 'nowhere' }).postcode ?? '', /ZZ4 4QT/);
  assert.match(errorsOf({ email: 'someone@' }).email ?? '', /name@example.com/);
  assert.match(errorsOf({ 'birthDate-day': '31' }).birthDate ?? '', /real date/);
  assert.match(errorsOf({ 'programmeStart-year': '2028' }).programmeStart ?? '', /more than 180 days ahead/);
  assert.match(errorsOf({ product: 'ARH' }).product ?? '', /Choose the product/);
  assert.match(errorsOf({ assessmentLanguage: 'fr' }).assessmentLanguage ?? '', /one of the languages shown/);
  assert.match(errorsOf({ orderReference: '=1+1' }).orderReference ?? '', /begins with a letter or digit/);
});

test('a reason stands in for a ULN, and is dropped beside one', () => {
  const without = read({ uln: '', ulnAbsentReason: 'Requested' });
  assert.ok(without.ok);
  assert.deepEqual([without.value.candidate.uln, without.value.candidate.ulnAbsentReason], [null, 'Requested']);
  const both = read({ ulnAbsentReason: 'Requested' });
  assert.ok(both.ok);
  assert.equal(both.value.candidate.ulnAbsentReason, null);
});

test('candidates are 10 to 100 years old', () => {
  assert.equal(ageProblem('2016-11-23', TODAY), null);
  assert.match(ageProblem('2016-11-24', TODAY) ?? '', /9 years old/);
  assert.equal(ageProblem('1925-11-24', TODAY), null);
  assert.match(ageProblem('1925-11-23', TODAY) ?? '', /101 years old/);
  assert.match(ageProblem('2027-01-01', TODAY) ?? '', /in the future/);
});
