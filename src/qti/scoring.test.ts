import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type FormItem,
  type ItemKey,
  markItem,
  markSitting,
  SCORING_VERSION,
  scoreItem,
  scoreSitting,
  splitItem,
} from './index.ts';
import { vehicleItem } from './testing/vehicle-item.ts';

const single = splitItem(vehicleItem());
const several = splitItem(
  vehicleItem({ kind: 'multiple', maxChoices: 3, key: { correct: ['c1', 'c3'], rationale: 'Both.' } }),
);

for (const [name, mark] of [
  ['scoreItem', scoreItem],
  ['markItem', markItem],
] as const) {
  describe(name, () => {
    it('gives 1 for the right option alone, 0 for a wrong one, none, or an empty answer', () => {
      assert.deepEqual(mark(single.content, single.key, ['c3']), { score: 1, max: 1 });
      for (const response of [['c1'], ['c4'], [], null, undefined]) {
        assert.deepEqual(mark(single.content, single.key, response), { score: 0, max: 1 });
      }
    });
    it('gives 1 for exactly the right set in any order, 0 for a part, a surplus or another set', () => {
      for (const response of [
        ['c1', 'c3'],
        ['c3', 'c1'],
      ]) {
        assert.deepEqual(mark(several.content, several.key, response), { score: 1, max: 1 });
      }
      for (const response of [['c1'], ['c3'], ['c1', 'c2', 'c3'], ['c2', 'c4'], ['c1', 'c4']]) {
        assert.deepEqual(mark(several.content, several.key, response), { score: 0, max: 1 });
      }
    });
    it('names a fault instead of marking wrong without a trace', () => {
      const faults: [ItemKey | undefined, string[], string][] = [
        [undefined, ['c1'], 'no-key'],
        [{ correct: [] }, ['c1'], 'no-key'],
        [{ correct: ['c9'] }, ['c9'], 'key-unfit'],
        [{ correct: ['c1', 'c1'] }, ['c1'], 'key-unfit'],
        [{ correct: ['c1', 'c2'] }, ['c1'], 'key-unfit'],
        [single.key, ['c9'], 'unknown-choice'],
        [single.key, ['c9', 'c9'], 'unknown-choice'],
        [single.key, ['c3', 'c3'], 'repeated-choice'],
        [single.key, ['c3', 'c1'], 'too-many-choices'],
      ];
      for (const [key, response, fault] of faults) {
        assert.deepEqual(mark(single.content, key, response), { score: 0, max: 1, fault });
      }
      assert.equal(mark(several.content, several.key, ['c1', 'c2', 'c3', 'c4']).fault, 'too-many-choices');
    });
  });
}

for (const [name, mark] of [
  ['scoreSitting', scoreSitting],
  ['markSitting', markSitting],
] as const) {
  describe(name, () => {
    const items: FormItem[] = [
      { ref: 'q1', content: { ...single.content, topic: 'Charging' } },
      { ref: 'q2', content: { ...several.content, topic: 'Starting' } },
      { ref: 'q3', content: { ...single.content, topic: 'Charging' } },
      { ref: 'q4', content: { ...single.content, topic: undefined, group: 'G4' } },
      { ref: 'q5', content: { ...single.content, topic: undefined, group: undefined } },
    ];
    const keys = new Map(items.map((item) => [item.ref, item.ref === 'q2' ? several.key : single.key]));

    it('adds up marks and topics, and passes at the pass mark, not below', () => {
      const answers = new Map([
        ['q1', ['c3']],
        ['q2', ['c3', 'c1']],
        ['q3', ['c1']],
        ['q4', []],
      ]);
      const result = mark(items, keys, answers, 2);
      assert.deepEqual(result, {
        scoringVersion: SCORING_VERSION,
        score: 2,
        max: 5,
        passMark: 2,
        passed: true,
        topics: [
          { topic: 'Charging', score: 1, max: 2 },
          { topic: 'Starting', score: 1, max: 1 },
          { topic: 'G4', score: 0, max: 1 },
          { topic: 'Other questions', score: 0, max: 1 },
        ],
        faults: [],
      });
      assert.equal(mark(items, keys, answers, 3).passed, false);
    });
    it('holds a result with a fault, however many marks it has', () => {
      const right = new Map(items.map((item) => [item.ref, keys.get(item.ref)?.correct ?? []]));
      assert.equal(mark(items, keys, right, 5).passed, true);
      const stray = mark(items, keys, new Map([...right, ['q9', ['c1']], ['q8', []]]), 1);
      assert.deepEqual(stray.faults, [
        { ref: 'q8', fault: 'stray-answer' },
        { ref: 'q9', fault: 'stray-answer' },
      ]);
      assert.equal(stray.score, 5);
      assert.equal(stray.passed, false);
      const [first] = items;
      assert.ok(first);
      const twice = mark([first, first], keys, new Map([['q1', ['c3']]]), 1);
      assert.deepEqual(twice.faults, [{ ref: 'q1', fault: 'repeated-question' }]);
      assert.equal(twice.score, 1);
    });
    it('refuses a pass mark that cannot be one', () => {
      for (const passMark of [0, -1, 6, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
        assert.throws(() => mark(items, keys, new Map(), passMark), RangeError);
      }
    });
  });
}

describe('both implementations', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const content = fc.record(
    {
      kind: fc.constantFrom('choice' as const, 'multiple' as const),
      choices: fc
        .uniqueArray(id, { minLength: 2, maxLength: 6 })
        .map((ids) => ids.map((each) => ({ id: each, content: [] }))),
      maxChoices: fc.integer({ min: 1, max: 6 }),
      topic: fc.constantFrom(undefined, 'T1', 'T2', 'T3'),
      group: fc.constantFrom(undefined, 'G1', 'T1'),
    },
    { requiredKeys: ['kind', 'choices', 'maxChoices'] },
  );
  // Mostly lawful keys and answers, some broken ones: both kinds of input have to agree.
  const ids = fc.oneof(
    { weight: 8, arbitrary: fc.uniqueArray(id, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.array(id, { maxLength: 5 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom('a', 'zz', '', '__proto__'), { maxLength: 3 }) },
  );
  const sized = (one: { kind: string; choices: readonly { id: string }[] }) =>
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.subarray(
          one.choices.map((choice) => choice.id),
          one.kind === 'choice' ? { minLength: 1, maxLength: 1 } : { minLength: 1 },
        ),
      },
      { weight: 2, arbitrary: ids },
    );

  it('agree on 50,000 generated answers', () => {
    const seen = { right: 0, wrong: 0, faults: new Set<string>() };
    const oneCase = content.chain((one) =>
      fc.record({
        content: fc.constant(one),
        key: fc.option(sized(one), { nil: undefined, freq: 20 }),
        answer: fc.option(sized(one), { freq: 10 }),
        same: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(oneCase, (made) => {
        const key = made.key && { correct: made.key };
        const answer = made.same && made.key ? [...made.key].reverse() : made.answer;
        const first = scoreItem(made.content, key, answer);
        assert.deepEqual(markItem(made.content, key, answer), first);
        if (first.fault) seen.faults.add(first.fault);
        else if (first.score === 1) seen.right++;
        else seen.wrong++;
      }),
      { numRuns: 50_000, seed: 20261123 },
    );
    assert.ok(seen.right > 5_000 && seen.wrong > 5_000, `right ${seen.right}, wrong ${seen.wrong}`);
    assert.deepEqual([...seen.faults].sort(), [
      'key-unfit',
      'no-key',
      'repeated-choice',
      'too-many-choices',
      'unknown-choice',
    ]);
  });

  it('agree on 5,000 generated sittings', () => {
    const entry = content.chain((one) =>
      fc.record({
        ref: fc.constantFrom('q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'),
        content: fc.constant(one),
        key: sized(one),
        answer: sized(one),
      }),
    );
    let passed = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { minLength: 1, maxLength: 8, selector: (each) => each.ref }),
        fc.boolean(),
        fc.nat(),
        fc.uniqueArray(fc.constantFrom('q1', 'q7', 'x1', 'x0'), { maxLength: 1 }),
        (entries, honest, mark, extra) => {
          const keys = new Map(entries.map((each) => [each.ref, { correct: each.key }]));
          const answers = new Map<string, string[]>(entries.map((each) => [each.ref, honest ? each.key : each.answer]));
          for (const ref of honest ? [] : extra) answers.set(ref, []);
          const passMark = 1 + (mark % entries.length);
          const first = scoreSitting(entries, keys, answers, passMark);
          assert.deepEqual(markSitting(entries, keys, answers, passMark), first);
          assert.equal(
            first.topics.reduce((sum, topic) => sum + topic.score, 0),
            first.score,
          );
          if (first.passed) passed++;
        },
      ),
      { numRuns: 5_000, seed: 20261124 },
    );
    assert.ok(passed > 500, `passed ${passed}`);
  });
});
