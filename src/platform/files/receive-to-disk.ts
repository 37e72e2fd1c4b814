import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { type FormValues, fieldsOf } from '../http/context.ts';
import { withoutMadeFor } from '../http/made-for.ts';
import { tidyFileName } from './file-name.ts';
import { REFUSE_LATER } from './receive-form.ts';

/** A file of a form, on disk until `discard`. */
export interface FileOnDisk {
  /** The field it was chosen in. */
  readonly field: string;
  readonly path: string;
  /** For people to read, never a path; never empty. */
  readonly name: string;
  readonly sha256: Buffer;
  readonly bytes: number;
  /** More than is taken was sent; the rest was thrown away. */
  readonly tooLarge: boolean;
  /** Its first 4,096 bytes, by which it can be known. */
  readonly beginning: Buffer;
}

export interface FormOnDisk {
  readonly fields: FormValues;
  /** A field without a chosen file is left out. */
  readonly files: readonly FileOnDisk[];
  /** Takes the temporary files away. */
  discard(): Promise<void>;
}

const BEGINNING = 4096;

/** Reads a form with files of any size, each to a temporary file of its own up to `mostBytes`, without holding it in memory. */
export async function receiveToDisk(
  request: FastifyRequest,
  limits: { readonly mostBytes: number; readonly mostFiles: number; readonly mostFieldBytes: number },
): Promise<FormOnDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'imi-connect-upload-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  const given: Record<string, string> = {};
  const files: FileOnDisk[] = [];
  const parts = request.parts({
    limits: { fileSize: limits.mostBytes, files: limits.mostFiles, fields: 20, fieldSize: limits.mostFieldBytes },
    ...REFUSE_LATER,
  });
  try {
    for await (const part of parts) {
      if (part.type === 'field') {
        if (typeof part.value === 'string') given[part.fieldname] = part.value;
        continue;
      }
      const path = join(folder, String(files.length));
      const written = await writeFile(part.file, path);
      const name = tidyFileName(part.filename, null);
      if (name === '' && written.bytes === 0) continue;
      files.push({
        field: part.fieldname,
        path,
        name: name || 'The file',
        ...written,
        tooLarge: part.file.truncated,
      });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { fields: withoutMadeFor(fieldsOf(given)), files, discard };
}

async function writeFile(
  stream: NodeJS.ReadableStream,
  path: string,
): Promise<Pick<FileOnDisk, 'sha256' | 'bytes' | 'beginning'>> {
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
  return { sha256: hash.digest(), bytes, beginning };
}
