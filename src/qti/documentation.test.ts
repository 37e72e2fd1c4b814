import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { COLUMNS, OPTION_LETTERS } from './csv-cells.ts';
import { DEFAULT_LIMITS, readItemsCsv } from './index.ts';
import { png } from './testing/qti-samples.ts';

describe('items-csv.md', async () => {
  const page = await readFile(new URL('items-csv.md', import.meta.url), 'utf8');

  it('holds an example that is imported as it stands', () => {
    const example = /```csv\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const { items, diagnostics } = readItemsCsv(Buffer.from(example), new Map([['circuit.png', png()]]));
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      items.map((item) => [item.code, item.kind, item.key.correct.join()]),
      [
        ['ELEC-001', 'choice', 'C'],
        ['ELEC-002', 'multiple', 'A,C'],
        ['ELEC-003', 'choice', 'A'],
      ],
    );
  });

  it('names every column and the limits', () => {
    const options = OPTION_LETTERS.map((letter) => `option_${letter.toLowerCase()}`);
    const rows = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map((row) => row[1]);
    assert.deepEqual(
      rows,
      COLUMNS.filter((name) => !options.includes(name)),
    );
    assert.ok(page.includes(`\`${options[0]}\` to \`${options.at(-1)}\``));
    assert.ok(page.includes(`${DEFAULT_LIMITS.items.toLocaleString('en-GB')} questions`));
    assert.ok(page.includes(`${DEFAULT_LIMITS.csvBytes / 1024 / 1024} MB of CSV`));
    assert.ok(
      page.includes(
        `${DEFAULT_LIMITS.pictureBytes / 1024 / 1024} MB, ${DEFAULT_LIMITS.pictureSide.toLocaleString('en-GB')} pixels`,
      ),
    );
  });
});
