/** Generated items for property tests. Strings mix ordinary words with what breaks careless code. */
import fc from 'fast-check';
import { type Block, type Inline, type Item, picturesOf } from '../model.ts';

/** Words that stress escaping, quoting and comparison. All are canonical: trimmed, single spaces, no control characters. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '12 volts',
    '-5 °C',
    '+5 V',
    '=1+1',
    '@home',
    "'=quoted",
    "''-twice",
    'a "quoted" word',
    'one; two, three',
    '<b>not bold</b>',
    '&amp; &lt;script&gt;',
    'kHz',
    'KHZ',
    'Ω ≤ µF',
    'Ŵyneb ŷ',
    '‮reversed',
    "it's",
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 24 })
    .map((text) =>
      text
        .replace(/\p{Cc}/gu, '')
        .replace(/\s+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== ''),
);

const picture = fc.record({ name: fc.constantFrom('fig-1.png', 'img/fig-2.png', 'correct-B.png'), alt: anyText });

const inlinePart: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 5, arbitrary: anyText.map((text): Inline => ({ t: 'text', text })) },
  { weight: 1, arbitrary: fc.constant<Inline>({ t: 'br' }) },
  { weight: 1, arbitrary: picture.map((each): Inline => ({ t: 'image', ...each })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('strong', 'em', 'sub', 'sup', 'code'), anyText)
      .map(([t, text]): Inline => ({ t, content: [{ t: 'text', text }] }) as Inline),
  },
);

const inline = fc
  .tuple(anyText, fc.array(inlinePart, { maxLength: 3 }))
  .map(([text, parts]): Inline[] => [{ t: 'text', text }, ...parts]);

const block: fc.Arbitrary<Block> = fc.oneof(
  inline.map((content): Block => ({ t: 'paragraph', content })),
  picture.map((each): Block => ({ t: 'figure', ...each })),
  fc
    .tuple(fc.boolean(), fc.array(inline, { minLength: 1, maxLength: 3 }))
    .map(([ordered, items]): Block => ({ t: 'list', ordered, items })),
  fc
    .array(fc.array(fc.record({ header: fc.boolean(), content: inline }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((rows): Block => ({ t: 'table', rows })),
);

/** A fit item of any shape the model allows, with 2 to 8 choices whose texts differ. */
export const anyItem: fc.Arbitrary<Item> = fc
  .record({
    kind: fc.constantFrom('choice' as const, 'multiple' as const),
    first: inline,
    more: fc.array(block, { maxLength: 3 }),
    prompt: fc.option(inline, { nil: undefined }),
    options: fc.uniqueArray(anyText, { minLength: 2, maxLength: 8, selector: (text) => text.normalize('NFC') }),
    fixed: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    picks: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    pick: fc.nat(),
    topic: fc.option(anyText, { nil: undefined }),
    group: fc.option(fc.constantFrom('G1', 'G2', 'G3'), { nil: undefined }),
    rationale: fc.option(anyText, { nil: undefined }),
  })
  .map((made): Item => {
    const choices = made.options.map((text, i) => ({
      id: `c${i}`,
      content: [{ t: 'text' as const, text }],
      ...(made.fixed[i] ? { fixed: true } : {}),
    }));
    const ids = choices.map((choice) => choice.id);
    const one = ids[made.pick % ids.length] as string;
    const several = ids.filter((_, i) => made.picks[i]);
    const correct = made.kind === 'choice' || several.length === 0 ? [one] : several;
    const stem: Block[] = [{ t: 'paragraph', content: made.first }, ...made.more];
    const prompt: Block[] | undefined = made.prompt && [{ t: 'paragraph', content: made.prompt }];
    return {
      model: 1,
      code: 'Q1',
      title: 'Question 1',
      kind: made.kind,
      stem,
      ...(prompt ? { prompt } : {}),
      choices,
      minChoices: 1,
      maxChoices: made.kind === 'choice' ? 1 : ids.length,
      pictures: picturesOf({ stem, prompt, choices }),
      ...(made.group === undefined ? {} : { group: made.group }),
      ...(made.topic === undefined ? {} : { topic: made.topic }),
      key: { correct, ...(made.rationale === undefined ? {} : { rationale: made.rationale }) },
    };
  });
