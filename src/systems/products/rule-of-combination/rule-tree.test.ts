import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule, RuleGroup } from './rule.ts';
import { ruleForPathway, ruleProblems } from './rule-problems.ts';
import {
  groupsIn,
  partAt,
  withHead,
  withMoved,
  withoutPart,
  withoutUnit,
  withParts,
  withPlaced,
  withRenamed,
} from './rule-tree.ts';

const tree: RuleGroup = {
  kind: 'all',
  of: ['A', { kind: 'choose', count: 1, of: ['B', { kind: 'all', of: ['C', 'D'] }] }, 'E'],
};

test('parts are found by their path', () => {
  assert.equal(partAt(tree, '0'), 'A');
  assert.equal(partAt(tree, '1.1.1'), 'D');
  assert.equal(partAt(tree, '0.1'), null);
  assert.deepEqual(
    groupsIn(tree).map(({ path }) => path),
    ['', '1', '1.1'],
  );
});

test('a part is added, moved within, moved elsewhere and removed', () => {
  assert.deepEqual(partAt(withParts(tree, '1.1', ['F']), '1.1.2'), 'F');
  assert.deepEqual(withMoved(tree, '2', -1).of[1], 'E');
  assert.deepEqual(withMoved(tree, '0', -1), tree);
  assert.equal(withoutPart(tree, '1').of.length, 2);
  const placed = withPlaced(tree, '0', '1.1');
  assert.deepEqual(placed.of.length, 2);
  assert.deepEqual(partAt(placed, '0.1.2'), 'A');
  assert.deepEqual(withPlaced(tree, '1.1', '').of.at(-1), { kind: 'all', of: ['C', 'D'] });
});

test('no group goes into itself, and the whole rule goes nowhere', () => {
  assert.deepEqual(withPlaced(tree, '1', '1.1'), tree);
  assert.deepEqual(withPlaced(tree, '', '1'), tree);
  // Nor does anything get lost where it cannot stand.
  assert.deepEqual(withPlaced(tree, '0', '7'), tree);
  const credits: RuleGroup = {
    kind: 'all',
    of: [
      { kind: 'credits', minimum: 1, of: ['A'] },
      { kind: 'all', of: ['B'] },
    ],
  };
  assert.deepEqual(withPlaced(credits, '1', '0'), credits);
});

test('a unit that is renamed or removed is so everywhere', () => {
  assert.equal(partAt(withRenamed(tree, 'D', 'X'), '1.1.1'), 'X');
  assert.deepEqual(partAt(withoutUnit(tree, 'C'), '1.1'), { kind: 'all', of: ['D'] });
});

test('a group that becomes one of credits keeps its units alone', () => {
  const turned = withHead(tree, '1', () => ({ kind: 'credits', minimum: 4, of: [] }));
  assert.deepEqual(partAt(turned, '1'), { kind: 'credits', minimum: 4, of: ['B'] });
});

const units = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, title: code, level: 2, credits: 3 }));
const rule = (more: Partial<Rule> = {}): Rule => ({ root: tree, barred: [], ...more });
const problems = (given: Rule) => ruleProblems(given, units).join(' ');

test('a rule that somebody can meet has no problems; each that nobody can meet has its reason', () => {
  assert.equal(problems(rule()), '');
  assert.match(problems(rule({ barred: [['A', 'E']] })), /needs both [AE] and [AE], of which only one counts/);
  assert.match(problems(rule({ minimumCredits: 16 })), /16 credits in all, and even with every unit achieved 15 count/);
  assert.match(problems(rule({ creditFloors: [{ level: 3, credits: 1 }] })), /1 credits? more at level 3/);
  assert.match(problems(rule({ root: { kind: 'all', of: [] } })), /asks for nothing yet/);
  assert.match(problems(rule({ root: { kind: 'choose', count: 3, of: ['A', 'B'] } })), /asks for 3 parts and has 2/);
  assert.match(problems(rule({ root: { kind: 'credits', minimum: 7, of: ['A', 'B'] } })), /1 credits? more than/);
  assert.match(problems(rule({ root: { kind: 'all', of: ['A', 'Z'] } })), /names Z, and the product has no such unit/);
  const barredChoice: RuleGroup = { kind: 'choose', title: 'Two', count: 2, of: ['A', 'B'] };
  assert.match(problems(rule({ root: barredChoice, barred: [['A', 'B']] })), /"Two" asks for 1 more than there can be/);
});

test('a pathway adds its units to what is needed', () => {
  const narrowed = ruleForPathway(rule({ barred: [['B', 'C']] }), { title: 'Brakes', units: ['B', 'C'] });
  assert.match(ruleProblems(narrowed, units).join(' '), /needs both [BC] and [BC]/);
  assert.deepEqual(ruleForPathway(rule(), { title: 'None', units: [] }), rule());
});
