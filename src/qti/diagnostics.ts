/** What import says about its input: a list of plain sentences, never an exception for bad input. */

/** `code` is stable, for programs and tests; `message` is for people: what is wrong, where, and how to put it right. */
export type Diagnostic = {
  readonly code: string;
  /** An `error` means that nothing of the input is imported; a `warning` is to be read before going on. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  /** 1-based line of the file, where known. For CSV the row number as a spreadsheet shows it. */
  readonly line?: number;
  /** CSV only: the name of the column. */
  readonly column?: string;
};

/** True when at least one diagnostic is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}

/** Quotes a piece of foreign input for a message: one line, at most 60 characters, no control or direction characters. */
export function quote(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?');
  const points = [...clean];
  return `"${points.length > 60 ? `${points.slice(0, 57).join('')}...` : clean}"`;
}

/** Joins words for a sentence: "a, b and c"; of more than 20, the first and how many more. */
export function wordList(words: readonly string[]): string {
  if (words.length > 20) return `${words.slice(0, 5).join(', ')} and ${words.length - 5} more`;
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
