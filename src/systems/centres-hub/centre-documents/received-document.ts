/** The form of a document of the centre: its fields, and its one file. */
import type { FastifyRequest } from 'fastify';
import type { KindName } from '#platform/files/file-kind.ts';
import { type ReceivedFile, receiveForm } from '#platform/files/receive-form.ts';
import type { FormValues } from '#platform/http/context.ts';

export const MOST_MEGABYTES = 5;
export const DOCUMENT_FILES: readonly KindName[] = ['PDF', 'PNG', 'JPEG'];

/** The fields, and the file or what is wrong with it. */
export async function receiveDocument(
  request: FastifyRequest,
): Promise<{ fields: FormValues; file: ReceivedFile | null; problem: string | null }> {
  const { fields, files } = await receiveForm(request, { mostBytes: MOST_MEGABYTES * 1024 * 1024, mostFiles: 1 });
  const [file] = files;
  const problem = problemOf(file);
  return { fields, file: problem === null && file ? file : null, problem };
}

function problemOf(file: ReceivedFile | undefined): string | null {
  if (!file || (file.content.length === 0 && !file.tooLarge)) return 'Choose the file of the document';
  if (file.tooLarge) return `${file.name} is larger than ${MOST_MEGABYTES} MB. Choose a smaller file`;
  if (file.kind && DOCUMENT_FILES.includes(file.kind.name)) return null;
  return `${file.name} is neither a PDF nor a picture (PNG, JPEG). Save it as one of these, then choose it again`;
}
