import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addWorkingDays, bankHolidays, isWorkingDay, workingDaysBetween } from './working-days.ts';

// As published for England and Wales.
const PUBLISHED: Record<number, readonly string[]> = {
  2022: ['2022-01-03', '2022-04-15', '2022-04-18', '2022-05-02', '2022-08-29', '2022-12-26', '2022-12-27'],
  2025: [
    '2025-01-01',
    '2025-04-18',
    '2025-04-21',
    '2025-05-05',
    '2025-05-26',
    '2025-08-25',
    '2025-12-25',
    '2025-12-26',
  ],
  2026: [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ],
  2027: [
    '2027-01-01',
    '2027-03-26',
    '2027-03-29',
    '2027-05-03',
    '2027-05-31',
    '2027-08-30',
    '2027-12-27',
    '2027-12-28',
  ],
  2028: [
    '2028-01-03',
    '2028-04-14',
    '2028-04-17',
    '2028-05-01',
    '2028-05-29',
    '2028-08-28',
    '2028-12-25',
    '2028-12-26',
  ],
};

test('bank holidays are those published', () => {
  for (const [year, days] of Object.entries(PUBLISHED)) {
    const found = bankHolidays(Number(year));
    for (const day of days) assert.ok(found.has(day), day);
    // The spring holiday of 2022 was moved to June by proclamation, which no rule knows.
    if (year !== '2022') assert.deepEqual([...found].sort(), days);
  }
});

test('days are counted over weekends and holidays', () => {
  assert.equal(addWorkingDays('2026-12-24', 1), '2026-12-29');
  assert.equal(addWorkingDays('2026-11-25', 10), '2026-12-09');
  assert.equal(addWorkingDays('2026-11-28', 1), '2026-11-30');
  assert.equal(workingDaysBetween('2026-12-24', '2026-12-29'), 1);
  assert.equal(workingDaysBetween('2026-12-29', '2026-12-24'), -1);
  assert.equal(workingDaysBetween('2026-11-25', '2026-11-25'), 0);
});

test('adding and counting are inverse, and an end is always a working day', () => {
  const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 120 }), (date, count) => {
      const from = date.toISOString().slice(0, 10);
      const end = addWorkingDays(from, count);
      assert.ok(isWorkingDay(end));
      assert.equal(workingDaysBetween(from, end), count);
    }),
  );
});
