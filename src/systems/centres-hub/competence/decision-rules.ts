import type { FieldError } from '#platform/http/answers.ts';

/** The longest approval of competence, in years: the cycle of re-accreditation is three, five leaves room. */
const MOST_YEARS = 5;

/** What does not fit together in an approval's days, by field; empty when all does, or nothing is approved. */
export function termsProblems(value: {
  readonly outcome: 'approved' | 'refused';
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}): readonly FieldError[] {
  const { outcome, validFrom, validUntil } = value;
  if (outcome === 'refused') return [];
  const errors: FieldError[] = [];
  if (validFrom === null) errors.push({ field: 'validFrom', message: 'Enter the first day of the approval' });
  if (validUntil === null) errors.push({ field: 'validUntil', message: 'Enter the last day of the approval' });
  if (validFrom === null || validUntil === null) return errors;
  if (validUntil < validFrom)
    return [{ field: 'validUntil', message: 'The last day is before the first. Enter a later day' }];
  const latest = `${Number(validFrom.slice(0, 4)) + MOST_YEARS}${validFrom.slice(4)}`;
  return validUntil > latest
    ? [{ field: 'validUntil', message: `Approve for ${MOST_YEARS} years at most. Enter an earlier last day` }]
    : [];
}

/** Why this person may not decide about that one, or null (General Condition A4.5). */
export function decisionProblem(
  deciderId: string,
  aboutPersonId: string | null,
  conflict: { readonly words: string } | null,
): string | null {
  if (deciderId === aboutPersonId) return 'Nobody decides about the own competence. Ask a colleague to decide';
  return conflict ? `${conflict.words} Ask a colleague to decide` : null;
}
