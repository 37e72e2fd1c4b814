import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  choiceIdsOf,
  fixedPlaces,
  type Item,
  lettersOf,
  redactForCandidate,
  renderCandidateItem,
  shuffleOrder,
  splitItem,
  validateResponse,
} from './index.ts';
import { anyItem } from './testing/arbitraries.ts';
import { vehicleItem } from './testing/vehicle-item.ts';

const pictureUrl = (name: string) => `/sit/pictures/${encodeURIComponent(name)}`;
const CANARY = 'CANARY-7f3e';

/** The item with canaries in everything a candidate must not get. */
function withCanaries(item: Item): Item {
  const rename = (id: string) => `${CANARY}-choice-${id}`;
  return {
    ...item,
    code: `${CANARY}-code`,
    title: `${CANARY}-title`,
    group: `${CANARY}-group`,
    topic: `${CANARY}-topic`,
    choices: item.choices.map((choice) => ({ ...choice, id: rename(choice.id) })),
    key: { correct: item.key.correct.map(rename), rationale: `${CANARY}-rationale` },
  };
}

/** Opaque picture names in order of first use, as a host would give by hash. */
function pictureRefs(): (name: string) => string {
  const refs = new Map<string, string>();
  return (name) => refs.get(name) ?? (refs.set(name, `p${refs.size + 1}`).get(name) as string);
}

describe('redactForCandidate and renderCandidateItem', () => {
  it('let no key, rationale, author id, title or file name through', () => {
    fc.assert(
      fc.property(anyItem, fc.string(), (plain, seed) => {
        const item = withCanaries(plain);
        assert.ok(JSON.stringify(item).includes(CANARY), 'control: the canaries are there to be found');
        const order = shuffleOrder(seed, item.choices.length, fixedPlaces(item));
        // The whole item is given on purpose: even then its key must not pass.
        const view = redactForCandidate(item, order, pictureRefs());
        const page = renderCandidateItem(view, { pictureUrl }).text;
        for (const out of [JSON.stringify(view), page]) {
          assert.ok(!out.includes(CANARY), out);
          for (const { name } of item.pictures) assert.ok(!out.includes(name), `${name} in ${out}`);
        }
        assert.deepEqual(Object.keys(view).sort(), ['choices', 'kind', 'maxChoices', 'minChoices', 'prompt', 'stem']);
        for (const choice of view.choices) assert.deepEqual(Object.keys(choice).sort(), ['content', 'id']);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are the same, byte for byte, whatever the key is', () => {
    fc.assert(
      fc.property(anyItem, fc.nat(), (item, pick) => {
        const other = {
          ...item,
          key: { correct: [item.choices[pick % item.choices.length]!.id], rationale: 'another' },
        };
        const order = shuffleOrder('same', item.choices.length, fixedPlaces(item));
        const pages = [item, other].map(
          (each) =>
            renderCandidateItem(
              redactForCandidate(each, order, (name) => `p-${name.length}`),
              { pictureUrl },
            ).text,
        );
        assert.equal(pages[0], pages[1]);
      }),
      { numRuns: 500 },
    );
  });

  it('give right and wrong options markup of the same shape', () => {
    fc.assert(
      fc.property(anyItem, fc.string(), (item, seed) => {
        const order = shuffleOrder(seed, item.choices.length, fixedPlaces(item));
        const page = renderCandidateItem(redactForCandidate(item, order, pictureRefs()), { pictureUrl }).text;
        const labels = page.match(/<label>[\s\S]*?<\/label>/g) ?? [];
        assert.equal(labels.length, item.choices.length);
        const shapes = labels.map((label, place) =>
          label
            .replace(`value="${String.fromCharCode(65 + place)}"`, 'value="?"')
            .replace(`<span class="k">${String.fromCharCode(65 + place)}</span>`, '<span class="k">?</span>')
            .replace(/<span>[\s\S]*?<\/span>(?=<span class="tick">)/, '<span>text</span>'),
        );
        assert.equal(new Set(shapes).size, 1, shapes.join('\n'));
      }),
      { numRuns: 500 },
    );
  });

  it('write the markup of the test player', () => {
    const { content } = splitItem(
      vehicleItem({
        stem: [
          { t: 'paragraph', content: [{ t: 'text', text: 'What is R < 3 & "V"?' }] },
          { t: 'figure', name: 'circuit.png', alt: 'A lamp and a "12 V" battery' },
        ],
        pictures: [{ name: 'circuit.png', alt: 'A lamp and a "12 V" battery' }],
      }),
    );
    const view = redactForCandidate(content, [2, 0, 1, 3], () => 'f00d');
    const page = renderCandidateItem(view, {
      pictureUrl,
      pictureSize: (name) => (name === 'f00d' ? { width: 640, height: 480 } : undefined),
      position: { number: 12, of: 30 },
      chosen: ['B'],
    }).text;
    assert.match(
      page,
      /^<div class="ao-q stack-l">\n<div><p class="muted small strong m0">Question 12 of 30<\/p><h1>What is R &lt; 3 &amp; &quot;V&quot;\?<\/h1><\/div>/,
    );
    assert.ok(
      page.includes(
        '<figure class="ao-fig"><img src="/sit/pictures/f00d" alt="A lamp and a &quot;12 V&quot; battery" width="640" height="480"></figure>',
      ),
    );
    assert.ok(
      page.includes('<fieldset class="ao-opts"><legend class="govuk-visually-hidden">Choose one answer</legend>'),
    );
    assert.ok(
      page.includes('<label><input type="radio" name="answer" value="A"><span class="k">A</span><span>14.2 V</span>'),
    );
    assert.ok(page.includes('<input type="radio" name="answer" value="B" checked>'));
    assert.equal(page.match(/ checked/g)?.length, 1);
    const many = renderCandidateItem(
      redactForCandidate({ ...content, kind: 'multiple', maxChoices: 4 }, [0, 1, 2, 3], () => 'f'),
      { pictureUrl },
    ).text;
    assert.ok(
      many.includes('Choose every answer that is right') &&
        many.includes('<input type="checkbox" name="answer" value="D">'),
    );
  });

  it('keep the order of the author, with the first paragraph as the only heading', () => {
    const text = (words: string) => [{ t: 'text' as const, text: words }];
    const { content } = splitItem(
      vehicleItem({
        stem: [{ t: 'figure', name: 'a.png', alt: 'A gauge' }],
        prompt: [
          { t: 'paragraph', content: text('Read the gauge.') },
          { t: 'paragraph', content: text('What does it show?') },
        ],
        pictures: [{ name: 'a.png', alt: 'A gauge' }],
      }),
    );
    const page = renderCandidateItem(
      redactForCandidate(content, [0, 1, 2, 3], () => 'p1'),
      { pictureUrl },
    ).text;
    const marks = ['<h1>Read the gauge.</h1>', '<figure', '<p class="strong">What does it show?</p>', '<fieldset'];
    const places = marks.map((mark) => page.indexOf(mark));
    assert.ok(
      places.every((place, i) => place > (places[i - 1] ?? -1)),
      page,
    );
    assert.equal(page.match(/<h1>/g)?.length, 1);
  });

  it('never turn text into markup: the page holds only our elements', () => {
    const allowed =
      /^<\/?(div|p|h1|fieldset|legend|label|input|span|svg|use|figure|img|strong|em|sub|sup|code|br|ol|ul|li|table|tr|th|td|caption)(\s[a-z]+="[^"<>]*"|\s[a-z-]+="[^"<>]*"|\schecked)*\s*\/?>$/;
    fc.assert(
      fc.property(anyItem, (item) => {
        const order = item.choices.map((_, index) => index);
        const page = renderCandidateItem(redactForCandidate(item, order, pictureRefs()), { pictureUrl }).text;
        for (const tag of page.match(/<[^>]*>/g) ?? []) assert.match(tag, allowed);
        assert.ok(!/\son\w+=|\sstyle=|javascript:/i.test(page));
      }),
      { numRuns: 500 },
    );
  });

  it('refuse an order that does not fit', () => {
    const { content } = splitItem(vehicleItem());
    for (const order of [
      [0, 1, 2],
      [0, 1, 2, 2],
      [0, 1, 2, 4],
      [0, 1, 2, 3, 4],
      [0.5, 1, 2, 3],
    ]) {
      assert.throws(() => redactForCandidate(content, order, (name) => name), RangeError);
    }
  });
});

describe('served letters', () => {
  it('translate to choice ids and back', () => {
    fc.assert(
      fc.property(anyItem, fc.string(), fc.infiniteStream(fc.boolean()), (item, seed, coins) => {
        const order = shuffleOrder(seed, item.choices.length, fixedPlaces(item));
        const chosen = item.choices.map((choice) => choice.id).filter(() => coins.next().value);
        const letters = lettersOf(item, order, chosen);
        assert.deepEqual(choiceIdsOf(item, order, letters), chosen);
        const view = redactForCandidate(item, order, (name) => name);
        for (const letter of letters) {
          const served = view.choices.find((choice) => choice.id === letter);
          assert.ok(
            served &&
              chosen.some(
                (id) =>
                  JSON.stringify(item.choices.find((each) => each.id === id)?.content) ===
                  JSON.stringify(served.content),
              ),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
  it('are refused when not served or named twice', () => {
    const { content } = splitItem(vehicleItem());
    for (const letters of [['E'], ['a'], ['c1'], ['A', 'A'], ['__proto__'], ['']]) {
      assert.equal(choiceIdsOf(content, [3, 2, 1, 0], letters), null);
    }
    assert.deepEqual(choiceIdsOf(content, [3, 2, 1, 0], ['A', 'C']), ['c2', 'c4']);
    assert.deepEqual(choiceIdsOf(content, [3, 2, 1, 0], []), []);
  });
});

describe('validateResponse', () => {
  const { content } = splitItem(vehicleItem({ kind: 'multiple', minChoices: 2, maxChoices: 3 }));
  it('takes lawful answers, puts them in order and says whether they are finished', () => {
    assert.deepEqual(validateResponse(content, ['c3', 'c1']), { ok: true, response: ['c1', 'c3'], complete: true });
    assert.deepEqual(validateResponse(content, ['c3']), { ok: true, response: ['c3'], complete: false });
    assert.deepEqual(validateResponse(content, []), { ok: true, response: [], complete: false });
  });
  it('refuses everything else, and says how to put it right', () => {
    const cases: [unknown, string][] = [
      [null, 'not-a-list'],
      ['c1', 'not-a-list'],
      [{ 0: 'c1', length: 1 }, 'not-a-list'],
      [[1], 'not-a-list'],
      [['c1', null], 'not-a-list'],
      [['c9'], 'unknown-choice'],
      [['__proto__'], 'unknown-choice'],
      [['c1', 'c1'], 'repeated-choice'],
      [['c1', 'c2', 'c3', 'c4'], 'too-many-choices'],
    ];
    for (const [response, code] of cases) {
      const checked = validateResponse(content, response);
      assert.ok(!checked.ok);
      assert.equal(checked.problem.code, code);
      assert.match(checked.problem.message, /Choose/);
    }
    const radio = validateResponse({ ...content, kind: 'choice', maxChoices: 4 }, ['c1', 'c2']);
    assert.ok(!radio.ok && radio.problem.code === 'too-many-choices');
  });
});
