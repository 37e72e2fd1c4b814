/** The terms of a new approval. Dates of law, YYYY-MM-DD. */
export interface NewTerms {
  readonly approvedFrom: string;
  readonly lastRegistrationOn: string | null;
  readonly lastCertificationOn: string | null;
}

/** What does not fit together in the terms of an approval, by field; empty when all does. */
export function termsProblems(terms: NewTerms): { field: string; message: string }[] {
  const { approvedFrom, lastRegistrationOn, lastCertificationOn } = terms;
  const problems = [];
  if (lastRegistrationOn !== null && lastRegistrationOn < approvedFrom) {
    problems.push({
      field: 'lastRegistrationOn',
      message: 'The last day for registrations is before the approval begins. Enter a later day, or leave it empty',
    });
  }
  if (lastCertificationOn !== null && lastCertificationOn < (lastRegistrationOn ?? approvedFrom)) {
    problems.push({
      field: 'lastCertificationOn',
      message:
        'The last day for certification must not be before the last day for registrations. Enter a later day, or leave it empty',
    });
  }
  return problems;
}
