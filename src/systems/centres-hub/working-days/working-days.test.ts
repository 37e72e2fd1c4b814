import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addWorkingDays, bankHolidays, easterSunday, isWorkingDay, workingDaysBetween } from './working-days.ts';

/** As published at https://www.gov.uk/bank-holidays for England and Wales. */
const PUBLISHED: Record<number, string[]> = {
  2021: ['01-01', '04-02', '04-05', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2022: ['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27'],
  2023: ['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26'],
  2025: ['01-01', '04-18', '04-21', '05-05', '05-26', '08-25', '12-25', '12-26'],
  2026: ['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28'],
  2027: ['01-01', '03-26', '03-29', '05-03', '05-31', '08-30', '12-27', '12-28'],
  2028: ['01-03', '04-14', '04-17', '05-01', '05-29', '08-28', '12-25', '12-26'],
};

describe('bank holidays of England and Wales', () => {
  for (const [year, days] of Object.entries(PUBLISHED)) {
    it(`are those of ${year}`, () => {
      assert.deepEqual(
        [...bankHolidays(Number(year))].sort(),
        days.map((day) => `${year}-${day}`),
      );
    });
  }
  it('follow Easter', () => {
    assert.deepEqual([2024, 2025, 2026, 2038].map(easterSunday), [
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2038-04-25',
    ]);
  });
});

const someDay = fc
  .integer({ min: 0, max: 3600 })
  .map((days) => new Date(Date.UTC(2022, 0, 1 + days)).toISOString().slice(0, 10));

describe('working days', () => {
  it('pass over weekends and holidays', () => {
    assert.equal(addWorkingDays('2026-11-27', 1), '2026-11-30');
    // Good Friday and Easter Monday lie between.
    assert.equal(addWorkingDays('2026-04-02', 1), '2026-04-07');
    // Boxing Day of 2026 is a Saturday: Monday 28 December is kept for it.
    assert.equal(addWorkingDays('2026-12-24', 2), '2026-12-30');
    assert.equal(addWorkingDays('2026-11-25', 0), '2026-11-25');
  });
  it('end on a working day, and are counted back to the same number', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 130 }), (from, count) => {
        const to = addWorkingDays(from, count);
        assert.ok(isWorkingDay(to));
        assert.equal(workingDaysBetween(from, to), count);
        assert.equal(workingDaysBetween(to, from), -count);
      }),
      { numRuns: 60 },
    );
  });
  it('add up: m and then n days are m and n together', () => {
    const few = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(someDay, few, few, (from, m, n) => {
        assert.equal(addWorkingDays(addWorkingDays(from, m), n), addWorkingDays(from, m + n));
      }),
      { numRuns: 60 },
    );
  });
});
