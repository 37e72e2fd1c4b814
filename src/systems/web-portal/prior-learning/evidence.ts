/** The files that prove prior learning. */
import type { FastifyRequest } from 'fastify';
import { acceptOf } from '#platform/files/file-kind.ts';
import { fileProblems, type TakenFiles } from '#platform/files/file-problems.ts';
import { type ReceivedForm, receiveForm } from '#platform/files/receive-form.ts';
import type { FieldError } from '#platform/http/answers.ts';

const EVIDENCE: TakenFiles = {
  kinds: ['PDF', 'PNG', 'JPEG', 'DOCX', 'ODT'],
  kindsInWords: 'a PDF, a picture (PNG or JPEG) or a document (DOCX or ODT)',
  mostBytes: 10_000_000,
  mostFiles: 5,
};

export const EVIDENCE_ACCEPT = acceptOf(EVIDENCE.kinds);
export const EVIDENCE_HINT = `At most ${EVIDENCE.mostFiles}, 10 MB each: ${EVIDENCE.kindsInWords}`;

export interface EvidenceForm extends ReceivedForm {
  /** What is wrong with the files, at the field `evidence`. */
  readonly errors: readonly FieldError[];
}

/** Reads a form with the files of the field `evidence`. */
export async function receiveEvidence(request: FastifyRequest): Promise<EvidenceForm> {
  const received = await receiveForm(request, EVIDENCE);
  return { ...received, errors: fileProblems(received, EVIDENCE).map((message) => ({ field: 'evidence', message })) };
}

/** A browser sends no file twice: what to say beside what else is wrong. */
export function chooseAgain({ files, errors }: EvidenceForm): readonly FieldError[] {
  if (errors.length > 0 || files.length === 0) return errors;
  return [{ field: 'evidence', message: 'Choose the files again: a browser does not send them twice by itself' }];
}
