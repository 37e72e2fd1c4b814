import { z } from 'zod';

const WRONG = 'Enter an e-mail address with a name, an @ and a domain, such as name@example.com';

/**
 * One plain address that a mail may be sent to: letters without accents, no display name, no list, no line ends (the
 * pattern allows none of them), so that nothing typed can become a header or a second receiver.
 */
export const mailableEmail = z
  .string('Enter your e-mail address')
  .trim()
  .min(1, 'Enter your e-mail address')
  .max(200, 'Shorten the e-mail address to 200 characters')
  .pipe(z.email(WRONG));

/** Whether a mail may be sent to what was typed. */
export const isMailable = (typed: string): boolean => mailableEmail.safeParse(typed).success;
