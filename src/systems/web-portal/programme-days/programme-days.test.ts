import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import {
  addDays,
  countdownInWords,
  daysBetween,
  daysInWords,
  daysLeft,
  programmeDays,
  programmeStartProblem,
} from './programme-days.ts';

const today = '2026-11-23';
const daysAt = (programmeStart: string, regulated = true) => programmeDays({ programmeStart, today, regulated });

test('the 90th day is in time, the 91st is late', () => {
  assert.deepEqual(daysAt('2026-08-25'), { daysUsed: 90, late: false });
  assert.deepEqual(daysAt('2026-08-24'), { daysUsed: 91, late: true });
  assert.deepEqual(daysAt(today), { daysUsed: 0, late: false });
});

test('a start in the future uses no days; products that are not regulated are never late', () => {
  assert.deepEqual(daysAt('2027-01-10'), { daysUsed: 0, late: false });
  assert.deepEqual(daysAt('2025-01-10', false), { daysUsed: 682, late: false });
});

test('days count on the calendar, over leap days, and days used plus the start is today', () => {
  assert.equal(daysBetween('2028-02-28', '2028-03-01'), 2);
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1500 }), (back) => {
      const start = addDays(today, -back);
      const { daysUsed, late } = daysAt(start);
      assert.equal(daysUsed, back);
      assert.equal(late, back > 90);
      assert.equal(addDays(start, daysUsed), today);
    }),
  );
});

test('the day is the day in London, also in summer', () => {
  assert.equal(dayInLondon(new Date('2026-06-30T23:30:00Z')), '2026-07-01');
  assert.equal(dayInLondon(new Date('2026-12-31T23:30:00Z')), '2026-12-31');
});

test('a start far ahead or long ago is refused with the reason', () => {
  assert.equal(programmeStartProblem(addDays(today, 180), today), null);
  assert.match(String(programmeStartProblem(addDays(today, 181), today)), /more than 180 days ahead/);
  assert.equal(programmeStartProblem('2021-11-23', today), null);
  assert.match(String(programmeStartProblem('2021-11-22', today)), /more than 5 years ago/);
});

test('the days are said in words', () => {
  const say = (programmeStart: string, regulated = true) =>
    daysInWords({ programmeStart, registeredOn: today, regulated, ...daysAt(programmeStart, regulated) });
  assert.equal(say('2026-11-11'), '12 of 90 days used, 78 left');
  assert.match(say('2026-08-24'), /^Registered late: 91 days/);
  assert.match(say('2026-11-24'), /1 day before the programme starts/);
  assert.match(say('2026-11-01', false), /no limit applies/);
  assert.match(say(today), /on the day the programme started/);
});

test('days are counted down for somebody who is not registered yet', () => {
  assert.deepEqual(daysLeft('2026-01-01', '2026-03-20'), { left: 12, last: '2026-04-01' });
  const say = (today: string) => countdownInWords('2026-01-01', today);
  assert.equal(say('2026-03-20'), '78 days used of 90, 12 left: the last day is 1 April 2026');
  assert.equal(say('2026-04-01'), '90 days used of 90, 0 left: the last day is 1 April 2026');
  assert.equal(say('2026-04-02'), '91 days used of 90: a registration today is marked late');
  assert.match(say('2025-12-30'), /^Starts in 2 days: no day of the 90 is used/);
});
