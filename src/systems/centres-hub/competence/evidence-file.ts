/** A file that proves something: taken within a cap, known by its content and not by its name, given out as a download only. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FastifyRequest } from 'fastify';
import type { Reader, Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, file, NotFound } from '#platform/http/answers.ts';
import { type Context, type FormValues, fieldsOf } from '#platform/http/context.ts';
import { withoutMadeFor } from '#platform/http/made-for.ts';

const MAX_MEGABYTES = 10;
const MAX_BYTES = MAX_MEGABYTES * 1024 * 1024;

export const FILE_HINT = `PDF, PNG, JPEG or Word document (.docx), up to ${MAX_MEGABYTES} MB`;
export const FILE_ACCEPT = '.pdf,.png,.jpg,.jpeg,.docx';

export interface EvidenceFile {
  readonly name: string;
  readonly content: Buffer;
  readonly mediaType: string;
}

export interface EvidenceForm {
  readonly fields: FormValues;
  readonly file: EvidenceFile | null;
  /** What is wrong with the file, for the form's error summary. */
  readonly errors: readonly FieldError[];
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What the content is, or null when it is none of the kinds that are taken. */
export function mediaTypeOf(content: Buffer): string | null {
  const begins = (bytes: readonly number[]) => bytes.every((byte, index) => content[index] === byte);
  if (begins([0x25, 0x50, 0x44, 0x46, 0x2d])) return 'application/pdf';
  if (begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (begins([0xff, 0xd8, 0xff])) return 'image/jpeg';
  // A Word document is a zip file whose directory names its parts in clear.
  const isZip = begins([0x50, 0x4b, 0x03, 0x04]);
  return isZip && content.includes('[Content_Types].xml') && content.includes('word/document.xml') ? DOCX : null;
}

const ENDINGS: Record<string, string> = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  [DOCX]: '.docx',
};

/** The name without folders and control characters, ending as its content says. */
export function tidyFileName(given: string, mediaType: string): string {
  const ending = ENDINGS[mediaType] ?? '';
  const name = basename(given.replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>"]/gu, '')
    .trim();
  const endings = mediaType === 'image/jpeg' ? ['.jpg', '.jpeg'] : [ending];
  if (endings.some((one) => name.toLowerCase().endsWith(one))) return name.slice(-120);
  return `${name.replace(/\.[^.]*$/, '').slice(0, 110) || 'evidence'}${ending}`;
}

const LIMITS = {
  limits: { fileSize: MAX_BYTES, files: 1, fields: 40, fieldSize: 20_000 },
  // What is too large is refused in a sentence.
  throwFileSizeLimit: false,
};

/** Reads a form with one file field called `file`. What was too large is thrown away while it comes. */
export async function receiveEvidence(request: FastifyRequest): Promise<EvidenceForm> {
  // Without a file there is nothing to take apart: a plain form serves as well.
  if (!request.isMultipart()) return { fields: withoutMadeFor(fieldsOf(request.body)), file: null, errors: [] };
  const given: Record<string, string[]> = {};
  let taken: EvidenceFile | null = null;
  const errors: FieldError[] = [];
  const parts = request.parts(LIMITS);
  for await (const part of parts) {
    if (part.type === 'field') {
      if (typeof part.value !== 'string') continue;
      given[part.fieldname] = [...(given[part.fieldname] ?? []), part.value];
      continue;
    }
    const content = await part.toBuffer();
    if (content.length === 0) continue;
    const mediaType = mediaTypeOf(content);
    if (part.file.truncated) {
      errors.push({ field: 'file', message: `The file is larger than ${MAX_MEGABYTES} MB. Choose a smaller one` });
    } else if (mediaType === null) {
      errors.push({
        field: 'file',
        message: 'The file is no PDF, PNG, JPEG or Word document. Save it as one of these and choose it again',
      });
    } else taken = { name: tidyFileName(part.filename, mediaType), content, mediaType };
  }
  const fields = Object.fromEntries(
    Object.entries(given).map(([name, values]) => [name, values.length === 1 ? (values[0] as string) : values]),
  );
  return { fields: withoutMadeFor(fieldsOf(fields)), file: taken, errors };
}

/** The context as if the form had come without its file: `submitForm` then works as for any form. */
export function withFields<C extends Context>(context: C, fields: FormValues): C {
  return { ...context, fields };
}

export async function storeEvidence(
  writer: Writer,
  centreId: string,
  belongsTo: { readonly recordId: string } | { readonly recoveryId: string },
  { name, content, mediaType }: EvidenceFile,
): Promise<void> {
  await writer.db
    .insertInto('centres_hub.evidence_files')
    .values({
      centre_id: centreId,
      record_id: 'recordId' in belongsTo ? belongsTo.recordId : null,
      recovery_id: 'recoveryId' in belongsTo ? belongsTo.recoveryId : null,
      name,
      media_type: mediaType,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest(),
      content,
      added_at: writer.now,
      added_by: writer.identity.personId,
    })
    .execute();
}

/** The file as a download; the browser is told not to guess its kind. */
export async function giveEvidence(
  reader: Pick<Reader, 'db'>,
  centreId: string,
  fileId: string,
  of: { readonly staffMemberId: string } | { readonly recoveryId: string },
): Promise<Answer> {
  let query = reader.db
    .selectFrom('centres_hub.evidence_files as f')
    .leftJoin('centres_hub.competence_records as r', 'r.id', 'f.record_id')
    .select(['f.name', 'f.media_type', 'f.content'])
    .where('f.id', '=', fileId)
    .where('f.centre_id', '=', centreId);
  query =
    'recoveryId' in of
      ? query.where('f.recovery_id', '=', of.recoveryId)
      : query.where('r.staff_member_id', '=', of.staffMemberId);
  const found = await query.executeTakeFirst();
  if (!found) throw new NotFound();
  return file(found.content, { type: found.media_type, name: found.name, cache: 'private, no-store' });
}
