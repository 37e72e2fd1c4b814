import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRule, type Rule } from '#products';
import { unitsNeeded } from './units-needed.ts';

const unit = (code: string, credits = 5) => ({ code, title: code, level: 3, credits });
const units = ['A', 'B', 'C', 'D', 'E'].map((code) => unit(code));
const rule = (root: Rule['root'], more: Partial<Rule> = {}): Rule => ({ root, barred: [], ...more });

test('groups add up to the fewest units', () => {
  assert.equal(unitsNeeded(rule({ kind: 'all', of: ['A'] }), units), 1);
  assert.equal(
    unitsNeeded(rule({ kind: 'all', of: ['A', 'B', { kind: 'choose', count: 2, of: ['C', 'D', 'E'] }] }), units),
    4,
  );
  assert.equal(unitsNeeded(rule({ kind: 'at_least_one', of: [{ kind: 'all', of: ['A', 'B'] }, 'C'] }), units), 1);
  assert.equal(unitsNeeded(rule({ kind: 'credits', minimum: 11, of: ['A', 'B', 'C'] }), units), 3);
  assert.equal(unitsNeeded(rule({ kind: 'all', of: ['A'] }, { minimumCredits: 16 }), units), 4);
});

test('no smaller number of units ever meets the rule', () => {
  const codes = units.map(({ code }) => code);
  const subset = fc.subarray(codes);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 20 }),
      subset,
      (count, minimumCredits, achieved) => {
        const some = rule(
          { kind: 'all', of: ['A', { kind: 'choose', count, of: ['B', 'C', 'D'] }] },
          { minimumCredits },
        );
        if (checkRule(some, units, achieved).satisfied) assert.ok(achieved.length >= unitsNeeded(some, units));
      },
    ),
  );
});
