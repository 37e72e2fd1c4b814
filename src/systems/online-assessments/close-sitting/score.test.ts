import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type ItemContent, type ItemKey, lettersOf, splitItem } from '#qti';
import { vehicleItem } from '../../../qti/testing/vehicle-item.ts';
import { drawPaper } from '../start-sitting/paper.ts';
import { scoreLog } from './score.ts';
import { allWords, newWords } from './words.ts';

const bank = Array.from({ length: 12 }, (_, n) => {
  const { content, key } = splitItem(
    vehicleItem({ code: `Q${n}`, group: n < 6 ? 'A' : 'B', topic: n % 2 ? 'Odd' : 'Even' }),
  );
  return { itemVersionId: `item-${n}`, group: n < 6 ? 'A' : 'B', content, key };
});
const contents = new Map<string, ItemContent>(bank.map(({ itemVersionId, content }) => [itemVersionId, content]));
const keys = new Map<string, ItemKey>(bank.map(({ itemVersionId, key }) => [itemVersionId, key]));
const paperOf = (seed: string) => {
  const drawn = drawPaper(
    [
      { group: 'A', count: 4 },
      { group: 'B', count: 3 },
    ],
    bank,
    seed,
  );
  assert.ok(drawn.ok);
  return drawn.paper;
};

describe('the result of a log', () => {
  it('counts the last answer of each question, whatever was answered before it and in whatever order', () => {
    const answers = fc.array(
      fc.record({ item: fc.integer({ min: 1, max: 7 }), letter: fc.constantFrom('', 'A', 'B', 'C', 'D') }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), answers, (seed, given) => {
        const paper = paperOf(seed);
        const marked = scoreLog({
          paper,
          contents,
          keys,
          log: given.map(({ item, letter }) => ({ item, value: letter })),
          passMark: 4,
        });
        assert.ok(marked.agreed);
        let expected = 0;
        paper.questions.forEach(({ itemVersionId, order }, index) => {
          const last = given.findLast(({ item }) => item === index + 1)?.letter ?? '';
          const right = lettersOf(
            contents.get(itemVersionId) as ItemContent,
            order,
            keys.get(itemVersionId)?.correct ?? [],
          ).join(',');
          if (last === right) expected++;
        });
        assert.equal(marked.score.score, expected);
        assert.equal(marked.score.passed, expected >= 4);
      }),
    );
  });
  it('is held when an answer cannot have come from the page, or a key is missing', () => {
    const paper = paperOf('seed');
    const strange = scoreLog({ paper, contents, keys, log: [{ item: 1, value: 'Q' }], passMark: 4 });
    assert.ok(!strange.agreed && /unknown-choice/.test(strange.why));
    const beyond = scoreLog({ paper, contents, keys, log: [{ item: 8, value: 'A' }], passMark: 4 });
    assert.ok(!beyond.agreed && /stray-answer/.test(beyond.why));
    const keyless = scoreLog({ paper, contents, keys: new Map(), log: [], passMark: 4 });
    assert.ok(!keyless.agreed && /no-key/.test(keyless.why));
  });
  it('is drawn the same from the same seed, and says when the bank is too small', () => {
    assert.deepEqual(paperOf('one'), paperOf('one'));
    assert.notDeepEqual(paperOf('one'), paperOf('two'));
    const drawn = drawPaper([{ group: 'A', count: 7 }], bank, 'seed');
    assert.ok(!drawn.ok && /Group A has 6 questions/.test(drawn.message));
  });
});

it('short codes are four of 256 different words', () => {
  assert.equal(new Set(allWords).size, 256);
  const words = newWords().split(' ');
  assert.equal(words.length, 4);
  assert.ok(words.every((word) => allWords.includes(word)));
});
