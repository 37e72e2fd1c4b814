import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AvailabilityFacts, availability } from './availability.ts';

const registeredAt = new Date('2026-11-20T10:00:00Z');
const facts = (changes: Partial<AvailabilityFacts> = {}): AvailabilityFacts => ({
  registration: { state: 'active', registeredAt },
  product: { operationalStart: '2025-01-01', certificationEnd: null },
  form: { hoursAfterRegistration: 48, hoursAfterFail: 48, sittingsAllowed: null, withdrawnAt: null },
  sittings: [],
  beforeTransfer: { sat: 0, lastFailedAt: null },
  achieved: false,
  centre: { ok: true },
  ...changes,
});
const codes = (given: AvailabilityFacts, at: string) => {
  const result = availability(given, new Date(at));
  return result.available ? [] : result.obstacles.map((each) => each.code);
};

describe('when a test may be sat', () => {
  it('opens exactly 48 hours after registration and says the time', () => {
    const early = availability(facts(), new Date('2026-11-22T09:59:59.999Z'));
    assert.ok(!early.available);
    assert.equal(early.from?.toISOString(), '2026-11-22T10:00:00.000Z');
    assert.match(early.obstacles[0]?.message ?? '', /48 hours after registration: from 22 November 2026 at 10:00/);
    assert.deepEqual(availability(facts(), new Date('2026-11-22T10:00:00Z')), { available: true });
  });
  it('is shut for 48 hours after a fail, counted from the last one', () => {
    const sittings = [
      { live: false, endedAt: new Date('2026-11-25T09:00:00Z'), passed: false },
      { live: false, endedAt: new Date('2026-11-28T09:00:00Z'), passed: false },
    ];
    assert.deepEqual(codes(facts({ sittings }), '2026-11-30T08:59:00Z'), ['after-fail']);
    assert.deepEqual(codes(facts({ sittings }), '2026-11-30T09:00:00Z'), []);
  });
  it('names every obstacle at once', () => {
    const bad = facts({
      registration: { state: 'withdrawn', registeredAt },
      sittings: [{ live: true, endedAt: null, passed: null }],
      achieved: true,
      centre: { ok: false, reason: 'Tests are switched off for this centre.' },
      product: { operationalStart: '2025-01-01', certificationEnd: '2026-11-21' },
    });
    assert.deepEqual(codes(bad, '2026-11-22T09:00:00Z'), [
      'registration',
      'achieved',
      'live-sitting',
      'centre',
      'product-dates',
      'too-soon',
    ]);
    const result = availability(bad, new Date('2026-11-22T09:00:00Z'));
    assert.ok(!result.available && result.from === null, 'what a person must mend has no time');
  });
  it('counts sittings against the number allowed', () => {
    const form = { hoursAfterRegistration: 0, hoursAfterFail: 0, sittingsAllowed: 1, withdrawnAt: null };
    const sittings = [{ live: false, endedAt: new Date('2026-11-25T09:00:00Z'), passed: false }];
    assert.deepEqual(codes(facts({ form, sittings }), '2026-12-30T09:00:00Z'), ['no-sittings-left']);
  });
  it('counts what was sat before a transfer: the later fail decides, and all sittings count', () => {
    const sittings = [{ live: false, endedAt: new Date('2026-11-25T09:00:00Z'), passed: false }];
    const later = { sat: 1, lastFailedAt: new Date('2026-11-28T09:00:00Z') };
    assert.deepEqual(codes(facts({ sittings, beforeTransfer: later }), '2026-11-30T08:59:00Z'), ['after-fail']);
    assert.deepEqual(codes(facts({ sittings, beforeTransfer: later }), '2026-11-30T09:00:00Z'), []);
    const form = { hoursAfterRegistration: 0, hoursAfterFail: 0, sittingsAllowed: 2, withdrawnAt: null };
    assert.deepEqual(codes(facts({ form, sittings, beforeTransfer: later }), '2026-12-30T09:00:00Z'), [
      'no-sittings-left',
    ]);
  });
  it('says no without a published form', () => {
    assert.deepEqual(codes(facts({ form: null }), '2026-12-30T09:00:00Z'), ['no-form']);
  });
  it('opens at the moment it announced, for any settings', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(500), (afterRegistration, afterFail, failedHours) => {
        const given = facts({
          form: {
            hoursAfterRegistration: afterRegistration,
            hoursAfterFail: afterFail,
            sittingsAllowed: null,
            withdrawnAt: null,
          },
          sittings: [
            { live: false, passed: false, endedAt: new Date(registeredAt.getTime() + failedHours * 3_600_000) },
          ],
        });
        const now = availability(given, registeredAt);
        if (now.available) return;
        assert.ok(now.from);
        assert.equal(availability(given, now.from).available, true);
        assert.equal(availability(given, new Date(now.from.getTime() - 1)).available, false);
      }),
    );
  });
});
