import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvFile, safeCell } from './export-cells.ts';

test('no exported cell begins like a formula, and nothing else changes', () => {
  for (const text of ['=1+1', '+44', '-Smith', '@here', '\tx', '\rx', '\nx', '＝1'])
    assert.equal(safeCell(text), `'${text}`);
  for (const text of ["O'Neill", 'Smith-Jones', '', "'-Smith"]) assert.equal(safeCell(text), text);
  assert.equal(safeCell(-3), '-3');
  assert.equal(safeCell(null), '');
});

test('a file read back holds every cell, none of which begins like a formula', () => {
  const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('=cmd()', '-Smith', '"', ',', '\r\n', "'"));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const read = parse(csvFile(['One', 'Two'], rows), { bom: true, relax_column_count: false }) as string[][];
      assert.equal(read.length, rows.length + 1);
      rows.forEach((row, at) => {
        assert.deepEqual(read[at + 1], row.map(safeCell));
        for (const text of read[at + 1] as string[]) assert.ok(!/^[=+\-@\t\r\n]/.test(text));
      });
    }),
  );
});
