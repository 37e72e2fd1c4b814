import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Rule } from '../rule-of-combination/rule.ts';
import { type ProgressAchievement, type ProgressVersion, prepareProgress, progressOf } from './progress.ts';
import { generatedAchievements, generatedVersion, numbersFrom } from './testing/generated.ts';
import { slowProgress } from './testing/slow-progress.ts';

/** A version and achievements from a seed that fast-check chooses and shrinks. */
const caseArb = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  size: fc.integer({ min: 1, max: 9 }),
  share: fc.constantFrom(0.4, 0.7, 1),
});
interface Case {
  readonly version: ProgressVersion;
  readonly achievements: readonly ProgressAchievement[];
}
const caseOf = ({ seed, size, share }: { seed: number; size: number; share: number }): Case => {
  const random = numbersFrom(seed);
  const version = generatedVersion(random, size);
  return { version, achievements: generatedAchievements(random, version, share) };
};
const facts = ({ complete, completeSince, grade }: ReturnType<typeof progressOf>) => ({
  complete,
  completeSince,
  grade,
});

describe('progress', () => {
  it('agrees with trying every set of achieved units', () => {
    const seen = { complete: 0, incomplete: 0, merit: 0, distinction: 0 };
    fc.assert(
      fc.property(caseArb, (given) => {
        const { version, achievements } = caseOf(given);
        const answer = progressOf(version, achievements);
        assert.deepEqual(facts(answer), slowProgress(version, achievements));
        seen[answer.complete ? 'complete' : 'incomplete']++;
        if (answer.grade === 'merit' || answer.grade === 'distinction') seen[answer.grade]++;
      }),
      { numRuns: 2500, seed: 5 },
    );
    // Cases that say nothing would prove nothing.
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 100, `${what}: ${count}`);
  });

  it('does not depend on the order of achievements', () => {
    fc.assert(
      fc.property(caseArb, (given) => {
        const { version, achievements } = caseOf(given);
        const turned = [...achievements].reverse();
        assert.deepEqual(progressOf(version, turned), progressOf(version, achievements));
      }),
    );
  });

  it('stays complete, and since the same day, when more is achieved later', () => {
    fc.assert(
      fc.property(caseArb, (given) => {
        const { version, achievements } = caseOf(given);
        const before = progressOf(version, achievements);
        const more = version.units.map(({ code }) => ({
          code,
          grade: 'pass' as const,
          source: 'portfolio' as const,
          on: '2027-01-01',
        }));
        const after = progressOf(version, [...achievements, ...more]);
        if (!before.complete) return;
        assert.equal(after.complete, true);
        assert.equal(after.completeSince, before.completeSince);
      }),
    );
  });

  it('names what is missing and whose move it is exactly when it is not complete', () => {
    fc.assert(
      fc.property(caseArb, (given) => {
        const { version, achievements } = caseOf(given);
        const { complete, missing, moves } = progressOf(version, achievements);
        assert.equal(missing.length === 0, complete);
        assert.ok(moves.length > 0);
        for (const { sentence } of moves) assert.match(sentence, /^[A-Z].*\.$/);
      }),
    );
  });

  it('prepared once answers as if asked afresh', () => {
    fc.assert(
      fc.property(caseArb, fc.integer({ min: 0, max: 1000 }), (given, other) => {
        const { version, achievements } = caseOf(given);
        const prepared = prepareProgress(version);
        prepared(generatedAchievements(numbersFrom(other), version, 0.8));
        assert.deepEqual(prepared(achievements), progressOf(version, achievements));
      }),
    );
  });

  const rule: Rule = {
    root: {
      kind: 'all',
      of: ['K01', { kind: 'choose', title: 'Optional topics', count: 1, of: ['K02', 'S02'] }],
    },
    barred: [],
  };
  const units = ['K01', 'K02', 'S02'].map((code) => ({
    code,
    title: `Unit ${code}`,
    level: 3,
    credits: 3,
    assessedBy: code.startsWith('K') ? ('online_test' as const) : ('portfolio' as const),
  }));
  const achieved = (code: string, grade: ProgressAchievement['grade'], on = '2026-03-01'): ProgressAchievement => ({
    code,
    grade,
    source: 'sitting',
    on,
  });
  const version: ProgressVersion = { rule, units, aggregation: { kind: 'lowest' } };

  it('says whose move it is', () => {
    assert.deepEqual(progressOf(version, []).moves, [
      { who: 'centre', sentence: 'Book the test of K01 Unit K01.' },
      {
        who: 'centre',
        sentence: 'Agree with the candidate what comes next: 1 more of "Optional topics": 0 of 1 so far.',
      },
    ]);
    const begun = progressOf(
      version,
      [],
      [
        { code: 'K01', at: 'result_awaited' },
        { code: 'S02', at: 'portfolio_begun' },
      ],
    );
    assert.deepEqual(
      begun.moves.map(({ who }) => who),
      ['awarding_body', 'candidate'],
    );
    const complete = progressOf(version, [achieved('K01', 'merit'), achieved('K02', 'pass', '2026-04-01')]);
    assert.deepEqual(complete.moves, [{ who: 'centre', sentence: 'Claim the certificate.' }]);
    assert.equal(complete.completeSince, '2026-04-01');
  });

  it('grades by the lowest unit that is needed: an optional unit more does no harm', () => {
    const grade = (given: ProgressAchievement[]) => progressOf(version, given).grade;
    assert.equal(grade([achieved('K01', 'merit'), achieved('K02', 'pass')]), 'pass');
    assert.equal(grade([achieved('K01', 'merit'), achieved('K02', 'pass'), achieved('S02', 'distinction')]), 'merit');
    assert.equal(grade([achieved('K01', 'merit')]), null);
  });
});
