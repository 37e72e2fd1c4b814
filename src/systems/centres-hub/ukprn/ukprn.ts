/** The UK provider reference number: 8 digits, the first a 1 (UK Register of Learning Providers). */
export function ukprnProblem(text: string): string | null {
  const digits = tidyUkprn(text);
  if (/^1\d{7}$/.test(digits)) return null;
  if (/^\d{8}$/.test(digits)) return 'A UKPRN begins with 1. Check the number, or leave it empty';
  return 'A UKPRN has 8 digits and begins with 1, such as 10001234. Check the number, or leave it empty';
}

/** Without the spaces that people put between digits. */
export function tidyUkprn(text: string): string {
  return text.replaceAll(/\s/g, '');
}
