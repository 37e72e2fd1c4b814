/** A form with one small file, read into memory within a cap. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Context, type FormValues, fieldsOf } from '#platform/http/context.ts';

export const MOST_MEGABYTES = 5;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;

const LIMITS = {
  limits: { fileSize: MOST_BYTES, files: 1, fields: 20, fieldSize: 10_000 },
  // What is too large is thrown away while it comes, and refused in a sentence.
  throwFileSizeLimit: false,
};

export interface ReceivedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
  readonly sha256: Buffer;
}

/** What begins like one of these is one; the name and the browser's word count nothing. */
const KINDS: readonly (readonly [string, Buffer])[] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
];

/** The fields, and the file or what is wrong with it. */
export async function receiveFile(
  context: Context,
): Promise<{ fields: FormValues; file: ReceivedFile | null; problem: string | null }> {
  const fields: Record<string, string> = {};
  let file: ReceivedFile | null = null;
  let problem: string | null = 'Choose the file of the document';
  const parts = context.request.parts(LIMITS);
  for await (const part of parts) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
      continue;
    }
    const content = await part.toBuffer();
    const name = tidyName(part.filename);
    if (content.length === 0) continue;
    if (part.file.truncated) {
      problem = `${name} is larger than ${MOST_MEGABYTES} MB. Choose a smaller file`;
      continue;
    }
    const kind = KINDS.find(([, start]) => content.subarray(0, start.length).equals(start));
    if (!kind) {
      problem = `${name} is neither a PDF nor a picture (PNG, JPEG). Save it as one of these, then choose it again`;
      continue;
    }
    problem = null;
    file = { name, mediaType: kind[0], content, sha256: createHash('sha256').update(content).digest() };
  }
  return { fields: fieldsOf(fields), file, problem };
}

function tidyName(name: string | undefined): string {
  const tidy = basename((name ?? '').replaceAll('\\', '/')).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
  return tidy.slice(0, 120) || 'The file';
}
