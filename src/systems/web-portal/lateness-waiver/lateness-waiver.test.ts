import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, daysLeft } from '../programme-days/programme-days.ts';
import { lastDays, waivingOutage } from './lateness-waiver.ts';

// 90 days after 1 January 2026, a Thursday, is 1 April 2026, a Wednesday; Good Friday is 3 April, Easter Monday 6 April.
const START = '2026-01-01';
const outage = (from: string, to: string, id = 'o') => ({ id, beganAt: new Date(from), endedAt: new Date(to) });
const waived = (registeredOn: string, ...outages: ReturnType<typeof outage>[]) =>
  waivingOutage({ programmeStart: START, registeredOn }, outages)?.id ?? null;

describe('an outage of our own', () => {
  it('waives when it took working time of the last three days', () => {
    assert.deepEqual(lastDays(START), ['2026-03-30', '2026-03-31', '2026-04-01']);
    // 16:45 to 17:30 in London, which is an hour ahead of UTC since 29 March.
    assert.equal(waived('2026-04-02', outage('2026-04-01T15:45:00Z', '2026-04-01T16:30:00Z')), 'o');
    assert.equal(waived('2026-04-02', outage('2026-03-31T08:00:00Z', '2026-03-31T08:30:00Z')), 'o');
    assert.equal(
      waived('2026-04-02', outage('2026-03-30T08:00:00Z', '2026-03-30T17:00:00Z')),
      null,
      'two days were left',
    );
    assert.equal(waived('2026-04-02', outage('2026-03-27T09:00:00Z', '2026-03-27T17:00:00Z')), null, 'too early');
    assert.equal(waived('2026-04-02', outage('2026-04-01T17:00:00Z', '2026-04-01T23:00:00Z')), null, 'in the evening');
    assert.equal(waived('2026-04-02', outage('2026-04-01T09:00:00Z', '2026-04-01T09:29:00Z')), null, 'too short');
  });

  it('waives for two working days after its end, over holidays', () => {
    const long = outage('2026-04-01T09:00:00Z', '2026-04-02T09:00:00Z');
    // Tuesday and Wednesday after Easter are the first and second working day after Thursday 2 April.
    assert.equal(waived('2026-04-08', long), 'o');
    assert.equal(waived('2026-04-09', long), null);
  });

  it('names the one that ended last, and none for a registration in time', () => {
    const [first, second] = [
      outage('2026-03-31T09:00:00Z', '2026-03-31T10:00:00Z', 'first'),
      outage('2026-04-01T09:00:00Z', '2026-04-01T10:00:00Z', 'second'),
    ];
    assert.equal(waived('2026-04-02', second, first), 'second');
    assert.equal(waived('2026-04-01', first, second), null);
  });

  it('on a weekend takes no working time', () => {
    // Three last days of which two are a weekend: 90 days after 4 January 2026 is Saturday 4 April.
    const sunday = outage('2026-04-05T07:00:00Z', '2026-04-05T17:00:00Z');
    assert.equal(waivingOutage({ programmeStart: '2026-01-05', registeredOn: '2026-04-07' }, [sunday]), null);
  });
});

const moment = fc.integer({ min: 0, max: 30 * 1440 }).map((minutes) => Date.UTC(2026, 2, 20) + minutes * 60_000);

describe('whatever the outage', () => {
  it('nothing is waived that is not late, and nothing long after', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 60, max: 130 }),
        (from, minutes, day) => {
          const one = { id: 'o', beganAt: new Date(from), endedAt: new Date(from + minutes * 60_000) };
          const registeredOn = addDays(START, day);
          const found = waivingOutage({ programmeStart: START, registeredOn }, [one]);
          if (!found) return;
          assert.ok(daysLeft(START, registeredOn).left < 0);
          assert.ok(one.endedAt.getTime() > Date.UTC(2026, 2, 30));
          assert.ok(one.beganAt.getTime() < Date.UTC(2026, 3, 2));
          // Two working days are at most six days, over Easter.
          assert.ok(Date.parse(registeredOn) - one.endedAt.getTime() <= 6 * 86_400_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a longer one waives whatever a shorter one within it did', () => {
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 900 }),
        (from, minutes, more) => {
          const end = from + minutes * 60_000;
          const shorter = { id: 's', beganAt: new Date(from), endedAt: new Date(end) };
          const longer = { id: 'l', beganAt: new Date(from - more * 60_000), endedAt: new Date(end) };
          const facts = { programmeStart: START, registeredOn: '2026-04-07' };
          if (waivingOutage(facts, [shorter])) assert.ok(waivingOutage(facts, [longer]));
        },
      ),
      { numRuns: 300 },
    );
  });
});
