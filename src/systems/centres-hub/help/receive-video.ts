/** Takes the form of a film: the film to a temporary file, the captions to a text, within caps. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { cleanText } from '#platform/http/clean-words.ts';
import { BEGINNING, filmType } from './film-type.ts';
import { PIECE_BYTES } from './videos.ts';

export const MOST_FILM_BYTES = 20 * 1024 * 1024;
const MOST_CAPTION_BYTES = 200_000;
/** Most characters of the transcript, and of captions that are typed. */
export const MOST_TEXT = 60_000;

export interface ReceivedFilm {
  readonly mediaType: ReturnType<typeof filmType>;
  readonly sha256: Buffer;
  readonly bytes: number;
  readonly tooLarge: boolean;
  /** The film in pieces of PIECE_BYTES. */
  pieces(): AsyncGenerator<Buffer>;
}

export interface ReceivedVideo {
  readonly fields: Readonly<Record<string, string>>;
  /** Null when none was chosen. */
  readonly film: ReceivedFilm | null;
  /** Takes the temporary file away. */
  discard(): Promise<void>;
}

const LIMITS = {
  limits: { fileSize: MOST_FILM_BYTES, files: 2, fields: 12, fieldSize: 4 * MOST_TEXT },
  throwFileSizeLimit: false,
};

/** Reads the form. A captions file that was chosen takes the place of captions that were typed. */
export async function receiveVideo(request: FastifyRequest): Promise<ReceivedVideo> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-film-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  const fields: Record<string, string> = {};
  let film: ReceivedFilm | null = null;
  let captions = '';
  try {
    for await (const part of request.parts(LIMITS)) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = textOf(part.value);
      } else if (part.fieldname === 'film') {
        film = await receiveFilm(part.file, join(folder, 'film'));
      } else {
        const parts: Buffer[] = [];
        let bytes = 0;
        for await (const chunk of part.file as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes <= MOST_CAPTION_BYTES) parts.push(chunk);
        }
        captions = textOf(Buffer.concat(parts).toString('utf8'));
      }
    }
  } catch (error) {
    await discard();
    throw error;
  }
  if (captions !== '') fields.captions = captions;
  return { fields, film, discard };
}

/** Clean, with the line ends of a text and not of a form. */
const textOf = (value: string) => cleanText(value).replaceAll('\r\n', '\n');

async function receiveFilm(
  stream: NodeJS.ReadableStream & { truncated: boolean },
  path: string,
): Promise<ReceivedFilm | null> {
  const hash = createHash('sha256');
  let bytes = 0;
  let beginning = Buffer.alloc(0);
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (beginning.length < BEGINNING) beginning = Buffer.concat([beginning, chunk]).subarray(0, BEGINNING);
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(stream, measure, createWriteStream(path));
  if (bytes === 0) return null;
  return {
    mediaType: filmType(beginning),
    sha256: hash.digest(),
    bytes,
    tooLarge: stream.truncated,
    async *pieces() {
      const file = await open(path);
      try {
        for (let at = 0; at < bytes; at += PIECE_BYTES) {
          const piece = Buffer.alloc(Math.min(PIECE_BYTES, bytes - at));
          await file.read(piece, 0, piece.length, at);
          yield piece;
        }
      } finally {
        await file.close();
      }
    },
  };
}
