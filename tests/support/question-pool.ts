/**
 * The real question pool: 409 questions in 35 groups that nobody here wrote, with three drawings. Turned into the
 * documented CSV with its pictures as a zip, as an author would who has the pool in a spreadsheet of its own shape.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import yazl from 'yazl';

/** Where the pool lies: `FIXTURES_DIR`, else `shared/fixtures` beside the repository; null when it is not there. */
export function questionPoolFolder(): string | null {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const places = process.env.FIXTURES_DIR ? [process.env.FIXTURES_DIR] : [join(root, '..', 'shared', 'fixtures')];
  const folders = places.map((place) => join(place, 'question-pool'));
  return folders.find((folder) => existsSync(join(folder, 'technician-2026-2030.csv'))) ?? null;
}

export interface QuestionPool {
  /** A zip with the CSV and its pictures. */
  readonly zip: Buffer;
  readonly questions: readonly PoolQuestion[];
  readonly groups: readonly string[];
  /** Questions with a picture. */
  readonly withPicture: number;
}

export interface PoolQuestion {
  readonly code: string;
  readonly question: string;
  /** The text of the right answer. */
  readonly right: string;
}

interface PoolRow {
  readonly id: string;
  readonly correct_letter: string;
  readonly question: string;
  readonly refs: string;
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly d: string;
  readonly figure: string;
}

/** What a person who cannot see a drawing needs; the pool itself describes none. */
const DRAWINGS: Record<string, string> = {
  't-1.png':
    'Figure T-1, a circuit with its parts numbered. 1: a zigzag line in the lead from an input terminal. 2: a circle with a bar and two slanting lines, one with an arrow that points out. 3: a bulb. 4: long and short parallel bars. 5: a terminal with a line to slanting strokes.',
  't-2.png':
    'Figure T-2, a circuit with its parts numbered. 1: a circle with two slots. 2: a long box. 3: two circles with a slanting line between them. 4: two coils with two bars between them. 5: a triangle against a bar. 6: a straight and a bent bar. 7: a zigzag line. 8: a triangle against a bar with two arrows that point away. 9: a zigzag line with an arrow to it. 10: a triangle against a bent bar.',
  't-3.png':
    'Figure T-3, a circuit with its parts numbered. 1: a wavy end of the line. 2: two bars with an arrow across them. 3: a coil with an arrow to it. 4: a triangle on its point with a line through it.',
};

/** Converts the pool in a folder. Rejects when a row names a drawing that is not there. */
export async function readQuestionPool(folder: string): Promise<QuestionPool> {
  const text = await readFile(join(folder, 'technician-2026-2030.csv'));
  const rows = parse(text, { columns: true, bom: true }) as PoolRow[];
  const table = rows.map((row) => {
    return {
      code: row.id,
      group: row.id.slice(0, 3),
      topic: row.id.slice(0, 2),
      kind: 'choice',
      question: row.question,
      option_a: row.a,
      option_b: row.b,
      option_c: row.c,
      option_d: row.d,
      key: row.correct_letter,
      picture: row.figure,
      picture_alt: DRAWINGS[row.figure] ?? '',
      rationale: row.refs,
      // "All these choices are correct" keeps its place.
      fixed: (['a', 'b', 'c', 'd'] as const)
        .flatMap((letter) => (/^(all|none)( of)? these/i.test(row[letter]) ? [letter.toUpperCase()] : []))
        .join(';'),
    };
  });
  const pictures = [...new Set(table.flatMap(({ picture }) => picture || []))];
  const files: [string, Buffer][] = [
    ['question-pool.csv', Buffer.from(stringify(table, { header: true }))],
    ...(await Promise.all(
      pictures.map(async (name): Promise<[string, Buffer]> => [name, await readFile(join(folder, name))]),
    )),
  ];
  return {
    zip: await zipOf(files),
    questions: rows.map((row) => ({
      code: row.id,
      question: row.question,
      right: row[row.correct_letter.toLowerCase() as 'a' | 'b' | 'c' | 'd'],
    })),
    groups: [...new Set(table.map(({ group }) => group))],
    withPicture: table.filter(({ picture }) => picture).length,
  };
}

async function zipOf(files: readonly (readonly [string, Buffer])[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-question-pool-'));
  try {
    const zip = new yazl.ZipFile();
    for (const [name, bytes] of files) zip.addBuffer(bytes, name);
    zip.end();
    const path = join(folder, 'pool.zip');
    await pipeline(zip.outputStream, createWriteStream(path));
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
