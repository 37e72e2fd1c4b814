/** The files that a request takes, with a question of its form or with an entry of its thread. */
import type { FastifyRequest } from 'fastify';
import type { KindName } from '#platform/files/file-kind.ts';
import { type ReceivedFile, type ReceivedForm, receiveForm } from '#platform/files/receive-form.ts';
import { LIMITS } from '../forms/definition.ts';

const MOST_BYTES = 10_000_000;

export const REQUEST_KINDS: readonly KindName[] = ['PDF', 'PNG', 'JPEG', 'DOCX', 'XLSX', 'ODT', 'text'];
export const KINDS_IN_WORDS = 'a PDF, a picture (PNG or JPEG), a document (DOCX, XLSX or ODT) or plain text';

export const receiveRequestForm = (request: FastifyRequest): Promise<ReceivedForm> =>
  receiveForm(request, { mostBytes: MOST_BYTES, mostFiles: LIMITS.files });

/** Why a file is not taken, in a sentence; null when it is. */
export function fileProblem({ name, content, kind, tooLarge }: ReceivedFile): string | null {
  if (tooLarge) return `"${name}" is larger than 10 MB. Make it smaller, or split it`;
  if (content.length === 0) return `"${name}" is empty. Choose another file`;
  const taken = kind !== null && REQUEST_KINDS.includes(kind.name);
  return taken ? null : `"${name}" is of a kind that is not taken. Choose ${KINDS_IN_WORDS}`;
}
