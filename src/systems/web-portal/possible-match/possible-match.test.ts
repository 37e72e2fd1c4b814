import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, type Identity, nameLikeness, possibleMatch } from './possible-match.ts';

const person = (
  givenNames: string,
  familyName: string,
  birthDate = '2006-04-12',
  uln: string | null = null,
): Identity => ({
  givenNames,
  familyName,
  birthDate,
  uln,
});
const reason = (one: Identity, other: Identity) => possibleMatch(one, other)?.reason ?? null;

test('the same ULN is a match whatever else is typed', () => {
  assert.equal(
    reason(person('Ann', 'Other', '1990-01-01', '1234567899'), person('Bo', 'Smith', '2001-02-03', '1234567899')),
    'same_uln',
  );
});

test('the same birth date and name, ignoring accents, case, order, hyphens and apostrophes', () => {
  const known = person('Seán', 'O’Neill-Byrne');
  for (const typed of [
    person('Sean', 'ONeill Byrne'),
    person('SEAN', "O'NEILL-BYRNE"),
    person("O'Neill Byrne", 'Sean'),
    person('Seán', 'O Neill Byrne'),
  ]) {
    assert.ok((possibleMatch(typed, known)?.score ?? 0) > 0.8, `${typed.givenNames} ${typed.familyName}`);
  }
  assert.equal(reason(person('Byrne-Sean', 'Oneill'), known), 'same_birth_date_and_name');
});

test('a typing slip, a missing middle name or an initial still shows', () => {
  assert.ok(reason(person('Oliver', 'Thornbury'), person('Oliver James', 'Thornbury')));
  assert.ok(reason(person('O', 'Thornbury'), person('Oliver', 'Thornbury')));
  assert.ok(reason(person('Oliver', 'Thornbruy'), person('Oliver', 'Thornbury')));
  assert.ok(reason(person('Mohamed', 'Rahimi'), person('Mohammed Yusuf', 'Rahimi')));
});

test('twins and strangers of one birthday are not asked about', () => {
  assert.equal(reason(person('Jack', 'Thornbury'), person('Oliver', 'Thornbury')), null);
  assert.equal(reason(person('Zainab', 'Chaudhry'), person('Isla', 'Pemberthy')), null);
});

test('the same name: a birth date with day and month changed or one digit wrong shows, another does not', () => {
  const known = person('Daniel', 'Hughes', '2005-08-10', '1234567899');
  assert.equal(reason(person('Daniel', 'Hughes', '2005-10-08'), known), 'same_name_and_similar_birth_date');
  assert.equal(reason(person('Daniel', 'Hughes', '2005-08-16'), known), 'same_name_and_similar_birth_date');
  assert.equal(reason(person('Daniel', 'Hughes', '1986-06-12'), known), null);
  assert.equal(reason(person('Daniel', 'Hughes', '2005-10-08', '1000000019'), known), null);
});

const name = fc.stringMatching(/^[A-Za-zéŵłø' -]{1,20}$/).filter((text) => /[A-Za-z]/.test(text));
test('likeness is the same both ways, 1 with itself, and between 0 and 1', () => {
  fc.assert(
    fc.property(name, name, name, name, (a, b, c, d) => {
      const [one, other] = [person(a, b), person(c, d)];
      assert.ok(nameLikeness(one, one) === 1);
      assert.equal(nameLikeness(person(a, b), person(b, a)) > 0.72, true);
      const likeness = nameLikeness(one, other);
      assert.ok(likeness >= 0 && likeness <= 1);
      assert.equal(reason(one, one), 'same_birth_date_and_name');
    }),
  );
});

test('edit distance: symmetric, 0 only for equal words, a changed pair counts once', () => {
  const word = fc.stringMatching(/^[a-c]{0,7}$/);
  fc.assert(
    fc.property(word, word, (a, b) => {
      assert.equal(editDistance(a, b), editDistance(b, a));
      assert.equal(editDistance(a, b) === 0, a === b);
      assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
    }),
  );
  assert.equal(editDistance('thornbruy', 'thornbury'), 1);
});
