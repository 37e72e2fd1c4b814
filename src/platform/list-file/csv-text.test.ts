import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvText, safeCell } from './csv-text.ts';

it('a file read back holds every cell, and none begins like a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', '-Smith', '@a', '"', ',', '\r\n', '＝1'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
      const read: string[][] = parse(csvText(['One', 'Two'], rows), { bom: true });
      assert.deepEqual(
        read.slice(1),
        rows.map((row) => row.map(safeCell)),
      );
      for (const text of read.flat()) assert.doesNotMatch(text, /^[=+\-@\t\r\n＝＋－＠]/);
    }),
  );
});

it('leaves names and numbers as they are', () => {
  for (const text of ["O'Neill", 'Smith-Jones', '']) assert.equal(safeCell(text), text);
  assert.equal(safeCell(-3), '-3');
});
