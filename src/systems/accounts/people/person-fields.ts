import { z } from 'zod';

const nameField = (missing: string) =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .max(100, 'Shorten the name to 100 characters')
    .regex(/^[^\p{C}<>]*$/u, 'Use letters, spaces and marks only, without < or >');

/** Names of somebody else, as a form asks for them. */
export const personFields = {
  givenNames: nameField('Enter the given names'),
  familyName: nameField('Enter the family name'),
};

const EMAIL_WRONG = 'Enter an e-mail address with a name, an @ and a domain, such as name@example.com';

/** The e-mail address of somebody else. */
export const emailField = z
  .string('Enter the e-mail address')
  .trim()
  .min(1, 'Enter the e-mail address')
  .max(200, 'Shorten the e-mail address to 200 characters')
  .pipe(z.email(EMAIL_WRONG));

/** A reason that stands in the record: a few words at least. */
export const reasonField = z
  .string('Say why')
  .trim()
  .min(5, 'Say why in a few words, so that the record explains itself')
  .max(500, 'Shorten the reason to 500 characters');
