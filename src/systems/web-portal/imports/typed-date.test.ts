import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { recogniseHeadings } from './import-fields.ts';
import { IMPORT_STATES, type ImportAct, importTransition } from './import-state.ts';
import { readTypedDate } from './typed-date.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

describe('days as people type them', () => {
  it('are the same day in every form', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1950, max: 2030 }),
        (day, month, year) => {
          const [dd, mm] = [day, month].map((part) => String(part).padStart(2, '0'));
          const forms = [
            `${dd}/${mm}/${year}`,
            `${day}.${month}.${year}`,
            `${dd}-${mm}-${year}`,
            `${day}-${MONTHS[month - 1]}-${year}`,
            `${year}-${mm}-${dd}`,
            `${dd} ${MONTHS[month - 1]} ${year}`,
            `${dd}/${mm}/${year} 00:00:00`,
          ];
          for (const form of forms) {
            const read = readTypedDate(form, 'date of birth');
            assert.ok(read.ok, form);
            assert.deepEqual([Number(read.day), Number(read.month), Number(read.year)], [day, month, year], form);
          }
        },
      ),
    );
  });
  for (const [text, words] of [
    ['31/12/04', /two digits/],
    ['1-Jan-04', /two digits/],
    ['12/31/2004', /month first/],
    ['2004/12/31', /begins with the year/],
    ['38352', /own number for a day/],
    ['yesterday', /no date that can be read/],
  ] as const) {
    it(`names what is wrong with ${text}, and guesses nothing`, () => {
      const read = readTypedDate(text, 'date of birth');
      assert.ok(!read.ok);
      assert.match(read.message, words);
    });
  }
});

it('headings of many names are recognised, each field once', () => {
  assert.deepEqual(
    recogniseHeadings([
      'Forename',
      'SURNAME',
      'D.O.B.',
      'Unique Learner Number',
      'E-Mail',
      'Post Code',
      'Learner Ref',
      'PO number',
      'Shoe size',
      'First name',
    ]),
    ['givenNames', 'familyName', 'birthDate', 'uln', 'email', 'postcode', 'centreReference', 'orderReference', '', ''],
  );
});

it('no act leads out of an end, and what is being registered is neither changed nor discarded', () => {
  const acts: ImportAct[] = ['map', 'check', 'confirm', 'register', 'refuse', 'undo', 'discard'];
  for (const state of IMPORT_STATES) {
    const open = acts.filter((act) => importTransition(state, act).ok);
    if (state === 'undone' || state === 'discarded') assert.deepEqual(open, []);
    if (state === 'registering') assert.deepEqual(open, ['register', 'refuse']);
    if (state === 'registered') assert.deepEqual(open, ['undo']);
  }
});
