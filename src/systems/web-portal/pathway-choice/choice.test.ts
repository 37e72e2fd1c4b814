import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkRule, ruleWithPathway } from '#products';
import { choiceInWords, choiceProblems, inViewOf, stillToChoose, whatToChoose } from './choice.ts';

const CODES = ['M1', 'M2', 'O1', 'O2', 'O3', 'O4'];
const units = CODES.map((code, at) => ({ code, title: `Unit ${at}`, level: 2, credits: 4 }));
const version = {
  rule: {
    root: {
      kind: 'all' as const,
      of: ['M1', 'M2', { kind: 'choose' as const, title: 'Options', count: 2, of: ['O1', 'O2', 'O3', 'O4'] }],
    },
    barred: [['O1', 'O2']] as const,
  },
  pathways: [
    { title: 'Light', units: ['O3'] },
    { title: 'Heavy', units: ['O4'] },
  ],
};

describe('a choice of pathway and optional units', () => {
  it('is among what the version leaves open', () => {
    assert.deepEqual(whatToChoose(version).alternatives, [
      { words: 'Options: 2 of these 4.', codes: ['O1', 'O2', 'O3', 'O4'] },
    ]);
    assert.deepEqual(whatToChoose({ rule: { root: { kind: 'all', of: ['M1'] }, barred: [] }, pathways: [] }), {
      pathways: [],
      alternatives: [],
    });
  });

  it('is refused with units of equal content, and with what is not offered', () => {
    const problems = (pathway: string | null, ...chosen: string[]) =>
      choiceProblems(version, units, { pathway, units: chosen }).map(({ field, message }) => `${field}: ${message}`);
    assert.match(problems(null, 'O1', 'O2').join(), /unit: O1 Unit 2 and O2 Unit 3 have equal content/);
    assert.match(problems('Rail').join(), /pathway: Choose one of the pathways/);
    assert.match(problems(null, 'M1', 'X').join(), /unit: M1, X: not among/);
    assert.deepEqual(problems('Light', 'O1', 'O3'), []);
  });

  it('is told what it lacks', () => {
    assert.match(choiceInWords(version, units, { pathway: 'Light', units: [] }) ?? '', /1 more of "Options": 1 of 2/);
    assert.match(
      choiceInWords(version, units, { pathway: 'Light', units: ['O1'] }) ?? '',
      /rule of combination is met/,
    );
    assert.match(choiceInWords(version, units, { pathway: null, units: ['O1', 'O3'] }) ?? '', /is met/);
    assert.match(choiceInWords(version, units, { pathway: 'Heavy', units: ['O1', 'O2'] }) ?? '', /equal content/);
  });

  it('lacks nothing exactly when achieving it would meet the rule', () => {
    fc.assert(
      fc.property(fc.subarray(CODES.slice(2)), fc.constantFrom('Light', 'Heavy', null), (chosen, pathway) => {
        const own = version.pathways.find(({ title }) => title === pathway)?.units ?? [];
        const met = checkRule(ruleWithPathway(version, pathway), units, ['M1', 'M2', ...own, ...chosen]).satisfied;
        assert.equal(stillToChoose(version, units, { pathway, units: chosen }).length === 0, met);
      }),
    );
  });

  it('puts planned units first in what is missing, and invents none', () => {
    const { missing } = checkRule(version.rule, units, ['M1']);
    const seen = inViewOf(missing, ['O3', 'M2'], units);
    assert.match(seen[0]?.sentence ?? '', /2 more of "Options".*Planned: O3 Unit 4\.$/);
    assert.deepEqual(seen[0]?.kind === 'choose' && seen[0].from, ['O3', 'O1', 'O2', 'O4']);
    assert.deepEqual(
      inViewOf(missing, [], units).map(({ sentence }) => sentence),
      missing.map(({ sentence }) => sentence),
    );
  });
});
