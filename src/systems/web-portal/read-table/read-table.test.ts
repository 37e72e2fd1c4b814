import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import yazl from 'yazl';
import { DELIMITERS } from './delimiter.ts';
import { decode, ENCODINGS, encode, encodingOf } from './encoding.ts';
import { readTable } from './read-table.ts';
import { dayOf } from './xlsx-cells.ts';

// No letter whose byte in Windows-1252 could go on a letter of UTF-8: two such texts can be the same bytes.
const latin = fc.string({ unit: fc.constantFrom(...'abcxyz ÀéßñÞ-\'"'), maxLength: 12 });
const anyName = fc.oneof(latin, fc.constantFrom('Łukasz', 'Nguyễn', '王小明', 'Ŵyn', 'محمد'));

describe('texts of any common encoding', () => {
  it('come back as they were written, whatever the encoding', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENCODINGS), fc.array(anyName, { minLength: 1 }), (encoding, names) => {
        const text = `Given names,Family name\r\n${names.join(',')}`;
        const bytes = encode(text, encoding);
        const found = encodingOf(bytes);
        assert.ok(found);
        assert.equal(decode(bytes, found), text);
      }),
    );
  });
  it('are known without a mark in UTF-16 by their zero bytes', () => {
    assert.equal(encodingOf(Buffer.from('Given names;Family name', 'utf16le')), 'utf-16le');
    assert.equal(encodingOf(Buffer.from('Given names;Family name', 'utf16le').swap16()), 'utf-16be');
    assert.equal(encodingOf(Buffer.from([0, 1, 2, 0, 0, 255])), null);
  });
});

describe('tables of text', () => {
  it('hold every cell that was written, with whatever delimiter and encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom(...ENCODINGS),
        fc.array(fc.tuple(anyName, anyName, anyName), { minLength: 1, maxLength: 8 }),
        async (delimiter, encoding, rows) => {
          const kept = rows.map((row) => ['x', ...row]);
          const text = stringify([['Key', 'Given names', 'Family name', 'Born'], ...kept], { delimiter });
          const read = await readTable(encode(text, encoding));
          assert.ok(read.ok, read.ok ? '' : read.why);
          assert.equal(read.table.delimiter, delimiter);
          assert.deepEqual(
            read.table.rows.map(({ cells }) => cells),
            kept,
          );
        },
      ),
    );
  });
  it('count rows as a spreadsheet does, empty ones included', async () => {
    const read = await readTable(Buffer.from('A,B\n\n1,2\n,\n3,4\n'));
    assert.ok(read.ok);
    assert.deepEqual(
      read.table.rows.map(({ number }) => number),
      [3, 5],
    );
  });
});

async function workbook(parts: Record<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

const BOOK = {
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><sheets><sheet name="Hidden" state="hidden" r:id="rId1"/><sheet name="In" r:id="rId2"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd&quot;.&quot;mm&quot;.&quot;yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>',
  'xl/sharedStrings.xml':
    '<sst><si><t>Given names</t></si><si><r><t>Zo</t></r><r><t>ë</t></r><rPh><t>zoe</t></rPh></si></sst>',
  'xl/worksheets/sheet2.xml': `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>ULN</t></is></c><c r="C1" t="str"><f>A1</f><v>Born &amp; bred</v></c></row>
<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>3281866203</v></c><c r="C3" s="1"><v>38352</v></c></row><row r="4"><c r="C4" s="2"><v>38353</v></c></row></sheetData></worksheet>`,
};

describe('workbooks', () => {
  it('give texts, numbers in full, and days by their format; a formula gives what it shows', async () => {
    const read = await readTable(await workbook(BOOK));
    assert.ok(read.ok, read.ok ? '' : read.why);
    assert.deepEqual(read.table.headings, ['Given names', 'ULN', 'Born & bred']);
    assert.deepEqual(read.table.rows, [
      { number: 3, cells: ['Zoë', '3281866203', '2004-12-31'] },
      { number: 4, cells: ['', '', '2005-01-01'] },
    ]);
  });
  it('count from 1904 where they say so', () => assert.equal(dayOf(0, true), '1904-01-01'));
  it('are refused in a sentence when they are bombs, have a document type, or no sheet', async () => {
    const bad: [Record<string, string>, RegExp][] = [
      [
        { ...BOOK, 'xl/worksheets/sheet2.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${BOOK['xl/worksheets/sheet2.xml']}` },
        /document type/,
      ],
      [{ ...BOOK, 'xl/worksheets/sheet2.xml': ' '.repeat(30_000_000) }, /zip bombs/],
      [
        { ...BOOK, 'xl/worksheets/sheet2.xml': '<worksheet><sheetData><row r="9999999"/></sheetData></worksheet>' },
        /more than 20000 rows/,
      ],
      [{ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' }, /no sheet/],
      [{ ...BOOK, 'xl/sharedStrings.xml': '<sst><si><t>&evil;</t></si></sst>' }, /an entity/],
    ];
    for (const [parts, words] of bad) {
      const read = await readTable(await workbook(parts));
      assert.ok(!read.ok);
      assert.match(read.why, words);
    }
  });
});
