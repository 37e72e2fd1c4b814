import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { helpTasks } from './tasks.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, path));
const json = (name: string) => JSON.parse(read(name).toString('utf8'));
const pictures = json('pictures.json') as Record<string, { width: number; height: number }>;
const recordings = json('recordings.json') as Record<
  string,
  { width: number; height: number; seconds: number; starts: number[] }
>;
const MOST_PICTURE_BYTES = 20_000;
const MOST_RECORDING_BYTES = 600_000;
/** All pictures of one page: with what else is loaded for it (46 kB), less than 100 kB, also where nothing waits for scrolling. */
const MOST_PAGE_BYTES = 54_000;

/** Width and height of a WebP file (RFC 9649): simple with loss, without loss, or extended. */
function webpSize(bytes: Buffer): { width: number; height: number } {
  assert.equal(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12), 'RIFFWEBP');
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    default:
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  }
}

describe('pictures', () => {
  for (const { slug, steps } of helpTasks) {
    it(`of ${slug} are light together`, () => {
      const names = steps.flatMap(({ picture }) => picture?.name ?? []);
      if (recordings[slug]) names.push(`poster-${slug}`);
      const bytes = names.reduce((sum, name) => sum + read(`pictures/${name}.webp`).length, 0);
      assert.ok(bytes <= MOST_PAGE_BYTES, `${bytes} bytes`);
    });
  }

  const named = helpTasks.flatMap(({ steps }) => steps.flatMap(({ picture }) => picture?.name ?? []));
  const posters = Object.keys(recordings).map((slug) => `poster-${slug}`);

  it('are those that the steps and recordings name, each once', () => {
    assert.equal(new Set(named).size, named.length);
    assert.deepEqual([...named, ...posters].sort(), Object.keys(pictures).sort());
    assert.deepEqual(
      readdirSync(join(import.meta.dirname, 'pictures')).sort(),
      Object.keys(pictures)
        .map((name) => `${name}.webp`)
        .sort(),
    );
  });

  for (const [name, stated] of Object.entries(pictures)) {
    it(`${name} has the size that is stated, and is small`, () => {
      const bytes = read(`pictures/${name}.webp`);
      assert.deepEqual(webpSize(bytes), stated);
      assert.ok(bytes.length <= MOST_PICTURE_BYTES, `${bytes.length} bytes`);
    });
  }
});

/** A number or size of EBML at `at`: its value, and where what follows begins. */
function ebmlNumber(bytes: Buffer, at: number, keepMarker: boolean): { value: number; next: number } {
  const first = bytes[at] as number;
  const length = Math.clz32(first) - 23;
  let value = keepMarker ? first : first & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] as number);
  return { value, next: at + length };
}

/** The contents of the elements along a path of ids. */
function ebmlAt(bytes: Buffer, path: readonly number[]): Buffer {
  let inside = bytes;
  for (const wanted of path) {
    let at = 0;
    let found: Buffer | undefined;
    while (at < inside.length && !found) {
      const id = ebmlNumber(inside, at, true);
      const size = ebmlNumber(inside, id.next, false);
      if (id.value === wanted) found = inside.subarray(size.next, size.next + size.value);
      at = size.next + size.value;
    }
    assert.ok(found, `no element ${wanted.toString(16)}`);
    inside = found;
  }
  return inside;
}

describe('recordings', () => {
  it('are there for three tasks at least, and no file lies about', () => {
    assert.ok(Object.keys(recordings).length >= 3);
    for (const slug of Object.keys(recordings))
      assert.ok(
        helpTasks.some((task) => task.slug === slug),
        slug,
      );
    assert.deepEqual(
      readdirSync(join(import.meta.dirname, 'recordings')).sort(),
      Object.keys(recordings)
        .map((slug) => `${slug}.webm`)
        .sort(),
    );
  });

  for (const [slug, stated] of Object.entries(recordings)) {
    it(`of ${slug} has the size and length that are stated, and a beginning for each step`, () => {
      const bytes = read(`recordings/${slug}.webm`);
      assert.ok(bytes.length <= MOST_RECORDING_BYTES, `${bytes.length} bytes`);
      const [segment, tracks, entry, video] = [0x18538067, 0x1654ae6b, 0xae, 0xe0] as const;
      const number = (...path: number[]) => {
        const content = ebmlAt(bytes, path);
        return content.readUIntBE(0, content.length);
      };
      assert.equal(number(segment, tracks, entry, video, 0xb0), stated.width);
      assert.equal(number(segment, tracks, entry, video, 0xba), stated.height);
      assert.equal(ebmlAt(bytes, [segment, 0x1549a966, 0x4489]).readDoubleBE(), stated.seconds * 1000);
      assert.ok(stated.seconds >= 20 && stated.seconds <= 60, `${stated.seconds} s`);
      const { steps } = helpTasks.find((task) => task.slug === slug) as (typeof helpTasks)[number];
      assert.equal(stated.starts.length, steps.length, 'the steps have changed: record it again');
      assert.deepEqual(
        [...stated.starts].sort((a, b) => a - b),
        stated.starts,
      );
      for (const [step, { words }] of steps.entries()) {
        const shown = (stated.starts[step + 1] ?? stated.seconds) - (stated.starts[step] as number);
        assert.ok(shown >= words.split(' ').length / 4, `step ${step + 1} is shown for ${shown} s`);
      }
    });
  }
});

describe('tasks', () => {
  it('have addresses of their own, steps, and a picture where it helps', () => {
    assert.equal(new Set(helpTasks.map(({ slug }) => slug)).size, helpTasks.length);
    for (const { slug, steps, roles } of helpTasks) {
      assert.match(slug, /^[a-z][a-z-]{2,59}$/);
      assert.ok(!['videos', 'files'].includes(slug), `${slug} is the address of something else`);
      assert.ok(roles.length > 0 && steps.length >= 3, slug);
      assert.ok(
        steps.some(({ picture }) => picture),
        `${slug} has no picture`,
      );
    }
  });

  it('say one or two sentences in each step, and of each picture what is to be seen', () => {
    for (const { slug, steps } of helpTasks)
      for (const { words, picture } of steps) {
        assert.match(words, /^[A-Z].*\.$/, `${slug}: ${words}`);
        assert.ok(words.split(/[.?] /).length <= 3 && words.length <= 180, `${slug}: ${words}`);
        if (picture) assert.ok(picture.alt.length >= 40 && picture.alt.endsWith('.'), `${slug}: ${picture.alt}`);
      }
  });
});
