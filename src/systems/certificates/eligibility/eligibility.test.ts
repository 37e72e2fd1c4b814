import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Rule, Unit } from '#products';
import type { RegistrationState, UnitAchievement } from '#web-portal';
import { claimTransition, isCurrent } from '../claim-state/claim-state.ts';
import {
  type Blocked,
  type ClaimFacts,
  decideClaim,
  type EarlierClaim,
  type Eligible,
  progressFor,
} from './eligibility.ts';

const REGISTERED = new Date('2026-09-01T09:00:00Z');
const LATER = new Date('2026-10-01T09:00:00Z');

function unit(code: string, credits: number | null = 2): Unit {
  return {
    id: `id-${code}`,
    versionId: 'version',
    code,
    reference: null,
    title: `Unit ${code}`,
    level: 2,
    credits,
    guidedLearningHours: null,
    figuresInvented: true,
    assessedBy: 'online_test',
    outcomes: [],
  };
}
const UNITS = [unit('A'), unit('B'), unit('C')];
const RULE: Rule = {
  root: { kind: 'all', of: ['A', { kind: 'choose', title: 'One more', count: 1, of: ['B', 'C'] }] },
  barred: [],
};

const achieved = (code: string, more: Partial<UnitAchievement> = {}): UnitAchievement => ({
  unitId: `id-${code}`,
  achievedAt: LATER,
  grade: 'pass',
  sourceKind: 'sitting',
  sourceId: 'sitting',
  ...more,
});
const earlier = (state: EarlierClaim['state'], kind: EarlierClaim['kind'] = 'full'): EarlierClaim => ({
  id: 'claim',
  kind,
  state,
  certificateId: state === 'issued' || state === 'revoked' ? 'certificate' : null,
});

function facts(more: Partial<ClaimFacts> & { state?: RegistrationState } = {}): ClaimFacts {
  const { state = 'active', ...rest } = more;
  return {
    registration: { id: 'registration', state, registeredAt: REGISTERED },
    product: { regulated: true, qualificationNumber: '500/6771/0' },
    rule: RULE,
    aggregation: { kind: 'pass' },
    units: UNITS,
    achievements: [achieved('A'), achieved('B')],
    mayClaim: { allowed: true },
    mayClaimDirectly: { allowed: true },
    revokedBefore: false,
    claims: [],
    unprintable: [],
    ...rest,
  };
}
const eligible = (given: ClaimFacts): Eligible => {
  const decision = decideClaim(given);
  assert.equal(decision.outcome, 'eligible', JSON.stringify(decision));
  return decision as Eligible;
};
const sentences = (given: ClaimFacts): string[] => {
  const decision = decideClaim(given);
  assert.equal(decision.outcome, 'blocked');
  const { obstacles } = decision as Blocked;
  for (const { sentence, wayOn } of obstacles)
    for (const text of [sentence, wayOn]) assert.match(text, /^[A-Z1-9“].*\.$/);
  return obstacles.map((one) => one.sentence);
};

test('all units achieved, in progress, approved: the whole certificate, at once', () => {
  const decision = eligible(facts());
  assert.deepEqual([decision.kind, decision.direct], ['full', true]);
  assert.deepEqual(
    decision.units.map((one) => one.code),
    ['A', 'B'],
  );
});

test('without direct claims the awarding body decides first, and the sentence says why', () => {
  const decision = eligible(facts({ mayClaimDirectly: { allowed: false, why: 'Looked at first.' } }));
  assert.deepEqual([decision.direct, decision.whyNotDirect], [false, 'Looked at first.']);
});

test('what is missing is said unit by unit', () => {
  assert.deepEqual(sentences(facts({ achievements: [achieved('B')] })), ['A Unit A is not achieved yet.']);
  assert.deepEqual(sentences(facts({ achievements: [achieved('A')] })), ['1 more of "One more": 0 of 1 so far.']);
});

test('a test before the registration does not count; recognised learning does', () => {
  const before = new Date('2026-08-01T09:00:00Z');
  assert.match(
    sentences(facts({ achievements: [achieved('A', { achievedAt: before }), achieved('B')] })).join(' '),
    /tested before the candidate was registered/,
  );
  eligible(
    facts({
      achievements: [achieved('A', { achievedAt: before, sourceKind: 'recognition_of_prior_learning' }), achieved('B')],
    }),
  );
});

test('centre, number on the register and letters of the name can stand in the way, all said at once', () => {
  const all = sentences(
    facts({
      mayClaim: { allowed: false, why: 'Claims are stopped at this centre.' },
      product: { regulated: true, qualificationNumber: null },
      unprintable: ['王'],
    }),
  );
  assert.equal(all.length, 3);
  eligible(facts({ product: { regulated: false, qualificationNumber: null } }));
});

test('claimed once only: a waiting or issued claim blocks, a returned one does not, a revoked one asks the awarding body', () => {
  assert.match(sentences(facts({ claims: [earlier('submitted')] })).join(), /waits for the awarding body/);
  assert.match(sentences(facts({ claims: [earlier('issued')], state: 'completed' })).join(), /issued already/);
  assert.equal(eligible(facts({ claims: [earlier('returned')] })).direct, true);
  assert.equal(eligible(facts({ claims: [earlier('revoked')] })).direct, false);
});

test('a registration that ended early gives credit for its units; other ends give nothing', () => {
  const partial = eligible(facts({ state: 'withdrawn', achievements: [achieved('B')] }));
  assert.deepEqual([partial.kind, partial.units.map((one) => one.code)], ['partial', ['B']]);
  assert.match(sentences(facts({ state: 'withdrawn' })).join(), /Everything is achieved/);
  assert.match(sentences(facts({ state: 'lapsed', achievements: [] })).join(), /no unit is achieved/);
  assert.match(
    sentences(
      facts({
        state: 'lapsed',
        achievements: [achieved('B')],
        product: { regulated: false, qualificationNumber: null },
      }),
    ).join(),
    /no credit for single units/,
  );
  for (const state of ['completed', 'transferred', 'void'] as const)
    assert.equal(sentences(facts({ state })).length, 1);
});

// One registration's life: every certificate in the register must have come by a lawful path (threat T10, goal S9).
interface Life {
  state: RegistrationState;
  achievements: UnitAchievement[];
  approved: boolean;
  direct: boolean;
  claims: { id: string; kind: 'full' | 'partial'; state: EarlierClaim['state']; decidedByBody: boolean }[];
  at: number;
}
const ACTS = [
  'achieve',
  'early',
  'approve',
  'stop',
  'direct',
  'indirect',
  'claim',
  'issue',
  'return',
  'revoke',
  'withdraw',
  'reopen',
] as const;
// Ways on are tried more often than ways off, else hardly a history would come to a certificate.
const act = fc.record({
  what: fc.constantFrom(...ACTS, 'achieve', 'achieve', 'approve', 'claim', 'claim', 'issue', 'reopen'),
  unit: fc.constantFrom('A', 'B', 'C'),
}) satisfies fc.Arbitrary<{ what: (typeof ACTS)[number]; unit: string }>;

function live(acts: readonly { what: (typeof ACTS)[number]; unit: string }[]): number {
  const life: Life = {
    state: 'active',
    achievements: [],
    approved: true,
    direct: true,
    claims: [],
    at: LATER.getTime(),
  };
  let issued = 0;
  const factsNow = () =>
    facts({
      state: life.state,
      achievements: life.achievements,
      mayClaim: life.approved ? { allowed: true } : { allowed: false, why: 'Stopped.' },
      mayClaimDirectly: life.approved && life.direct ? { allowed: true } : { allowed: false, why: 'Looked at first.' },
      claims: life.claims.map((claim) => ({ ...claim, certificateId: null })),
    });
  const enter = (claim: Life['claims'][number]) => {
    const moved = claimTransition(claim.state, 'issue');
    if (!moved.ok) return;
    claim.state = moved.to;
    issued += 1;
    if (claim.kind === 'full') life.state = 'completed';
    // The lawful path, said anew and without the rule under test.
    const proved = new Set(life.achievements.filter((one) => one.achievedAt >= REGISTERED).map((one) => one.unitId));
    assert.ok(life.approved, 'issued although claims were stopped');
    if (claim.kind === 'full') assert.ok(proved.has('id-A') && (proved.has('id-B') || proved.has('id-C')));
    else assert.ok(proved.size > 0);
    assert.equal(life.claims.filter((one) => one.kind === claim.kind && isCurrent(one.state)).length, 1);
    if (life.claims.some((one) => one.state === 'revoked')) assert.ok(claim.decidedByBody);
  };
  for (const { what, unit: code } of acts) {
    life.at += 3_600_000;
    const has = life.achievements.some((one) => one.unitId === `id-${code}`);
    const last = life.claims.at(-1);
    if (what === 'achieve' && !has) life.achievements.push(achieved(code, { achievedAt: new Date(life.at) }));
    if (what === 'early' && !has)
      life.achievements.push(achieved(code, { achievedAt: new Date('2026-01-01T00:00:00Z') }));
    if (what === 'approve' || what === 'stop') life.approved = what === 'approve';
    if (what === 'direct' || what === 'indirect') life.direct = what === 'direct';
    if (what === 'withdraw' && life.state === 'active') life.state = 'withdrawn';
    if (what === 'reopen' && life.state === 'withdrawn') life.state = 'active';
    if (what === 'claim') {
      const decision = decideClaim(factsNow());
      if (decision.outcome === 'blocked') continue;
      const claim = {
        id: `${life.claims.length}`,
        kind: decision.kind,
        state: 'submitted' as const,
        decidedByBody: !decision.direct,
      };
      life.claims.push(claim);
      if (decision.direct) enter(claim);
    }
    if (what === 'issue' && last?.state === 'submitted') {
      // The awarding body asks the rule again, without the claim it decides.
      const now = factsNow();
      const decision = decideClaim({ ...now, claims: now.claims.filter((one) => one.id !== last.id) });
      if (decision.outcome === 'eligible' && decision.kind === last.kind) enter(last);
    }
    if ((what === 'return' || what === 'revoke') && last) {
      const moved = claimTransition(last.state, what);
      if (moved.ok) last.state = moved.to;
      if (moved.ok && what === 'revoke' && life.state === 'completed') life.state = 'active';
    }
  }
  return issued;
}

test('no certificate without a lawful path, over generated histories', (t) => {
  let issued = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 50, size: 'max' }), (acts) => {
      issued += live(acts);
    }),
    { numRuns: 3000 },
  );
  t.diagnostic(`${issued} certificates in 3,000 histories`);
  assert.ok(issued > 300, 'the histories hardly ever reach a certificate');
});

test('the grade is that of the rule of the version', () => {
  const achievements = [achieved('A', { grade: 'distinction' }), achieved('B', { grade: 'merit' })];
  assert.equal(progressFor(facts({ achievements })).grade, 'pass');
  assert.equal(progressFor(facts({ achievements, aggregation: { kind: 'lowest' } })).grade, 'merit');
});
