import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { escapeCell, unescapeCell } from './csv-cells.ts';
import { type Item, picturesOf, readItemsCsv, readItemsCsvPackage, writeItemsCsv } from './index.ts';
import { anyText } from './testing/arbitraries.ts';
import { png } from './testing/qti-samples.ts';
import { vehicleItem } from './testing/vehicle-item.ts';
import { forgeZip } from './testing/zip-forge.ts';

const HEADER = 'code,group,topic,kind,question,option_a,option_b,option_c,option_d,key,picture,picture_alt,rationale';
const ROW = 'V1,G1,Charging,choice,Which reading?,11.8 V,12.4 V,14.2 V,17.5 V,C,,,Alternator';
const text = (words: string) => [{ t: 'text' as const, text: words }];
const read = (csv: string, pictures?: Map<string, Uint8Array>) => readItemsCsv(Buffer.from(csv), pictures);

describe('readItemsCsv', () => {
  it('reads a row', () => {
    const { items, diagnostics } = read(`${HEADER}\n${ROW}\n`);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(items, [
      {
        model: 1,
        code: 'V1',
        title: 'V1',
        kind: 'choice',
        stem: [{ t: 'paragraph', content: text('Which reading?') }],
        choices: [
          { id: 'A', content: text('11.8 V') },
          { id: 'B', content: text('12.4 V') },
          { id: 'C', content: text('14.2 V') },
          { id: 'D', content: text('17.5 V') },
        ],
        minChoices: 1,
        maxChoices: 1,
        pictures: [],
        group: 'G1',
        topic: 'Charging',
        key: { correct: ['C'], rationale: 'Alternator' },
      },
    ]);
  });

  it('takes a byte order mark, semicolons, tabs, UTF-16, CRLF, any order and case of columns, blank rows', () => {
    const rows = [HEADER, ROW];
    const expected = read(rows.join('\n')).items;
    assert.equal(expected.length, 1);
    const variants: Uint8Array[] = [
      Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n\r\n`),
      Buffer.from(rows.join('\n').replaceAll(',', ';')),
      Buffer.from(rows.join('\n').replaceAll(',', '\t')),
      Buffer.from(`\uFEFF${rows.join('\r\n').replaceAll(',', '\t')}`, 'utf16le'),
      Buffer.from(
        rows
          .map((row) => row.split(',').reverse().join(','))
          .join('\n')
          .replace('code', ' CODE '),
      ),
      Buffer.from(`${rows.join('\n')},,,,\n,,,\n`),
    ];
    for (const [i, bytes] of variants.entries()) {
      const { items, diagnostics } = readItemsCsv(bytes);
      assert.deepEqual(diagnostics, [], `variant ${i}`);
      assert.deepEqual(items, expected, `variant ${i}`);
    }
  });

  it('reads several right answers, fixed options, paragraphs and lines', () => {
    const { items } = read(
      `code,kind,question,option_a,option_b,option_c,key,fixed\nV2,Multiple,"One.\n\nTwo\nlines?",a,"b, ""c""",None,a; c,c`,
    );
    const [item] = items;
    assert.ok(item);
    assert.deepEqual([item.kind, item.key.correct, item.maxChoices], ['multiple', ['A', 'C'], 3]);
    assert.deepEqual(item.stem, [
      { t: 'paragraph', content: text('One.') },
      { t: 'paragraph', content: [...text('Two'), { t: 'br' }, ...text('lines?')] },
    ]);
    assert.deepEqual(item.choices[1], { id: 'B', content: text('b, "c"') });
    assert.equal(item.choices[2]?.fixed, true);
  });

  it('takes pictures by name and content', () => {
    const csv = `${HEADER}\nV1,,,choice,Which?,a,b,,,A,fig 1.png,A gauge,`;
    const { items, pictures, diagnostics } = read(
      csv,
      new Map([
        ['fig 1.png', png()],
        ['other.png', png()],
      ]),
    );
    assert.deepEqual(items[0]?.stem.at(-1), { t: 'figure', name: 'fig 1.png', alt: 'A gauge' });
    assert.deepEqual(
      pictures.map((each) => [each.name, each.mediaType, each.width]),
      [['fig 1.png', 'image/png', 2]],
    );
    assert.deepEqual(
      diagnostics.map((each) => each.code),
      ['left-out'],
    );
    assert.equal(read(csv).diagnostics[0]?.code, 'picture-missing');
    assert.equal(read(csv, new Map([['fig 1.png', Buffer.from('<svg/>')]])).diagnostics[0]?.code, 'picture-kind');
  });

  it('takes words that begin with a sign, in questions and options', () => {
    const { items, diagnostics } = read(`${HEADER}\nV1,G1,-ve earth,choice,=A1 means?,+5 V,-5 V,'-9 V,@,A,,,`);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      items[0]?.choices.map((choice) => choice.content),
      [text('+5 V'), text('-5 V'), text('-9 V'), text('@')],
    );
    assert.equal(items[0]?.topic, '-ve earth');
  });

  const change = (column: string, value: string) => {
    const cells = ROW.split(',');
    cells[HEADER.split(',').indexOf(column)] = value;
    return `${HEADER}\n${ROW.replace('V1', 'V0')}\n${cells.join(',')}`;
  };
  const faults: [string, string, string, RegExp][] = [
    ['formula', 'group', '=cmd|x', /row 3, column group: the cell begins with "="/],
    ['formula', 'topic', '@x', /column topic/],
    ['formula', 'code', '+1', /column code/],
    ['key-unknown-choice', 'key', 'E', /row 3, column key: "E" is not a filled option/],
    ['no-key', 'key', '', /row 3, column key: the question has no key/],
    ['key-repeats', 'key', 'A;A', /a letter stands there twice/],
    ['key-count', 'key', 'A;C', /row 3: the key names 2 options/],
    ['kind', 'kind', 'essay', /column kind: "essay" is no kind/],
    ['option-gap', 'option_b', '', /column option_b: the cell is empty/],
    ['same-choice-twice', 'option_b', '11.8 V', /say the same/],
    ['no-question', 'question', '', /no question text/],
    ['code', 'code', 'a b', /identifier "a b"/],
    ['repeated-code', 'code', 'V0', /column code: "V0" is the code of row 2 too/],
    ['no-description', 'picture', 'a.png', /picture "a\.png" has no description/],
    ['no-picture', 'picture_alt', 'A gauge', /no picture/],
    ['picture-address', 'picture', '../a.png', /column picture: write the name/],
    ['picture-address', 'picture', 'https://x/a.png', /column picture/],
    ['csv-cells', 'rationale', 'one,two', /row 3: there are more cells than columns/],
  ];
  for (const [code, column, value, says] of faults) {
    it(`refuses ${code} in ${column}: ${JSON.stringify(value)}`, () => {
      const { items, diagnostics } = read(change(column, value));
      assert.equal(items.length, 0, 'nothing is half imported');
      const hit = diagnostics.find((each) => each.code === code);
      assert.ok(hit, JSON.stringify(diagnostics));
      assert.match(hit.message, says);
      assert.equal(hit.line, 3);
      assert.match(hit.message, /^items\.csv, row 3/);
    });
  }

  const files: [string, string | Uint8Array, RegExp][] = [
    ['csv-empty', '', /no questions/],
    ['csv-empty', `${HEADER}\n`, /no questions/],
    ['csv-header', `code;question;option_a;option_b;answer\n1;2;3;4;5`, /columns "answer" are not known/],
    [
      'csv-header',
      `${Array.from({ length: 5_000 }, (_, i) => `c${i}`).join(',')}\n1`,
      /"c4" and 4995 more are not known/,
    ],
    ['csv-header', `code,question,option_a,option_b\n1,2,3,4`, /columns key are missing/],
    ['csv-header', `code,code,question,option_a,option_b,key\n1,1,2,3,4,A`, /column code stands there twice/],
    ['csv-broken', `${HEADER}\n"V1,G1`, /quotation mark/],
    ['csv-broken', `${HEADER}\n${'x'.repeat(70_000)}`, /far too long/],
    ['csv-encoding', Buffer.from([0x63, 0xe9, 0x0a]), /Save it as "CSV UTF-8"/],
    ['csv-character', `${HEADER}\nV1\0`, /control character in line 2/],
    ['csv-size', Buffer.alloc(5 * 1024 * 1024, 0x61), /larger than 2 MB/],
    ['too-many-items', `${HEADER}\n${`${ROW}\n`.repeat(2_001)}`, /more than 2000 questions/],
  ];
  for (const [code, content, says] of files) {
    it(`refuses the file: ${code}, ${says.source}`, () => {
      const { items, diagnostics } = readItemsCsv(Buffer.from(content));
      assert.equal(items.length, 0);
      assert.deepEqual(
        diagnostics.map((each) => each.code),
        [code],
      );
      assert.match(diagnostics[0]?.message ?? '', says);
    });
  }

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.string({ maxLength: 200 }).map((tail) => Buffer.from(`${HEADER}\n${ROW}\n${tail}`)),
        ),
        (bytes) => {
          const { items, diagnostics } = readItemsCsv(bytes);
          assert.ok(items.length > 0 || diagnostics.length > 0);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('readItemsCsvPackage', () => {
  const csv = Buffer.from(`${HEADER}\nV1,,,choice,Which?,a,b,,,A,img/fig.png,A gauge,`);
  it('reads the CSV and its pictures, in a folder too', async () => {
    for (const folder of ['', 'bank/']) {
      const zip = forgeZip([
        { name: `${folder}items.csv`, bytes: csv },
        { name: `${folder}img/fig.png`, bytes: png() },
        { name: 'notes.md' },
      ]);
      const { items, pictures, diagnostics } = await readItemsCsvPackage(zip);
      assert.equal(items.length, 1, JSON.stringify(diagnostics));
      assert.deepEqual(
        pictures.map((each) => each.name),
        ['img/fig.png'],
      );
      assert.deepEqual(
        items[0]?.pictures.map((each) => each.name),
        ['img/fig.png'],
      );
      assert.deepEqual(
        diagnostics.map((each) => each.code),
        ['left-out'],
      );
    }
  });
  it('refuses none or two CSV files, and missing pictures', async () => {
    const codes = async (...names: string[]) =>
      (await readItemsCsvPackage(forgeZip(names.map((name) => ({ name, bytes: csv }))))).diagnostics.map(
        (each) => each.code,
      );
    assert.deepEqual(await codes('a.xml'), ['csv-count']);
    assert.deepEqual(await codes('a.csv', 'b.csv'), ['csv-count']);
    assert.deepEqual(await codes('a.csv'), ['picture-missing']);
  });
});

describe('writeItemsCsv', () => {
  const lines = fc.array(anyText, { minLength: 1, maxLength: 3 });
  const inlineOf = (parts: string[]) =>
    parts.flatMap((part, i) => (i === 0 ? text(part) : [{ t: 'br' as const }, ...text(part)]));
  const plainItem: fc.Arbitrary<Item> = fc
    .record({
      kind: fc.constantFrom('choice' as const, 'multiple' as const),
      paragraphs: fc.array(lines, { minLength: 1, maxLength: 3 }),
      figure: fc.option(fc.record({ name: fc.constantFrom('fig.png', 'img/a b.png'), alt: anyText })),
      options: fc.uniqueArray(lines, {
        minLength: 2,
        maxLength: 6,
        selector: (parts) => parts.join('\n').normalize('NFC'),
      }),
      fixed: fc.infiniteStream(fc.boolean()),
      right: fc.infiniteStream(fc.boolean()),
      // Names do not begin with a formula sign but "-" (see the documentation), save where export has escaped them.
      group: fc.option(anyText, { nil: undefined }),
      topic: fc.option(anyText, { nil: undefined }),
      rationale: fc.option(anyText, { nil: undefined }),
    })
    .map((made): Item => {
      const choices = made.options.map((parts, i) => ({
        id: 'ABCDEF'[i] as string,
        content: inlineOf(parts),
        ...(made.fixed.next().value ? { fixed: true } : {}),
      }));
      const ids = choices.map((choice) => choice.id);
      const several = ids.filter(() => made.right.next().value);
      const stem: Item['stem'] = [
        ...made.paragraphs.map((parts) => ({ t: 'paragraph' as const, content: inlineOf(parts) })),
        ...(made.figure ? [{ t: 'figure' as const, ...made.figure }] : []),
      ];
      return {
        model: 1,
        code: 'Q1',
        title: 'Q1',
        kind: made.kind,
        stem,
        choices,
        minChoices: 1,
        maxChoices: made.kind === 'choice' ? 1 : ids.length,
        pictures: picturesOf({ stem, choices }),
        ...(made.group === undefined ? {} : { group: made.group }),
        ...(made.topic === undefined ? {} : { topic: made.topic }),
        key: {
          correct: made.kind === 'multiple' && several.length > 0 ? several : ['B'],
          ...(made.rationale === undefined ? {} : { rationale: made.rationale }),
        },
      };
    });

  it('is read back to the same items, and no cell of it starts a formula', () => {
    const pictures = new Map([
      ['fig.png', png()],
      ['img/a b.png', png()],
    ]);
    fc.assert(
      fc.property(fc.array(plainItem, { minLength: 1, maxLength: 3 }), (made) => {
        const items = made.map((item, i) => ({ ...item, code: `Q${i}`, title: `Q${i}` }));
        const written = writeItemsCsv(items);
        assert.ok(written.ok, JSON.stringify(written));
        assert.ok(!/(^|,)"[=+\-@\t\r]/m.test(written.text));
        const { items: again, diagnostics } = read(written.text, pictures);
        assert.deepEqual(
          diagnostics.filter((each) => each.severity === 'error'),
          [],
        );
        assert.deepEqual(again, items);
      }),
      { numRuns: 1_000 },
    );
  });

  it('escapes and unescapes any cell without loss', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string(), fc.stringMatching(/^'*[=+\-@\t\r']*x?$/)), (cell) => {
        assert.equal(unescapeCell(escapeCell(cell)), cell);
        assert.ok(!/^[=+\-@\t\r]/.test(escapeCell(cell)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses by name what a cell cannot hold', () => {
    const strong = [{ t: 'strong' as const, content: text('x') }];
    const cases: [Partial<Item>, RegExp][] = [
      [{ stem: [{ t: 'list', ordered: false, items: [text('x')] }] }, /lists, tables/],
      [{ stem: [{ t: 'paragraph', content: strong }] }, /marked text/],
      [
        {
          choices: [
            { id: 'A', content: strong },
            { id: 'B', content: text('y') },
          ],
        },
        /in its options/,
      ],
      [
        {
          stem: [
            { t: 'figure', name: 'a', alt: 'a' },
            { t: 'figure', name: 'b', alt: 'b' },
          ],
        },
        /more than one picture/,
      ],
      [
        {
          stem: [
            { t: 'figure', name: 'a', alt: 'a' },
            { t: 'paragraph', content: text('x') },
          ],
        },
        /not its last part/,
      ],
      [
        { choices: Array.from({ length: 7 }, (_, i) => ({ id: `${i}`, content: text(`${i}`) })) },
        /more than 6 options/,
      ],
      [{ kind: 'multiple', maxChoices: 2 }, /limits how many/],
      [{ topic: 'two  spaces' }, /topic that would be folded/],
    ];
    for (const [changed, says] of cases) {
      const written = writeItemsCsv([vehicleItem(), vehicleItem(changed)]);
      assert.ok(!written.ok);
      assert.equal(written.diagnostics.length, 1);
      assert.match(written.diagnostics[0]?.message ?? '', says);
    }
  });
});
