/** Files of a request as they are stored. */
import type { Reader, Writer } from '#platform/database/database.ts';
import type { ReceivedFile } from '#platform/files/receive-form.ts';
import { requestFileAdded } from '../audit.ts';
import { requestHref } from '../fill-in/drafts.ts';
import type { FileShown } from '../forms/question-field.ts';

/** The files with questions of the form that were not taken off, by question. */
export async function filesOf(reader: Pick<Reader, 'db'>, requestId: string): Promise<Record<string, FileShown[]>> {
  const rows = await reader.db
    .selectFrom('centres_hub.request_files')
    .select(['id', 'question_key as key', 'name', 'bytes'])
    .where('request_id', '=', requestId)
    .where('removed_at', 'is', null)
    .where('question_key', 'is not', null)
    .orderBy('id')
    .execute();
  const files: Record<string, FileShown[]> = {};
  for (const { key, ...file } of rows) {
    const list = files[key as string] ?? [];
    list.push(file);
    files[key as string] = list;
  }
  return files;
}

/** How many there are, by question. */
export function countsOf(files: Readonly<Record<string, readonly FileShown[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(files).map(([key, list]) => [key, list.length]));
}

/** Where a file of a request is fetched. */
export const fileHref = (requestId: string) => (file: Pick<FileShown, 'id'>) =>
  requestHref(requestId, `/attachments/${file.id}`);

/** Keeps a file of a request: with a question of its form, or with an entry of its thread. Audited. */
export async function storeFile(
  writer: Writer,
  request: { readonly id: string; readonly centreId: string; readonly number: string },
  of: { readonly questionKey: string } | { readonly entryId: string },
  { name, content, kind, sha256 }: ReceivedFile,
): Promise<void> {
  const question = 'questionKey' in of ? of.questionKey : null;
  await writer.db
    .insertInto('centres_hub.request_files')
    .values({
      request_id: request.id,
      centre_id: request.centreId,
      question_key: question,
      entry_id: 'entryId' in of ? of.entryId : null,
      name,
      media_type: kind?.mediaType ?? 'application/octet-stream',
      bytes: content.length,
      sha256,
      content,
      added_at: writer.now,
      added_by: writer.identity.personId as string,
    })
    .execute();
  const payload = { number: request.number, question, name, sha256: sha256.toString('hex') };
  await writer.audit(requestFileAdded, { kind: 'request', id: request.id }, payload, request.centreId);
}
