/** The form of a film: the film on disk, the captions as a text, within caps. */
import { open, readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { type FileOnDisk, receiveToDisk } from '#platform/files/receive-to-disk.ts';
import { cleanText } from '#platform/http/clean-words.ts';
import type { FormValues } from '#platform/http/context.ts';
import { filmType } from './film-type.ts';
import { PIECE_BYTES } from './videos.ts';

export const MOST_FILM_BYTES = 20 * 1024 * 1024;
const MOST_CAPTION_BYTES = 200_000;
/** Most characters of the transcript, and of captions that are typed. */
export const MOST_TEXT = 60_000;

export interface ReceivedFilm extends Pick<FileOnDisk, 'sha256' | 'bytes' | 'tooLarge'> {
  readonly mediaType: ReturnType<typeof filmType>;
  /** The film in pieces of PIECE_BYTES. */
  pieces(): AsyncGenerator<Buffer>;
}

export interface ReceivedVideo {
  readonly fields: FormValues;
  /** Null when none was chosen. */
  readonly film: ReceivedFilm | null;
  /** Takes the temporary files away. */
  discard(): Promise<void>;
}

/** Reads the form. A captions file that was chosen takes the place of captions that were typed. */
export async function receiveVideo(request: FastifyRequest): Promise<ReceivedVideo> {
  const { fields, files, discard } = await receiveToDisk(request, {
    mostBytes: MOST_FILM_BYTES,
    mostFiles: 2,
    mostFieldBytes: 4 * MOST_TEXT,
  });
  const film = files.find(({ field, bytes }) => field === 'film' && bytes > 0);
  const captions = files.find(({ field }) => field === 'captionsFile');
  const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, textOf(String(value))]));
  if (captions)
    texts.captions = textOf((await readFile(captions.path)).subarray(0, MOST_CAPTION_BYTES).toString('utf8'));
  return {
    fields: texts,
    film: film ? { ...film, mediaType: filmType(film.beginning), pieces: () => piecesOf(film) } : null,
    discard,
  };
}

/** Clean, with the line ends of a text and not of a form. */
const textOf = (value: string) => cleanText(value).replaceAll('\r\n', '\n');

async function* piecesOf({ path, bytes }: FileOnDisk): AsyncGenerator<Buffer> {
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
}
