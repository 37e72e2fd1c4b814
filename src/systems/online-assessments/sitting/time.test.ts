import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as time from './time.ts';

const base = fc.integer({ min: 60, max: 28_800 });
const arrangement = fc.record({
  extraTimePercent: fc.integer({ min: 0, max: 200 }),
  addedSeconds: fc.integer({ min: 0, max: 7200 }),
});

describe('allowed time', () => {
  it('multiplies the base only and adds the added', () => {
    assert.equal(time.allowedMs(48 * 60, { extraTimePercent: 25, addedSeconds: 0 }), 60 * 60_000);
    assert.equal(time.allowedMs(48 * 60, { extraTimePercent: 25, addedSeconds: 300 }), 65 * 60_000);
  });
  it('is whole milliseconds and never less than the base', () => {
    fc.assert(
      fc.property(base, arrangement, (seconds, given) => {
        const ms = time.allowedMs(seconds, given);
        assert.ok(Number.isInteger(ms));
        assert.equal(ms - seconds * 1000, seconds * given.extraTimePercent * 10 + given.addedSeconds * 1000);
      }),
    );
  });
  it('is explained in a sentence', () => {
    assert.equal(time.reckoning(48 * 60, { extraTimePercent: 25, addedSeconds: 0 }), '60 minutes = 48 + 25 %');
    assert.equal(
      time.reckoning(48 * 60, { extraTimePercent: 25, addedSeconds: 300 }),
      '65 minutes = 48 + 25 % + 5 added',
    );
    assert.equal(time.reckoning(48 * 60, { extraTimePercent: 0, addedSeconds: 0 }), '48 minutes');
  });
});

type Step = { kind: 'wait' | 'pause' | 'resume' | 'add' | 'credit'; ms: number };
const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('wait', 'pause', 'resume', 'add', 'credit'),
    ms: fc.integer({ min: 0, max: 600_000 }),
  }),
  { maxLength: 40 },
) as fc.Arbitrary<Step[]>;

describe('the clock of a sitting', () => {
  it('agrees with a stop-watch that is pressed at the same moments', () => {
    fc.assert(
      fc.property(base, steps, (seconds, schedule) => {
        let at = 1_000_000;
        let clock: time.SittingTime = time.started({ allowedMs: seconds * 1000, usedMs: 0, runningSince: null }, at);
        let [running, watch, allowed] = [true, 0, seconds * 1000];
        for (const { kind, ms } of schedule) {
          if (kind === 'wait') {
            at += ms;
            if (running) watch += ms;
          } else if (kind === 'pause') {
            clock = time.stopped(clock, at);
            running = false;
          } else if (kind === 'resume') {
            clock = time.started(clock, at);
            running = true;
          } else if (kind === 'add') {
            clock = time.withAdded(clock, ms);
            allowed += ms;
          } else {
            const credit = Math.min(ms, watch);
            clock = time.withCredit(clock, credit);
            watch -= credit;
          }
          assert.equal(time.usedAt(clock, at), watch);
          assert.equal(time.remainingAt(clock, at), Math.max(0, allowed - watch));
          const deadline = time.deadlineOf(clock);
          assert.equal(deadline === null, !running);
          if (deadline !== null) assert.equal(deadline, at + allowed - watch);
        }
      }),
    );
  });
  it('gives the longer grace to a seat without a sign for 15 seconds at its deadline', () => {
    assert.equal(time.graceEnd(100_000, 90_000), 100_000 + time.GRACE_MS);
    assert.equal(time.graceEnd(100_000, 85_000), 100_000 + time.GRACE_MS);
    assert.equal(time.graceEnd(100_000, 84_999), 100_000 + time.OFFLINE_GRACE_MS);
    assert.equal(time.graceEnd(100_000, null), 100_000 + time.OFFLINE_GRACE_MS);
  });
  it('reads as words', () => {
    assert.equal(time.durationWords(90 * 60_000), '1 hour 30 minutes');
    assert.equal(time.durationWords(61_000), '1 minute 1 second');
    assert.equal(time.durationWords(0), '0 minutes');
  });
  it('never counts overlap twice or below nothing', () => {
    const span = fc.tuple(fc.nat(1000), fc.nat(1000)).map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(span, span, (a, b) => {
        let seconds = 0;
        for (let t = a.from; t < a.to; t++) if (t >= b.from && t < b.to) seconds++;
        assert.equal(time.overlapMs(a, b), seconds);
      }),
    );
  });
});
