import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type CapabilityQuestion, capabilityAnswer, HUB_CAPABILITIES, type SwitchedOff } from './capability-answer.ts';

const PRODUCT = 'p1';
const fine: CapabilityQuestion = {
  capability: 'register',
  productId: PRODUCT,
  centreStatus: 'approved',
  approval: { approvedFrom: '2024-01-01', lastRegistrationOn: null, lastCertificationOn: null, directClaims: true },
  switches: [],
  dates: { operationalStart: '2020-01-01', operationalEnd: null, certificationEnd: null },
  today: '2026-03-02',
  now: new Date('2026-03-02T10:00:00Z'),
};
const off = (more: Partial<SwitchedOff> = {}): SwitchedOff => ({
  capability: 'register',
  productId: null,
  reason: 'Visit due',
  until: null,
  ...more,
});
function why(question: Partial<CapabilityQuestion>): string {
  const answer = capabilityAnswer({ ...fine, ...question });
  return answer.allowed ? 'allowed' : answer.why;
}

describe('what a centre may do', () => {
  it('everything, while nothing stands against it', () => {
    for (const capability of HUB_CAPABILITIES) assert.equal(why({ capability }), 'allowed');
  });

  it('nothing without an approval, before it begins, or while the centre is suspended', () => {
    for (const capability of HUB_CAPABILITIES) {
      assert.match(why({ capability, approval: null }), /not approved for the product/);
      assert.match(why({ capability, today: '2023-12-31' }), /begins on 1 January 2024/);
      assert.match(why({ capability, centreStatus: 'suspended' }), /suspended/);
      assert.match(why({ capability, centreStatus: 'withdrawn' }), /withdrawn/);
    }
  });

  it('says the reason of a switch, for its product or for all', () => {
    assert.equal(why({ switches: [off()] }), 'Registration is stopped at this centre. Reason: Visit due.');
    assert.equal(
      why({ switches: [off({ productId: PRODUCT, reason: 'Records missing.' })] }),
      'Registration is stopped for this product. Reason: Records missing.',
    );
    assert.equal(why({ switches: [off({ productId: 'other' })] }), 'allowed');
    assert.equal(why({ switches: [off({ capability: 'sit' })] }), 'allowed');
  });

  it('stops direct claims with all claims, and not the other way round', () => {
    assert.match(why({ capability: 'claim_direct', switches: [off({ capability: 'claim' })] }), /Claims are stopped/);
    assert.equal(why({ capability: 'claim', switches: [off({ capability: 'claim_direct' })] }), 'allowed');
    const approval = { ...fine.approval, directClaims: false } as CapabilityQuestion['approval'];
    assert.match(why({ capability: 'claim_direct', approval }), /external quality assurer/);
    assert.equal(why({ capability: 'claim', approval }), 'allowed');
  });

  it('lets a switch end by itself at its moment', () => {
    const switches = [off({ until: fine.now })];
    assert.equal(why({ switches }), 'allowed');
    assert.match(why({ switches, now: new Date(fine.now.getTime() - 1) }), /stopped at this centre until 2 March 2026/);
  });

  it('takes the earlier of the last days, the day itself included', () => {
    const approval = { ...fine.approval, lastRegistrationOn: '2026-03-02' } as CapabilityQuestion['approval'];
    assert.equal(why({ approval }), 'allowed');
    assert.equal(why({ approval, today: '2026-03-03' }), 'The last day for registrations was 2 March 2026.');
    const dates = { operationalStart: '2020-01-01', operationalEnd: '2026-03-01', certificationEnd: '2026-06-30' };
    assert.equal(why({ approval, dates }), 'The last day for registrations was 1 March 2026.');
    assert.equal(why({ capability: 'claim', dates }), 'allowed');
    assert.equal(why({ capability: 'claim', dates, today: '2026-07-01' }), 'The last day for claims was 30 June 2026.');
    assert.match(why({ capability: 'sit', dates, today: '2026-07-01' }), /could not lead to one/);
  });

  it('is never widened by one more switch, and always has a reason', () => {
    const switchArb = fc.record({
      capability: fc.constantFrom(...HUB_CAPABILITIES),
      productId: fc.constantFrom(null, PRODUCT, 'other'),
      reason: fc.string({ minLength: 1 }),
      until: fc.constantFrom(null, new Date('2026-01-01'), new Date('2027-01-01')),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...HUB_CAPABILITIES),
        fc.array(switchArb, { maxLength: 5 }),
        switchArb,
        (capability, switches, more) => {
          const before = capabilityAnswer({ ...fine, capability, switches });
          const after = capabilityAnswer({ ...fine, capability, switches: [...switches, more] });
          if (!before.allowed) assert.equal(after.allowed, false);
          if (!after.allowed) assert.match(after.why, /\S.*\.$/s);
        },
      ),
    );
  });
});
