import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type FormValues, fieldsOf } from '../http/context.ts';
import { withoutMadeFor } from '../http/made-for.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { tidyFileName } from './file-name.ts';

/** A file of a form, in memory. */
export interface ReceivedFile {
  /** The field it was chosen in. */
  readonly field: string;
  /** For people to read; never empty. */
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: Buffer;
  /** What it is by its content; null for a kind that is not known. */
  readonly kind: FileKind | null;
  /** More than is taken was sent; the rest was thrown away. */
  readonly tooLarge: boolean;
}

export interface ReceivedForm {
  readonly fields: FormValues;
  /** In the order in which they came; a field without a chosen file is left out. */
  readonly files: readonly ReceivedFile[];
  /** More files came than are taken; the others were thrown away. */
  readonly tooMany: boolean;
}

/** What is too large is thrown away while it comes, and refused in a sentence. */
export const REFUSE_LATER = { throwFileSizeLimit: false };
/** So many files more than are taken are read and thrown away, so that the form comes back with a sentence. */
const SURPLUS = 100;

/** Reads a form with small files, each held in memory up to `mostBytes`. A form that came without files serves as well. */
export async function receiveForm(
  request: FastifyRequest,
  { mostBytes, mostFiles }: { readonly mostBytes: number; readonly mostFiles: number },
): Promise<ReceivedForm> {
  if (!request.isMultipart()) return { fields: withoutMadeFor(fieldsOf(request.body)), files: [], tooMany: false };
  const given: Record<string, string[]> = {};
  const files: ReceivedFile[] = [];
  let tooMany = false;
  const parts = request.parts({
    limits: { fileSize: mostBytes, files: mostFiles + SURPLUS, fields: 60, fieldSize: 20_000 },
    ...REFUSE_LATER,
  });
  for await (const part of parts) {
    if (part.type === 'field') {
      if (typeof part.value !== 'string') continue;
      given[part.fieldname] = [...(given[part.fieldname] ?? []), part.value];
      continue;
    }
    if (files.length === mostFiles) {
      tooMany = true;
      part.file.resume();
      continue;
    }
    const content = await part.toBuffer();
    if (content.length === 0 && !part.filename) continue;
    const tooLarge = part.file.truncated;
    const kind = tooLarge || content.length === 0 ? null : fileKind(content);
    files.push({
      field: part.fieldname,
      name: tidyFileName(part.filename, kind) || 'The file',
      content,
      sha256: createHash('sha256').update(content).digest(),
      kind,
      tooLarge,
    });
  }
  const fields = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [name, values.length === 1 ? (values[0] as string) : values]),
  );
  return { fields: withoutMadeFor(fieldsOf(fields)), files, tooMany };
}
