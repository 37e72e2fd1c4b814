import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Unit } from '#products';
import { type ContentFacts, contentOf, contentSchema } from './content.ts';

const unit = (code: string, more: Partial<Unit> = {}): Unit => ({
  id: code,
  versionId: 'version',
  code,
  reference: null,
  title: `Unit ${code}`,
  level: 2,
  credits: 3,
  guidedLearningHours: null,
  figuresInvented: true,
  assessedBy: 'portfolio',
  outcomes: [],
  ...more,
});
const achieved = (unitId: string, grade: 'pass' | 'merit' | 'distinction') => ({
  unitId,
  grade,
  achievedAt: new Date('2026-10-01T00:00:00Z'),
  sourceKind: 'portfolio' as const,
  sourceId: 'source',
});

function facts(more: Partial<ContentFacts> = {}): ContentFacts {
  return {
    kind: 'full',
    serial: '7K4M92HF08QX',
    awardingBody: 'Institute of the Motor Industry',
    awardedOn: '2026-11-20',
    publicUrl: 'https://connect.example',
    product: { title: 'IMI Level 2 Award', level: 2, qualificationNumber: '500/6771/0', regulated: true },
    units: [unit('A', { reference: 'R/601/3719' }), unit('B')],
    achievements: [achieved('A', 'merit'), achieved('B', 'distinction')],
    grade: 'merit',
    registration: {
      assessmentLanguage: 'en',
      candidate: {
        id: 'candidate',
        personId: null,
        number: '48201180',
        givenNames: 'Seán',
        familyName: "O'Dowd",
        birthDate: '2006-01-01',
        uln: '9990001587',
        ulnAbsentReason: null,
      },
    },
    centre: { number: '04417', name: 'Northgate Motor Training' },
    ...more,
  };
}

test('a regulated qualification carries the fields of General Condition I3, and nothing private', () => {
  const content = contentSchema.parse(contentOf(facts()));
  assert.deepEqual(
    [content.template, content.qualificationNumber, content.level, content.grade, content.credits],
    ['qualification', '500/6771/0', 2, 'Merit', 6],
  );
  assert.deepEqual(content.holder, { givenNames: 'Seán', familyName: "O'Dowd", candidateNumber: '48201180' });
  assert.equal(content.units[0]?.reference, 'R/601/3719');
  assert.equal(content.units[1]?.reference, 'B');
  assert.equal(content.assessmentLanguage, null);
  assert.doesNotMatch(JSON.stringify(content), /9990001587|2006-01-01/);
});

test('credit for units states that credit was awarded; another language is named', () => {
  const content = contentOf(
    facts({
      kind: 'partial',
      units: [unit('A', { credits: 1 })],
      registration: { ...facts().registration, assessmentLanguage: 'cy' },
    }),
  );
  assert.equal(content.creditStatement, '1 credit has been awarded for this unit.');
  assert.equal(content.assessmentLanguage, 'Welsh');
  assert.equal(contentOf(facts({ kind: 'partial' })).creditStatement, '6 credits have been awarded for these units.');
});

test('a product that is not regulated has its own template without the regulator’s fields', () => {
  const content = contentOf(
    facts({ product: { title: 'IMI Accreditation', level: 2, qualificationNumber: null, regulated: false } }),
  );
  assert.deepEqual(
    [content.template, content.qualificationNumber, content.level, content.credits, content.creditStatement],
    ['accreditation', null, null, null, null],
  );
  assert.ok(content.units.every((one) => one.credits === null));
});
