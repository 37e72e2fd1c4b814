/** Reads back what a certificate's document says: enough of the format for the documents that are drawn here. */
import { inflateSync } from 'node:zlib';

export interface ReadDocument {
  readonly version: string;
  /** Text as printed, decoded through the typefaces' own tables: a line for each marked stretch and base line. */
  readonly lines: readonly string[];
  /** The XMP metadata. */
  readonly metadata: string;
  /** All dictionaries as text. */
  readonly dictionaries: readonly string[];
  readonly pages: number;
  /** Glyph 0 is the empty box. */
  readonly emptyBoxes: number;
  /** Painting operators outside marked content: none in a tagged document. */
  readonly unmarked: number;
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string | null;
}

export function readPdf(bytes: Buffer): ReadDocument {
  const objects = objectsOf(bytes);
  const dictionaries = [...objects.values()].map((one) => one.dictionary);
  const pageObjects = [...objects.values()].filter((one) => /\/Type \/Page\b/.test(one.dictionary));
  const read = { lines: [] as string[], emptyBoxes: 0, unmarked: 0 };
  for (const { dictionary } of pageObjects) readPage(objects, dictionary, read);
  return {
    version: bytes.subarray(0, 8).toString('latin1'),
    dictionaries,
    metadata: [...objects.values()].find((one) => one.dictionary.includes('/Subtype /XML'))?.stream ?? '',
    pages: pageObjects.length,
    ...read,
  };
}

function objectsOf(bytes: Buffer): Map<number, PdfObject> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = (match.index as number) + match[0].length;
    const end = text.indexOf('\nendobj', start);
    const body = text.slice(start, end);
    const at = body.indexOf('\nstream\n');
    const dictionary = at === -1 ? body : body.slice(0, at);
    let stream: string | null = null;
    if (at !== -1) {
      const raw = Buffer.from(body.slice(at + 8, body.lastIndexOf('\nendstream')), 'latin1');
      stream = (dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
    }
    objects.set(Number(match[1]), { dictionary, stream });
  }
  return objects;
}

const reference = (dictionary: string, name: string): number | null => {
  const found = new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary);
  return found ? Number(found[1]) : null;
};

function readPage(
  objects: ReadonlyMap<number, PdfObject>,
  page: string,
  read: { lines: string[]; emptyBoxes: number; unmarked: number },
): void {
  const resources = objects.get(reference(page, 'Resources') as number)?.dictionary ?? '';
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const [, name = '', id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const cmap = reference(objects.get(Number(id))?.dictionary ?? '', 'ToUnicode');
    fonts.set(name, lettersOf(objects.get(cmap as number)?.stream ?? ''));
  }
  const content = objects.get(reference(page, 'Contents') as number)?.stream ?? '';
  let letters: ReadonlyMap<number, string> = new Map();
  let depth = 0;
  let baseLine = '';
  let decoration = false;
  for (const line of content.split('\n')) {
    if (/^\/Artifact\b/.test(line)) decoration = true;
    if (/ (BDC|BMC)$/.test(line)) {
      depth += 1;
      baseLine = '';
    }
    if (line === 'EMC') {
      depth -= 1;
      decoration = false;
    }
    const font = /^\/(F\d+) [\d.]+ Tf$/.exec(line);
    if (font) letters = fonts.get(font[1] as string) ?? new Map();
    const at = /^1 0 0 1 [-\d.]+ ([-\d.]+) Tm$/.exec(line);
    const painted = line.endsWith(' TJ');
    if ((painted || line === 'S' || line === 'f') && depth === 0) read.unmarked += 1;
    if (at) {
      if (at[1] !== baseLine && !decoration) read.lines.push('');
      baseLine = at[1] as string;
    }
    if (!painted) continue;
    for (const [, hex = ''] of line.matchAll(/<([0-9a-f]+)>/g)) {
      for (const code of hex.match(/.{4}/g) ?? []) {
        const glyph = Number.parseInt(code, 16);
        if (glyph === 0) read.emptyBoxes += 1;
        if (!decoration) read.lines[read.lines.length - 1] += letters.get(glyph) ?? '\ufffd';
      }
    }
  }
}

/** The letters of each glyph, from a ToUnicode table. */
function lettersOf(cmap: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
      const units = (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
      letters.set(Number.parseInt(from, 16) + index, String.fromCharCode(...units));
    }
  }
  return letters;
}
