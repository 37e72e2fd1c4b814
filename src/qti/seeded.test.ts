import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { drawForm, SeededNumbers, seedFor, shuffleOrder } from './index.ts';

// Computed by hand from the description in seeded.ts, in another language.
const EXPECTED_NUMBERS = [290, 433, 928, 620, 185, 931];
const EXPECTED_ORDER = [3, 2, 7, 5, 4, 6, 1, 0];
const EXPECTED_SEED = '587144921e1db3df0d49fe764eb46edb9053c9abbb1259c53916a08a74ba0ec5';

describe('seeded numbers', () => {
  it('are the same for ever: a change here would re-order stored forms', () => {
    const numbers = new SeededNumbers('IMI Connect');
    const first = Array.from({ length: 6 }, () => numbers.below(1_000));
    assert.deepEqual(first, EXPECTED_NUMBERS);
    assert.deepEqual(shuffleOrder('a stored seed', 8), EXPECTED_ORDER);
    assert.equal(Buffer.from(seedFor('a stored seed', 'options', 'q1')).toString('hex'), EXPECTED_SEED);
  });
  it('are spread evenly, bounds that do not divide 2^32 too', () => {
    const numbers = new SeededNumbers('even');
    for (const bound of [2, 3, 7, 10]) {
      const counts = new Array<number>(bound).fill(0);
      const draws = 20_000;
      for (let i = 0; i < draws; i++) counts[numbers.below(bound)]!++;
      const expected = draws / bound;
      const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      assert.ok(chi < 30, `bound ${bound}: chi squared ${chi}`);
    }
  });
  it('throw away the words that would favour small numbers', () => {
    const numbers = new SeededNumbers('large');
    const bound = 3 * 2 ** 30;
    let low = 0;
    for (let i = 0; i < 4_000; i++) if (numbers.below(bound) < 2 ** 30) low++;
    assert.ok(low > 1_100 && low < 1_560, `a third is expected below a third, got ${low} of 4000`);
  });
});

describe('seedFor', () => {
  it('gives every purpose its own seed, however its parts are cut', () => {
    const seeds = [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', ''], []].map((parts) =>
      Buffer.from(seedFor('s', ...parts)).toString('hex'),
    );
    assert.equal(new Set(seeds).size, seeds.length);
    assert.notDeepEqual(seedFor('s', 'a'), seedFor('t', 'a'));
  });
});

describe('shuffleOrder', () => {
  it('is a permutation that keeps fixed places, and the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 26 }), fc.infiniteStream(fc.boolean()), (seed, n, coins) => {
        const fixed = Array.from({ length: n }, (_, i) => i).filter(() => coins.next().value);
        const order = shuffleOrder(seed, n, fixed);
        assert.deepEqual(
          [...order].sort((a, b) => a - b),
          Array.from({ length: n }, (_, i) => i),
        );
        for (const index of fixed) assert.equal(order[index], index);
        assert.deepEqual(shuffleOrder(Buffer.from(seed, 'utf8'), n, fixed), order);
      }),
      { numRuns: 500 },
    );
  });
  it('makes every order of four equally likely', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = shuffleOrder(`sitting ${i}`, 4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 24);
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    assert.ok(chi < 60, `chi squared ${chi}`);
  });
  it('refuses a fixed place that does not exist', () => {
    assert.throws(() => shuffleOrder('s', 3, [3]), RangeError);
    assert.throws(() => shuffleOrder('s', -1), RangeError);
  });
});

describe('drawForm', () => {
  const bank = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((ref) => ({ ref, group: ref[0] }));

  it('draws so many from each group, without repeats, whatever the order of the bank', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.shuffledSubarray(bank, { minLength: bank.length }),
        fc.constantFrom('blueprint' as const, 'shuffled' as const),
        (seed, mixed, questionOrder) => {
          const blueprint = {
            parts: [
              { group: 'b', take: 1 },
              { group: 'a', take: 2 },
            ],
            questionOrder,
          };
          const drawn = drawForm(blueprint, mixed, seed);
          assert.ok(drawn.ok);
          assert.equal(new Set(drawn.refs).size, 3);
          assert.equal(drawn.refs.filter((ref) => ref.startsWith('a')).length, 2);
          if (questionOrder === 'blueprint') assert.ok(drawn.refs[0]?.startsWith('b'));
          assert.deepEqual(drawForm(blueprint, bank, seed), drawn);
        },
      ),
    );
  });
  it('draws each question of a group equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const drawn = drawForm({ parts: [{ group: 'a', take: 1 }] }, bank, `seed ${i}`);
      assert.ok(drawn.ok);
      for (const ref of drawn.refs) counts.set(ref, (counts.get(ref) ?? 0) + 1);
    }
    for (const ref of ['a1', 'a2', 'a3'])
      assert.ok(Math.abs((counts.get(ref) ?? 0) - 2_000) < 200, `${ref}: ${counts.get(ref)}`);
  });
  it('names every group that is too small', () => {
    const drawn = drawForm(
      {
        parts: [
          { group: 'a', take: 4 },
          { group: 'b', take: 2 },
          { group: 'z', take: 1 },
        ],
      },
      bank,
      's',
    );
    assert.deepEqual(drawn, {
      ok: false,
      shortages: [
        { group: 'a', wanted: 4, available: 3 },
        { group: 'z', wanted: 1, available: 0 },
      ],
      message:
        'Group a has 3 questions and the blueprint asks for 4: add questions to the group or ask for fewer. Group z has no questions and the blueprint asks for 1: add questions to the group or ask for fewer.',
    });
  });
  it('refuses a blueprint that makes no sense', () => {
    assert.throws(() => drawForm({ parts: [] }, bank, 's'), RangeError);
    assert.throws(
      () =>
        drawForm(
          {
            parts: [
              { group: 'a', take: 1 },
              { group: 'a', take: 1 },
            ],
          },
          bank,
          's',
        ),
      RangeError,
    );
    assert.throws(() => drawForm({ parts: [{ group: 'a', take: 0 }] }, bank, 's'), RangeError);
    assert.throws(
      () => drawForm({ parts: [{ group: 'a', take: 1 }] }, [...bank, { ref: 'a1', group: 'q' }], 's'),
      RangeError,
    );
  });
});
