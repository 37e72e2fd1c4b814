import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkRule } from './check-rule.ts';
import { type Rule, type RuleGroup, type RulePart, type RuleUnit, ruleSchema, unitCodesOf } from './rule.ts';
import { ruleInWords } from './rule-in-words.ts';

const CODES = ['K01', 'S01', 'K02', 'S02', 'K03', 'S03', 'K04', 'S04'];
const unit = (code: string, credits: number | null = 3, level = 3): RuleUnit => ({
  code,
  title: `Unit ${code}`,
  credits,
  level,
});

const codesArb = fc.uniqueArray(fc.constantFrom(...CODES), { minLength: 1, maxLength: 5 });
const groupArb: fc.Arbitrary<RuleGroup> = fc.letrec<{ group: RuleGroup; part: RulePart }>((tie) => {
  const parts = fc.array(tie('part'), { minLength: 1, maxLength: 4 });
  return {
    part: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constantFrom(...CODES), tie('group')),
    group: fc.oneof(
      { depthSize: 'small' },
      fc.record({ kind: fc.constant('credits' as const), minimum: fc.integer({ min: 1, max: 12 }), of: codesArb }),
      fc.record({ kind: fc.constant('all' as const), of: parts }),
      fc.record({ kind: fc.constant('at_least_one' as const), of: parts }),
      parts.chain((of) =>
        fc.record({
          kind: fc.constant('choose' as const),
          count: fc.integer({ min: 1, max: of.length }),
          of: fc.constant(of),
        }),
      ),
    ),
  };
}).group;
const ruleArb: fc.Arbitrary<Rule> = fc.record({
  root: groupArb,
  barred: fc.array(fc.tuple(fc.constantFrom(...CODES), fc.constantFrom(...CODES)), { maxLength: 3 }),
  minimumCredits: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  creditFloors: fc.option(
    fc.array(fc.record({ level: fc.integer({ min: 1, max: 4 }), credits: fc.integer({ min: 1, max: 12 }) }), {
      maxLength: 2,
    }),
    { nil: undefined },
  ),
});
const unitsArb = fc.tuple(
  ...CODES.map((code) =>
    fc.record({
      code: fc.constant(code),
      title: fc.constant(`Unit ${code}`),
      level: fc.integer({ min: 1, max: 4 }),
      credits: fc.option(fc.integer({ min: 1, max: 6 })),
    }),
  ),
);
const achievedArb = fc.uniqueArray(fc.constantFrom(...CODES, 'NOT-IN-RULE'));

/** The same question answered by trying every set of achieved units without both of a barred pair: slow and obvious. */
function obviouslySatisfied(rule: Rule, units: readonly RuleUnit[], achieved: readonly string[]): boolean {
  const holds = (part: RulePart, counted: Set<string>): boolean => {
    if (typeof part === 'string') return counted.has(part);
    const done = part.of.filter((each: RulePart) => holds(each, counted)).length;
    if (part.kind === 'all') return done === part.of.length;
    if (part.kind === 'choose') return done >= part.count;
    if (part.kind === 'at_least_one') return done >= 1;
    return sum([...new Set(part.of)].filter((code) => counted.has(code))) >= part.minimum;
  };
  const sum = (codes: string[], level = 0) =>
    units
      .filter((each) => codes.includes(each.code) && each.level >= level)
      .reduce((all, each) => all + (each.credits ?? 0), 0);
  const mine = unitCodesOf(rule.root).filter((code) => achieved.includes(code));
  for (let mask = 0; mask < 2 ** mine.length; mask++) {
    const counted = mine.filter((_, index) => mask & (2 ** index));
    if (rule.barred.some(([one, other]) => one !== other && counted.includes(one) && counted.includes(other))) continue;
    if (!holds(rule.root, new Set(counted))) continue;
    if (rule.minimumCredits && sum(counted) < rule.minimumCredits) continue;
    if ((rule.creditFloors ?? []).some((floor) => sum(counted, floor.level) < floor.credits)) continue;
    return true;
  }
  return false;
}

describe('rule of combination', () => {
  it('agrees with trying every set of units', () => {
    fc.assert(
      fc.property(ruleArb, unitsArb, achievedArb, (rule, units, achieved) => {
        assert.equal(checkRule(rule, units, achieved).satisfied, obviouslySatisfied(rule, units, achieved));
      }),
      { numRuns: 400 },
    );
  });

  it('stays fulfilled when more is achieved', () => {
    fc.assert(
      fc.property(ruleArb, unitsArb, achievedArb, achievedArb, (rule, units, achieved, more) => {
        if (checkRule(rule, units, achieved).satisfied)
          assert.ok(checkRule(rule, units, [...achieved, ...more]).satisfied);
      }),
    );
  });

  it('does not depend on the order of achievements or of barred pairs, nor on repetition', () => {
    fc.assert(
      fc.property(ruleArb, unitsArb, achievedArb, (rule, units, achieved) => {
        const turned = {
          ...rule,
          barred: [...rule.barred].reverse().map(([one, other]) => [other, one] as [string, string]),
        };
        assert.deepEqual(
          checkRule(turned, units, [...achieved].reverse().concat(achieved)),
          checkRule(rule, units, achieved),
        );
      }),
    );
  });

  it('says what is missing exactly when it is not fulfilled, and counts no barred pair twice', () => {
    fc.assert(
      fc.property(ruleArb, unitsArb, achievedArb, (rule, units, achieved) => {
        const answer = checkRule(rule, units, achieved);
        assert.equal(answer.satisfied, answer.missing.length === 0);
        for (const [one, other] of rule.barred)
          if (one !== other) assert.ok(!(answer.counted.includes(one) && answer.counted.includes(other)));
        assert.deepEqual(
          [...answer.counted, ...answer.notCounted].sort(),
          unitCodesOf(rule.root)
            .filter((code) => achieved.includes(code))
            .sort(),
        );
        for (const each of answer.missing) assert.match(each.sentence, /\S.*\.$/);
      }),
    );
  });

  it('survives storage', () => {
    fc.assert(
      fc.property(ruleArb, (rule) => {
        assert.deepEqual(ruleSchema.parse(JSON.parse(JSON.stringify(rule))), JSON.parse(JSON.stringify(rule)));
      }),
    );
  });

  const diploma: Rule = {
    root: {
      kind: 'all',
      of: [
        { kind: 'all', title: 'Mandatory units', of: ['K01', 'S01'] },
        {
          kind: 'choose',
          title: 'Optional topics',
          count: 1,
          of: [
            { kind: 'all', title: 'Brakes', of: ['K02', 'S02'] },
            { kind: 'all', title: 'Steering', of: ['K03', 'S03'] },
          ],
        },
      ],
    },
    barred: [['S02', 'S03']],
    minimumCredits: 12,
  };
  const units = CODES.map((code) => unit(code));

  it('explains a diploma', () => {
    const answer = checkRule(diploma, units, ['K01', 'K02']);
    assert.deepEqual(
      answer.missing.map((each) => each.sentence),
      [
        'S01 Unit S01 is not achieved yet.',
        '1 more of "Optional topics": 0 of 1 so far.',
        '6 credits more in all: 6 of 12 so far.',
      ],
    );
    assert.deepEqual(answer.missing[1], {
      kind: 'choose',
      title: 'Optional topics',
      more: 1,
      from: ['S02', 'K03', 'S03'],
      sentence: '1 more of "Optional topics": 0 of 1 so far.',
    });
  });

  it('counts the unit of a barred pair that serves the candidate', () => {
    const answer = checkRule(diploma, units, ['K01', 'S01', 'S02', 'K03', 'S03']);
    assert.equal(answer.satisfied, true);
    assert.deepEqual(answer.notCounted, ['S02']);
    assert.equal(answer.credits, 12);
  });

  it('refuses a rule that asks for nothing or for more than there is', () => {
    assert.equal(ruleSchema.safeParse({ root: { kind: 'all', of: [] }, barred: [] }).success, false);
    assert.equal(ruleSchema.safeParse({ root: { kind: 'choose', count: 2, of: ['K01'] }, barred: [] }).success, false);
  });

  it('is told in words', () => {
    const words = ruleInWords(diploma);
    assert.deepEqual(
      words.map((each) => each.text),
      [
        'Mandatory units: both units.',
        'Optional topics: 1 of these 2.',
        'At least 12 credits in all.',
        'Equal content, of which one unit counts:',
      ],
    );
    assert.equal(words[1]?.items[0]?.text, 'Brakes: both units.');
    assert.deepEqual(words[1]?.items[0]?.units, ['K02', 'S02']);
  });
});
