import { basename } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { cleanText } from '#platform/http/clean-words.ts';
import { MOST_BYTES } from './file-kind.ts';

export interface ReceivedFile {
  /** As given, without folders and control characters: for people to read, never a path. */
  readonly name: string;
  readonly content: Buffer;
  /** More than is taken was sent; the rest was thrown away. */
  readonly tooLarge: boolean;
}

const LIMITS = {
  limits: { fileSize: MOST_BYTES, files: 5, fields: 10, fieldSize: 10_000 },
  // What is too large is thrown away while it comes, and refused in a sentence.
  throwFileSizeLimit: false,
};

/** The files of a form; those fields without a chosen file are left out. */
export async function receiveFiles(request: FastifyRequest): Promise<ReceivedFile[]> {
  const files: ReceivedFile[] = [];
  for await (const part of request.parts(LIMITS)) {
    if (part.type === 'field') continue;
    const chunks: Buffer[] = [];
    for await (const chunk of part.file) chunks.push(chunk as Buffer);
    const name = tidyName(part.filename);
    if (name === '' && chunks.length === 0) continue;
    files.push({ name: name || 'File', content: Buffer.concat(chunks), tooLarge: part.file.truncated });
  }
  return files;
}

function tidyName(name: string | undefined): string {
  return cleanText(basename((name ?? '').replaceAll('\\', '/')))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .slice(0, 120);
}
