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
