/** The files that prove prior learning. */
import type { FastifyRequest } from 'fastify';
import { acceptOf, type KindName } from '#platform/files/file-kind.ts';
import { type ReceivedFile, receiveForm } from '#platform/files/receive-form.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';

const MOST_MEGABYTES = 10;
const MOST_FILES = 5;
const KINDS: readonly KindName[] = ['PDF', 'PNG', 'JPEG', 'DOCX', 'ODT'];

export const EVIDENCE_ACCEPT = acceptOf(KINDS);
export const EVIDENCE_HINT = `At most ${MOST_FILES}, ${MOST_MEGABYTES} MB each: PDF, picture (PNG or JPEG) or document (DOCX or ODT)`;

export interface EvidenceForm {
  readonly fields: FormValues;
  readonly files: readonly ReceivedFile[];
  /** What is wrong with the files, at the field `evidence`. */
  readonly errors: readonly FieldError[];
}

/** Reads a form with the files of the field `evidence`. */
export async function receiveEvidence(request: FastifyRequest): Promise<EvidenceForm> {
  const received = await receiveForm(request, { mostBytes: MOST_MEGABYTES * 1024 * 1024, mostFiles: MOST_FILES });
  const errors = received.files.flatMap((file) => {
    const message = problemOf(file);
    return message === null ? [] : [{ field: 'evidence', message }];
  });
  return { ...received, errors };
}

function problemOf({ name, content, kind, tooLarge }: ReceivedFile): string | null {
  if (tooLarge) return `"${name}" is larger than ${MOST_MEGABYTES} MB. Make it smaller, or split it`;
  if (content.length === 0) return `"${name}" is empty. Choose another file`;
  const taken = kind !== null && KINDS.includes(kind.name);
  return taken ? null : `"${name}" is of a kind that is not taken. Choose a PDF, a picture or a document`;
}

/** A browser sends no file twice: what to say beside what else is wrong. */
export function chooseAgain({ files, errors }: EvidenceForm): readonly FieldError[] {
  if (errors.length > 0 || files.length === 0) return errors;
  return [{ field: 'evidence', message: 'Choose the files again: a browser does not send them twice by itself' }];
}
