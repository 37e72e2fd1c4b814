/** Takes an uploaded file to a temporary file of its own, within caps, without holding it in memory. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { DEFAULT_LIMITS } from '#qti';

export interface Upload {
  /** The other fields of the form. */
  readonly fields: Readonly<Record<string, string>>;
  /** Null when no file was chosen. */
  readonly file: UploadedFile | null;
  /** Takes the temporary file away. */
  discard(): Promise<void>;
}

export interface UploadedFile {
  readonly path: string;
  /** Its name as given, without folders and control characters: for people to read, never a path. */
  readonly name: string;
  readonly sha256: Buffer;
  readonly bytes: number;
  /** More than the cap was sent; the rest was thrown away. */
  readonly tooLarge: boolean;
}

const LIMITS = {
  limits: { fileSize: DEFAULT_LIMITS.fileBytes, files: 1, fields: 10, fieldSize: 10_000 },
  // What is too large is thrown away while it comes, and refused in a sentence.
  throwFileSizeLimit: false,
};

/** Reads a form with one file field. The most bytes of a file are those of the question library (`fileBytes`). */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-upload-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  const fields: Record<string, string> = {};
  let file: UploadedFile | null = null;
  try {
    const parts = request.parts(LIMITS);
    for await (const part of parts) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') fields[part.fieldname] = part.value;
        continue;
      }
      const path = join(folder, 'upload');
      const hash = createHash('sha256');
      let bytes = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          hash.update(chunk);
          done(null, chunk);
        },
      });
      await pipeline(part.file, measure, createWriteStream(path));
      const name = tidyName(part.filename);
      if (name !== '' || bytes > 0) {
        file = { path, name: name || 'The file', sha256: hash.digest(), bytes, tooLarge: part.file.truncated };
      }
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { fields, file, discard };
}

function tidyName(name: string | undefined): string {
  return basename((name ?? '').replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .slice(0, 120);
}
