/**
 * Turns the demonstration drawings (SVG) into the pictures that the item importer takes (palette PNG).
 *
 *   node scripts/draw-pictures.ts            every drawing
 *   node scripts/draw-pictures.ts NAME ...   only those named (without `.svg`)
 *
 * Run it by hand after a drawing has changed, and commit both files: letters depend on the fonts of the computer,
 * so the PNG is kept, never made at build time.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const HOME = join(import.meta.dirname, '..', 'content', 'demonstration');
const DRAWINGS = join(HOME, 'drawings');
const PICTURES = join(HOME, 'pictures');
/** Colours in one picture; 16 is four bits a pixel, enough for a few inks and their smoothed edges. */
const COLOURS = 16;

type Pixels = { width: number; height: number; rgba: Uint8Array };

/** One PNG chunk: length, type, data and check sum (PNG specification, section 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

/**
 * Picks at most 16 colours that stand for all in the picture: first the commonest, then again and again the colour
 * whose pixels would suffer most from the choice so far.
 * @returns the chosen colours (0xRRGGBB), and for each colour of the picture the place of its stand-in.
 */
function choosePalette(counts: Map<number, number>): { palette: number[]; place: Map<number, number> } {
  const error = new Map<number, number>();
  const place = new Map<number, number>();
  const palette: number[] = [];
  let next: number | undefined = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
  while (next !== undefined && palette.length < COLOURS) {
    const chosen: number = next;
    palette.push(chosen);
    next = undefined;
    let worst = 0;
    for (const [colour, count] of counts) {
      const far = distance(colour, chosen);
      if (far < (error.get(colour) ?? Number.POSITIVE_INFINITY)) {
        error.set(colour, far);
        place.set(colour, palette.length - 1);
      }
      const harm = (error.get(colour) ?? 0) * count;
      if (harm > worst) {
        worst = harm;
        next = colour;
      }
    }
  }
  return { palette, place };
}

/** Writes the pixels as a PNG with a palette of 16 colours, four bits a pixel, no filter. */
function palettePng({ width, height, rgba }: Pixels): Buffer {
  const counts = new Map<number, number>();
  const colours = new Uint32Array(width * height);
  for (let i = 0; i < colours.length; i++) {
    const colour = (rgba[i * 4]! << 16) | (rgba[i * 4 + 1]! << 8) | rgba[i * 4 + 2]!;
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const { palette, place } = choosePalette(counts);
  const stride = 1 + Math.ceil(width / 2);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const entry = place.get(colours[y * width + x]!)!;
      rows[y * stride + 1 + (x >> 1)]! |= x % 2 === 0 ? entry << 4 : entry;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Starts Chromium unpacked into `folder`, which the caller removes afterwards. */
async function startBrowser(folder: string) {
  process.env.TMPDIR = folder;
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: ['--no-sandbox', '--headless=shell'],
    env: { ...process.env, HOME: folder },
  });
}

const asked = process.argv.slice(2);
const names = (await readdir(DRAWINGS))
  .filter((file) => file.endsWith('.svg'))
  .map((file) => basename(file, '.svg'))
  .filter((name) => asked.length === 0 || asked.includes(name));
for (const name of asked) {
  if (!names.includes(name)) throw new Error(`There is no drawing ${name}.svg in ${DRAWINGS}. Check the name.`);
}

const folder = await mkdtemp(join(tmpdir(), 'drawings-'));
try {
  const browser = await startBrowser(folder);
  try {
    const page = await browser.newPage();
    for (const name of names) {
      const svg = await readFile(join(DRAWINGS, `${name}.svg`), 'utf8');
      const drawn = await page.evaluate(async (source) => {
        const image = new Image();
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
        let text = '';
        for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
        return { width: canvas.width, height: canvas.height, base64: btoa(text) };
      }, svg);
      const { width, height, base64 } = drawn;
      const png = palettePng({ width, height, rgba: Buffer.from(base64, 'base64') });
      await writeFile(join(PICTURES, `${name}.png`), png);
      console.log(`${name}.png  ${width} x ${height}  ${png.length} bytes`);
    }
  } finally {
    await browser.close();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
