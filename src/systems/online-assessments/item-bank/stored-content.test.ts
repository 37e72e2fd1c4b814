import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { splitItem } from '#qti';
import { anyItem } from '../../../qti/testing/arbitraries.ts';
import { vehicleItem } from '../../../qti/testing/vehicle-item.ts';
import { canonicalJson, contentFrom, contentHash, keyFrom } from './stored-content.ts';

/** What the database gives back: JSON with its members in another order. */
function stored(value: unknown): unknown {
  const turn = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(turn);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .reverse()
        .map(([name, value]) => [name, turn(value)]),
    );
  };
  return turn(JSON.parse(JSON.stringify(value)));
}

describe('stored questions', () => {
  it('come back as they were, whatever the question', () => {
    fc.assert(
      fc.property(anyItem, (each) => {
        const { content, key } = splitItem(each);
        assert.deepEqual(contentFrom(stored(content)), JSON.parse(JSON.stringify(content)));
        assert.deepEqual(keyFrom(stored(key)), JSON.parse(JSON.stringify(key)));
        assert.equal(canonicalJson(stored(content)), canonicalJson(content));
        const none = new Map<string, string>();
        assert.deepEqual(contentHash(contentFrom(stored(content)), none), contentHash(content, none));
      }),
    );
  });

  it('are refused when a key has strayed into the content, when the model is another, or a part is unknown', () => {
    const { content, key } = splitItem(vehicleItem({}));
    assert.doesNotThrow(() => contentFrom(content));
    assert.throws(() => contentFrom({ ...content, key }), /key/);
    assert.throws(() => contentFrom({ ...content, model: 2 }));
    assert.throws(() => contentFrom({ ...content, stem: [{ t: 'script', text: 'alert(1)' }] }));
    const [first, ...rest] = content.choices;
    assert.throws(() => contentFrom({ ...content, choices: [{ ...first, correct: true }, ...rest] }), /correct/);
    assert.throws(() => keyFrom({ correct: [] }));
    assert.throws(() => keyFrom(null));
  });

  it('have another hash with another word or other bytes of a picture', () => {
    const { content } = splitItem(vehicleItem({ pictures: [{ name: 'a.png', alt: 'A' }] }));
    const hash = (changes: Partial<typeof content>, sha: string) =>
      contentHash({ ...content, ...changes }, new Map([['a.png', sha]])).toString('hex');
    const as = hash({}, 'aa');
    assert.equal(hash({}, 'aa'), as);
    assert.notEqual(hash({ title: 'Another' }, 'aa'), as);
    assert.notEqual(hash({}, 'bb'), as);
  });
});
