/** The files that a request takes, with a question of its form or with an entry of its thread. */
import type { TakenFiles } from '#platform/files/file-problems.ts';
import { LIMITS } from '../forms/definition.ts';

export const REQUEST_FILES: TakenFiles = {
  kinds: ['PDF', 'PNG', 'JPEG', 'DOCX', 'XLSX', 'ODT', 'text'],
  kindsInWords: 'a PDF, a picture (PNG or JPEG), a document (DOCX, XLSX or ODT) or plain text',
  mostBytes: 10_000_000,
  mostFiles: LIMITS.files,
};
