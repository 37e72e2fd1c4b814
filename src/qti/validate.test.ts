import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Item, validateItem } from './index.ts';
import { anyItem } from './testing/arbitraries.ts';
import { vehicleItem } from './testing/vehicle-item.ts';

const text = (words: string) => [{ t: 'text' as const, text: words }];

describe('validateItem', () => {
  it('has nothing to say about a fit item', () => {
    assert.deepEqual(validateItem(vehicleItem()), []);
    fc.assert(
      fc.property(anyItem, (item) => {
        assert.deepEqual(
          validateItem(item).filter((each) => each.severity === 'error'),
          [],
        );
      }),
      { numRuns: 500 },
    );
  });

  const base = vehicleItem();
  const faults: [string, Partial<Item>][] = [
    ['code', { code: '' }],
    ['code', { code: '../up' }],
    ['name', { title: ' ' }],
    ['name', { topic: 'x'.repeat(201) }],
    ['no-question', { stem: [] }],
    ['no-question', { stem: [{ t: 'paragraph', content: text('  ') }] }],
    ['too-long', { stem: [{ t: 'paragraph', content: text('x'.repeat(4_001)) }] }],
    ['too-long', { key: { correct: ['c3'], rationale: 'x'.repeat(4_001) } }],
    ['too-few-choices', { choices: base.choices.slice(2, 3), maxChoices: 1 }],
    ['too-many-choices', { choices: Array.from({ length: 27 }, (_, i) => ({ id: `c${i}`, content: text(`${i}`) })) }],
    ['repeated-choice-id', { choices: [...base.choices, { id: 'c1', content: text('other') }] }],
    ['same-choice-twice', { choices: [...base.choices, { id: 'c5', content: text('14.2 V') }] }],
    ['empty-choice', { choices: [...base.choices, { id: 'c5', content: text(' ') }] }],
    ['choice-limits', { maxChoices: 2 }],
    ['choice-limits', { kind: 'multiple', maxChoices: 5 }],
    ['choice-limits', { kind: 'multiple', minChoices: 3, maxChoices: 2, key: { correct: ['c1', 'c2'] } }],
    ['no-key', { key: { correct: [] } }],
    ['key-unknown-choice', { key: { correct: ['c9'] } }],
    ['key-repeats', { kind: 'multiple', maxChoices: 4, key: { correct: ['c1', 'c1'] } }],
    ['key-count', { key: { correct: ['c1', 'c2'] } }],
    ['key-count', { kind: 'multiple', maxChoices: 2, key: { correct: ['c1', 'c2', 'c3'] } }],
    [
      'no-description',
      { stem: [...base.stem, { t: 'figure', name: 'a.png', alt: ' ' }], pictures: [{ name: 'a.png', alt: ' ' }] },
    ],
    ['picture-list', { pictures: [{ name: 'a.png', alt: 'A' }] }],
    ['picture-list', { stem: [...base.stem, { t: 'figure', name: 'a.png', alt: 'A' }] }],
  ];
  for (const [code, change] of faults) {
    it(`refuses ${code}: ${JSON.stringify(change).slice(0, 60)}`, () => {
      const found = validateItem(vehicleItem(change), 'items.csv, row 7', 7);
      const hit = found.find((each) => each.code === code);
      assert.ok(hit, `found ${JSON.stringify(found)}`);
      assert.equal(hit.severity, 'error');
      assert.match(hit.message, /^items\.csv, row 7: .*\.$/);
      assert.equal(hit.line, 7);
    });
  }

  it('tells kHz from KHZ, and 10 to the 2 from 102', () => {
    const choices = [
      { id: 'a', content: text('kHz') },
      { id: 'b', content: text('KHZ') },
      { id: 'c', content: [...text('10'), { t: 'sup' as const, content: text('2') }] },
      { id: 'd', content: text('102') },
    ];
    assert.deepEqual(validateItem(vehicleItem({ choices, key: { correct: ['a'] } })), []);
  });

  it('warns when every option is right', () => {
    const found = validateItem(
      vehicleItem({ kind: 'multiple', maxChoices: 4, key: { correct: ['c1', 'c2', 'c3', 'c4'] } }),
    );
    assert.deepEqual(
      found.map((each) => [each.code, each.severity]),
      [['all-right', 'warning']],
    );
  });
});
