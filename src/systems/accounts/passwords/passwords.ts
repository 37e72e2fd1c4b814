import { hash, verify } from '@node-rs/argon2';

// OWASP's minimum for Argon2id (19 MiB, two passes, one lane); argon2id is the library's default kind.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The PHC string of a password, salted. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

/** A hash that no password fits: verified for unknown usernames, so that they take the same time as known ones. */
const NOBODY = hashPassword(crypto.randomUUID());

/** Whether the password fits; null (no such account) takes the same time and is never right. */
export async function passwordFits(password: string, passwordHash: string | null): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await NOBODY), password.normalize('NFC'));
  return passwordHash !== null && fits;
}

/** What is wrong with a new password, as a sentence, or null. At least 12 characters, 15 advised; no rules of composition (NIST SP 800-63B-4). */
export function passwordProblem(password: string, known: readonly string[]): string | null {
  const length = [...password.normalize('NFC')].length;
  if (length < 12)
    return 'Your password must have at least 12 characters. Three or four unrelated words make a good one';
  if (length > 200) return 'Your password must have at most 200 characters';
  const plain = password.toLowerCase();
  if (known.some((word) => word.length >= 4 && plain.includes(word.toLowerCase()) && word.length * 2 >= plain.length)) {
    return 'Your password must not be your name, username or e-mail address';
  }
  if (/^(.)\1+$/u.test(password) || /^(?:0123456789|1234567890|qwertyuiop|password)+/i.test(plain)) {
    return 'That password is among the first that attackers try. Choose another one';
  }
  return null;
}
