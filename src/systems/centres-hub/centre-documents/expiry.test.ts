import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { expiryStanding, remindersDue } from './expiry.ts';

const EXPIRES = '2027-03-31';
const before = (days: number) => new Date(Date.parse(EXPIRES) - days * 86_400_000).toISOString().slice(0, 10);

describe('a document that runs out', () => {
  it('is good, soon to expire, and expired after its last day', () => {
    assert.equal(expiryStanding(EXPIRES, before(91)), 'good');
    assert.equal(expiryStanding(EXPIRES, before(90)), 'soon');
    assert.equal(expiryStanding(EXPIRES, EXPIRES), 'soon');
    assert.equal(expiryStanding(EXPIRES, before(-1)), 'expired');
    assert.equal(expiryStanding(null, EXPIRES), 'good');
  });

  it('is reminded of 90, 30 and 7 days before, once each', () => {
    const due = (days: number, given: number[] = []) => remindersDue({ expiresOn: EXPIRES, given }, before(days));
    assert.equal(due(91), null);
    assert.equal(due(90), 90);
    assert.equal(due(60, [90]), null);
    assert.equal(due(30, [90]), 30);
    assert.equal(due(7, [90, 30]), 7);
    assert.equal(due(0, [90, 30, 7]), null);
    assert.equal(due(-1), null);
    assert.equal(remindersDue({ expiresOn: null, given: [] }, EXPIRES), null);
  });

  it('a missed reminder is made up by the nearest alone', () => {
    assert.equal(remindersDue({ expiresOn: EXPIRES, given: [] }, before(5)), 7);
    assert.equal(remindersDue({ expiresOn: EXPIRES, given: [7] }, before(5)), null);
  });

  it('whoever looks every day, or now and then, is told three times at most and never twice of one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 120 }), { maxLength: 60 }), (days) => {
        const given: number[] = [];
        for (const day of [...days].sort((a, b) => b - a)) {
          const due = remindersDue({ expiresOn: EXPIRES, given }, before(day));
          if (due !== null) given.push(due);
        }
        assert.equal(new Set(given).size, given.length);
        assert.ok(given.length <= 3);
        const left = days.filter((day) => day >= 0 && day <= 90);
        assert.equal(given.length > 0, left.length > 0);
      }),
    );
  });
});
