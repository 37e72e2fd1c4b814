/** The pictures and recordings that come with the product: content/help, by addresses that change with their content. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HelpTask } from '../../../../content/help/task.ts';
import type { Cue } from './webvtt.ts';

const HOME = join(import.meta.dirname, '../../../../content/help');

const size = { width: z.number().int().positive(), height: z.number().int().positive() };
/** As written by scripts/draw-help.ts and scripts/record-help.ts. */
const picturesSchema = z.record(z.string(), z.object(size));
const recordingsSchema = z.record(
  z.string(),
  z.object({
    ...size,
    seconds: z.number().positive(),
    /** When each step of the task begins, in seconds. */
    starts: z.array(z.number().nonnegative()).min(1),
  }),
);

export interface ShippedFile {
  readonly path: string;
  readonly type: 'image/webp' | 'video/webm';
  readonly content: Buffer;
  readonly hash: string;
}

export interface ShippedPicture {
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

export interface Recording extends ShippedPicture {
  readonly seconds: number;
  readonly poster: string;
  readonly cues: readonly Cue[];
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(HOME, name), 'utf8'));
const pictures = picturesSchema.parse(json('pictures.json'));
const recordings = recordingsSchema.parse(json('recordings.json'));

const files = new Map<string, ShippedFile>();
const urls = new Map<string, string>();
for (const [folder, ending, type, names] of [
  ['pictures', 'webp', 'image/webp', Object.keys(pictures)],
  ['recordings', 'webm', 'video/webm', Object.keys(recordings)],
] as const) {
  for (const name of names) {
    const path = join(HOME, folder, `${name}.${ending}`);
    const content = readFileSync(path);
    const hash = createHash('sha256').update(content).digest('base64url').replace(/[-_]/g, '').slice(0, 10);
    files.set(`${name}-${hash}.${ending}`, { path, type, content, hash });
    urls.set(`${folder}/${name}`, `/centres-hub/help/files/${name}-${hash}.${ending}`);
  }
}

/** The file of this name with its hash, or undefined. */
export const shippedFile = (name: string): ShippedFile | undefined => files.get(name);

/** Names of all shipped files, for tests. */
export const shippedFiles = (): ReadonlyMap<string, ShippedFile> => files;

/** A picture by its plain name. Throws when none was drawn. */
export function shippedPicture(name: string): ShippedPicture {
  const drawn = pictures[name];
  const url = urls.get(`pictures/${name}`);
  if (!drawn || !url)
    throw new Error(`No picture is called ${name}. Draw it: node scripts/node24.mjs scripts/draw-help.ts`);
  return { url, ...drawn };
}

/** The recording of a task, its captions made from the words of the steps; null when none was made. */
export function recordingOf(task: HelpTask): Recording | null {
  const made = recordings[task.slug];
  const url = urls.get(`recordings/${task.slug}`);
  if (!made || !url) return null;
  const cues = task.steps.map(({ words }, step) => ({
    from: made.starts[step] ?? made.seconds,
    to: made.starts[step + 1] ?? made.seconds,
    words,
  }));
  return { url, ...made, poster: shippedPicture(`poster-${task.slug}`).url, cues };
}
