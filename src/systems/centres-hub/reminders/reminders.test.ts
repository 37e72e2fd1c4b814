import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { daysLeft, dueReminders, inDays } from './reminders.ts';

const LAST = '2027-03-31';
const due = (today: string, written: number[] = []) =>
  dueReminders(LAST, today, written).map(({ daysBefore, told }) => `${daysBefore}${told ? '' : ' missed'}`);

it('reminds 90, 30 and 7 days before, each once, and says when it has run out', () => {
  assert.deepEqual(due('2026-12-30'), []);
  assert.equal(daysLeft(LAST, '2026-12-31'), 90);
  assert.deepEqual(due('2026-12-31'), ['90']);
  assert.deepEqual(due('2027-01-01', [90]), []);
  assert.deepEqual(due('2027-03-01', [90]), ['30']);
  assert.deepEqual(due('2027-03-24', [90, 30]), ['7']);
  assert.deepEqual(due('2027-03-31', [90, 30, 7]), [], 'the last day itself is a day of the right');
  assert.deepEqual(due('2027-04-01', [90, 30, 7]), ['0']);
  assert.deepEqual(due('2027-04-02', [90, 30, 7, 0]), []);
});

it('tells the nearest when the server slept over others', () => {
  assert.deepEqual(due('2027-03-25'), ['90 missed', '30 missed', '7']);
  assert.deepEqual(due('2027-06-01', [90]), ['30 missed', '7 missed', '0']);
  assert.equal(inDays(1), 'tomorrow');
});

it('whatever the days on which it runs: at most one is told a run, none twice, and the end always', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: -120, max: 20 }), { maxLength: 12 }), (offsets) => {
      const written: number[] = [];
      const told: number[] = [];
      const days = [...offsets, 1].sort((a, b) => a - b);
      for (const offset of days) {
        const today = Temporal.PlainDate.from(LAST).add({ days: offset }).toString();
        const now = dueReminders(LAST, today, written);
        assert.ok(now.filter((one) => one.told).length <= 1);
        for (const one of now) {
          assert.ok(!written.includes(one.daysBefore));
          written.push(one.daysBefore);
          if (one.told) told.push(one.daysBefore);
        }
      }
      assert.deepEqual(
        [...written].sort((a, b) => b - a),
        [90, 30, 7, 0],
      );
      assert.ok(told.includes(0));
    }),
  );
});

it('counts days over the change of the clocks', () => {
  assert.equal(daysLeft('2027-03-29', '2027-03-27'), 2);
});
