/** Files of a request as they are stored. */
import type { Reader } from '#platform/database/database.ts';
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
