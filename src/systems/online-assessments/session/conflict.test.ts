import assert from 'node:assert/strict';
import { it } from 'node:test';
import { invigilationConflicts } from './conflict.ts';

const candidates = [
  { candidateId: 'c1', name: 'Keeley Brown', personId: 'p1', declared: null },
  { candidateId: 'c2', name: 'Sam Reid', personId: null, declared: null },
];
it('keeps candidates and their assessors away from invigilating', () => {
  assert.deepEqual(invigilationConflicts('p9', candidates, []), []);
  assert.match(invigilationConflicts('p1', candidates, [])[0] ?? '', /Keeley Brown is a candidate/);
  const judging = [{ personId: 'p9', candidateId: 'c2', as: 'assessor' as const }];
  assert.match(invigilationConflicts('p9', candidates, judging)[0] ?? '', /assessor of Sam Reid/);
  assert.deepEqual(invigilationConflicts('p8', candidates, judging), []);
  const declared = [
    { candidateId: 'c3', name: 'Ada Lyme', personId: null, declared: 'An interest is declared: a relative.' },
  ];
  assert.match(invigilationConflicts('p8', declared, [])[0] ?? '', /a relative\. You cannot invigilate this test/);
});
