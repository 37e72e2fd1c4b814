import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { checkRule } from '../rule-of-combination/check-rule.ts';
import type { Rule } from '../rule-of-combination/rule.ts';
import { groupsToChoose, neededByAll, ruleWithPathway } from './rule-with-pathway.ts';

const CODES = ['A', 'B', 'C', 'D', 'E'];
const units = CODES.map((code) => ({ code, title: code, level: 2, credits: 3 }));
const rule: Rule = {
  root: { kind: 'all', of: ['A', { kind: 'choose', count: 1, of: ['B', 'C', 'D'] }] },
  barred: [],
};
const version = {
  rule,
  pathways: [
    { title: 'Light', units: ['B'] },
    { title: 'Heavy', units: ['C', 'E'] },
  ],
};

it('a pathway adds its units, and none chosen leaves one of them open', () => {
  const met = (chosen: string | null, ...have: string[]) =>
    checkRule(ruleWithPathway(version, chosen), units, have).satisfied;
  assert.ok(met('Light', 'A', 'B'));
  assert.ok(!met('Light', 'A', 'C', 'E'));
  assert.ok(met('Heavy', 'A', 'C', 'E'));
  assert.ok(!met(null, 'A', 'D'));
  assert.ok(met(null, 'A', 'D', 'B'));
  assert.match(checkRule(ruleWithPathway(version, null), units, ['A', 'D']).missing[0]?.sentence ?? '', /Pathway/);
  assert.equal(ruleWithPathway({ rule, pathways: [] }, null), rule);
});

it('tells what everybody needs from what is chosen', () => {
  assert.deepEqual(neededByAll(rule), ['A']);
  assert.deepEqual(
    groupsToChoose(rule).map(({ of }) => of),
    [['B', 'C', 'D']],
  );
});

it('whatever is achieved: what meets the rule of a pathway meets the bare rule and holds all its units', () => {
  fc.assert(
    fc.property(fc.subarray(CODES), fc.constantFrom('Light', 'Heavy'), (have, chosen) => {
      const needed = version.pathways.find(({ title }) => title === chosen)?.units ?? [];
      const bare = checkRule(rule, units, have).satisfied;
      assert.equal(
        checkRule(ruleWithPathway(version, chosen), units, have).satisfied,
        bare && needed.every((code) => have.includes(code)),
      );
    }),
  );
});
