import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Award, type ExtensionRule, extensionOf, monthsLater, previewExtension } from './extension.ts';

const rule: ExtensionRule = {
  id: 'first',
  months: 6,
  windows: [
    { name: 'Spring', from: '2026-03-01', until: '2026-05-31' },
    { name: 'Summer', from: '2026-06-01', until: '2026-08-31' },
  ],
  mostTimes: 2,
};
const award = (expiresOn: string, extendedBy: readonly string[] = []): Award => ({ expiresOn, extendedBy });

test('an expiry in a window moves, both edges included; others stay', () => {
  assert.deepEqual(extensionOf(rule, award('2026-03-01')), {
    extended: true,
    expiresOn: '2026-09-01',
    window: 'Spring',
  });
  assert.deepEqual(extensionOf(rule, award('2026-08-31')), {
    extended: true,
    expiresOn: '2027-02-28',
    window: 'Summer',
  });
  assert.deepEqual(extensionOf(rule, award('2026-09-01')), { extended: false, why: 'no_window' });
  assert.deepEqual(extensionOf(rule, award('2026-02-28')), { extended: false, why: 'no_window' });
});

test('a rule acts once, and all rules together not beyond the stated times', () => {
  assert.deepEqual(extensionOf(rule, award('2026-04-01', ['first'])), { extended: false, why: 'already_by_this_rule' });
  assert.equal(extensionOf(rule, award('2026-04-01', ['other'])).extended, true);
  assert.deepEqual(extensionOf(rule, award('2026-04-01', ['a', 'b'])), { extended: false, why: 'often_enough' });
});

test('the preview counts exactly what each award would meet', () => {
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
  const awards = fc.array(
    fc.record({
      expiresOn: day.map((date) => date.toISOString().slice(0, 10)),
      extendedBy: fc.subarray(['first', 'a', 'b']),
    }),
  );
  fc.assert(
    fc.property(awards, (given) => {
      const { extended, byWindow, leftOut } = previewExtension(rule, given);
      assert.equal(extended, given.filter((one) => extensionOf(rule, one).extended).length);
      assert.equal(
        extended,
        byWindow.reduce((sum, one) => sum + one.awards, 0),
      );
      assert.equal(extended + Object.values(leftOut).reduce((sum, count) => sum + count, 0), given.length);
    }),
  );
});

test('months later is never earlier, and keeps the day where the month has it', () => {
  assert.equal(monthsLater('2024-08-31', 6), '2025-02-28');
  assert.equal(monthsLater('2023-08-31', 6), '2024-02-29');
  assert.equal(monthsLater('2026-12-15', 1), '2027-01-15');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 60 }), (offset, months) => {
      const day = new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10);
      const later = monthsLater(day, months);
      assert.ok(later > day);
      assert.ok(Number(later.slice(8)) <= Number(day.slice(8)));
    }),
  );
});
