import type { KindName } from './file-kind.ts';
import type { ReceivedFile, ReceivedForm } from './receive-form.ts';

/** What a form takes of files. */
export interface TakenFiles {
  readonly kinds: readonly KindName[];
  /** "a PDF, a picture or a document" */
  readonly kindsInWords: string;
  readonly mostBytes: number;
  readonly mostFiles: number;
}

/** Why the files of a form are not taken, one sentence each; empty when they all are. Pure. */
export function fileProblems({ files, tooMany }: Pick<ReceivedForm, 'files' | 'tooMany'>, taken: TakenFiles): string[] {
  const surplus = tooMany
    ? [`At most ${taken.mostFiles} files are taken at once. Choose fewer, and add the others after`]
    : [];
  return [...surplus, ...files.flatMap((file) => problemOf(file, taken) ?? [])];
}

function problemOf({ name, content, kind, tooLarge }: ReceivedFile, taken: TakenFiles): string | null {
  if (tooLarge) return `"${name}" is larger than ${Math.floor(taken.mostBytes / 1e6)} MB. Make it smaller, or split it`;
  if (content.length === 0) return `"${name}" is empty. Choose another file`;
  if (kind !== null && taken.kinds.includes(kind.name)) return null;
  return `"${name}" is of a kind that is not taken. Choose ${taken.kindsInWords}`;
}
