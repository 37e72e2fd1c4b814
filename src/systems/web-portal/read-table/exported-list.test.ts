/** A list that was saved as a workbook can be read as a file of candidates is read. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { listBytes } from '#platform/list-file/list-file.ts';
import { readTable } from './read-table.ts';

it('a workbook read back holds every cell as it was, numbers as numbers, and no formula', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom(
      '=1+1',
      '+44 1632',
      '-Smith',
      '@a',
      '<a>&amp;"',
      "O'Neill",
      'Łukasz',
      '00417',
      '1e5',
      ' two  spaces ',
    ),
    fc.integer(),
  );
  const shown = (value: string | number) =>
    String(value)
      .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (rows) => {
      const { bytes, name } = await listBytes({ name: 'users', headings: ['One', 'Two'], rows }, 'xlsx');
      assert.equal(name, 'users.xlsx');
      const read = await readTable(bytes as Buffer);
      const kept = rows.map((row) => row.map(shown)).filter((row) => row.some((text) => text !== ''));
      if (kept.length === 0) return;
      assert.ok(read.ok, read.ok ? '' : read.why);
      assert.deepEqual(
        read.table.rows
          .map(({ cells }) => [0, 1].map((at) => shown(cells[at] ?? '')))
          .filter((row) => row.some((text) => text !== '')),
        kept,
      );
    }),
    { numRuns: 60 },
  );
});
