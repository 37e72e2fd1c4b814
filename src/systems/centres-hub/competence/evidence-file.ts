/** A file that proves something: taken within a cap, known by its content and not by its name, given out as a download only. */
import type { FastifyRequest } from 'fastify';
import type { Reader, Writer } from '#platform/database/database.ts';
import { acceptOf, type KindName } from '#platform/files/file-kind.ts';
import { type ReceivedFile, receiveForm } from '#platform/files/receive-form.ts';
import { type Answer, type FieldError, file, NotFound } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';

const MOST_MEGABYTES = 10;
const KINDS: readonly KindName[] = ['PDF', 'PNG', 'JPEG', 'DOCX'];

export const FILE_HINT = `PDF, PNG, JPEG or Word document (.docx), up to ${MOST_MEGABYTES} MB`;
export const FILE_ACCEPT = acceptOf(KINDS);

export interface EvidenceForm {
  readonly fields: FormValues;
  readonly file: ReceivedFile | null;
  /** What is wrong with the file, for the form's error summary. */
  readonly errors: readonly FieldError[];
}

/** Reads a form with one file field called `file`. */
export async function receiveEvidence(request: FastifyRequest): Promise<EvidenceForm> {
  const { fields, files } = await receiveForm(request, { mostBytes: MOST_MEGABYTES * 1024 * 1024, mostFiles: 1 });
  const [given] = files;
  if (!given || (given.content.length === 0 && !given.tooLarge)) return { fields, file: null, errors: [] };
  const problem = problemOf(given);
  return problem === null
    ? { fields, file: given, errors: [] }
    : { fields, file: null, errors: [{ field: 'file', message: problem }] };
}

function problemOf({ kind, tooLarge }: ReceivedFile): string | null {
  if (tooLarge) return `The file is larger than ${MOST_MEGABYTES} MB. Choose a smaller one`;
  if (kind && KINDS.includes(kind.name)) return null;
  return 'The file is no PDF, PNG, JPEG or Word document. Save it as one of these and choose it again';
}

/** The context as if the form had come without its file: `submitForm` then works as for any form. */
export function withFields<C extends Context>(context: C, fields: FormValues): C {
  return { ...context, fields };
}

export async function storeEvidence(
  writer: Writer,
  centreId: string,
  belongsTo: { readonly recordId: string } | { readonly recoveryId: string },
  { name, content, kind, sha256 }: ReceivedFile,
): Promise<void> {
  await writer.db
    .insertInto('centres_hub.evidence_files')
    .values({
      centre_id: centreId,
      record_id: 'recordId' in belongsTo ? belongsTo.recordId : null,
      recovery_id: 'recoveryId' in belongsTo ? belongsTo.recoveryId : null,
      name,
      media_type: kind?.mediaType ?? 'application/octet-stream',
      bytes: content.length,
      sha256,
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
