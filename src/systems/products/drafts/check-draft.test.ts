import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { creditFor, draftWarnings, publishProblems, sizeProblems } from './check-draft.ts';
import { type Content, emptyContent } from './content.ts';
import { differences } from './differences.ts';

const unit = (code: string): Content['units'][number] => ({
  code,
  reference: null,
  title: `Unit ${code}`,
  level: 2,
  credits: 3,
  guidedLearningHours: 20,
  assessedBy: 'online_test',
  outcomes: [],
  figuresInvented: true,
});
const whole: Content = {
  ...emptyContent('IMI Level 2 Award in Care of Vehicles', 'qualification'),
  level: 2,
  qualificationNumber: '500/6771/0',
  credits: 6,
  guidedLearningHours: 40,
  totalQualificationTime: 60,
  operationalStart: '2026-09-01',
  units: [unit('A'), unit('B')],
  rule: { root: { kind: 'all', of: ['A', 'B'] }, barred: [] },
};
const messages = (more: Partial<Content>) => publishProblems({ ...whole, ...more }).map(({ message }) => message);
const warnings = (more: Partial<Content>) => draftWarnings({ ...whole, ...more }).map(({ message }) => message);

test('a whole draft can be published, an empty one says all that is missing', () => {
  assert.deepEqual(messages({}), []);
  assert.deepEqual(warnings({}), []);
  const problems = publishProblems(emptyContent('', 'qualification'));
  for (const word of [/title/, /level/, /qualification number/, /total qualification time/, /unit/, /rule/])
    assert.ok(
      problems.some(({ message }) => word.test(message)),
      String(word),
    );
});

test('credit is a tenth of the time, rounded, and the time covers guided learning (E8.2, E7)', () => {
  assert.match(messages({ credits: 7 })[0] ?? '', /Credit must be 6: .*60 hours divided by 10/);
  assert.match(messages({ guidedLearningHours: 61 })[0] ?? '', /cannot be less \(condition E7\)/);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 300 }), (total, credits) => {
      const refused = sizeProblems({ ...whole, totalQualificationTime: total, guidedLearningHours: 0, credits });
      assert.equal(refused.length === 0, Math.abs(total - credits * 10) < 5 || total === credits * 10 - 5);
    }),
  );
  assert.deepEqual([creditFor(54), creditFor(55), creditFor(0)], [5, 6, 0]);
});

test('dates stand in their order', () => {
  assert.match(messages({ operationalEnd: '2026-08-31' })[0] ?? '', /before the operational start/);
  assert.match(messages({ certificationEnd: '2028-01-01' })[0] ?? '', /Enter the last registration too/);
  assert.match(
    messages({ operationalEnd: '2028-01-01', certificationEnd: '2027-01-01' })[0] ?? '',
    /last certification lies before/,
  );
});

test('a pathway must be possible', () => {
  const barred = {
    ...whole.rule,
    root: { kind: 'at_least_one' as const, of: ['A', 'B'] },
    barred: [['A', 'B']] as [string, string][],
  };
  assert.deepEqual(messages({ rule: barred }), []);
  assert.match(
    messages({ rule: barred, pathways: [{ title: 'Both', units: ['A', 'B'] }] })[0] ?? '',
    /The pathway "Both": Nobody can meet the rule/,
  );
  assert.match(
    messages({ pathways: [{ title: 'Odd', units: ['Z'] }] })[0] ?? '',
    /has Z, which the rule does not name/,
  );
});

test('a wrong check character and another level are warnings, never refusals', () => {
  assert.deepEqual(messages({ qualificationNumber: '500/6771/1' }), []);
  assert.match(warnings({ qualificationNumber: '500/6771/1' })[0] ?? '', /compare it with the register/);
  assert.match(warnings({ level: 3 })[0] ?? '', /does not say "Level 3"/);
  assert.match(warnings({ rule: { root: { kind: 'all', of: ['A'] }, barred: [] } })[0] ?? '', /B counts for nothing/);
});

test('what changes is found part by part, and the same changes nothing', () => {
  assert.deepEqual(differences(whole, structuredClone(whole)), []);
  const after: Content = { ...whole, credits: 7, units: [unit('B'), unit('C')] };
  assert.deepEqual(
    differences(whole, after).map(({ about }) => about),
    ['Credits', 'Unit C', 'Unit A'],
  );
  assert.ok(differences(null, whole).length > 8);
  assert.deepEqual(
    differences(whole, { ...whole, units: [unit('B'), unit('A')] }).map(({ about }) => about),
    ['Order of units'],
  );
});
