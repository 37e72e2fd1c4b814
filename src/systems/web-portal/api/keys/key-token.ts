import { createHash, randomBytes, randomInt } from 'node:crypto';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
const FORM = /^(imi_[0-9a-z]{8})_[\w-]{43}$/;

export interface NewKey {
  /** The whole key, for whoever made it and nobody else. */
  readonly token: string;
  /** Its beginning, by which people know it again. */
  readonly prefix: string;
  readonly hash: Buffer;
}

/** A key: a beginning for people to read, and 256 unpredictable bits. */
export function newKey(): NewKey {
  const prefix = `imi_${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
  const token = `${prefix}_${randomBytes(32).toString('base64url')}`;
  return { token, prefix, hash: hashKey(token) };
}

/**
 * What is stored, and by what a key is found: a plain hash is enough, because a key cannot be guessed, and how long the
 * look-up takes tells of the hash alone.
 */
export const hashKey = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The key in an `Authorization` header; null when there is none, or nothing that could be one. */
export function keyIn(authorization: string | undefined): string | null {
  const [, token] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
  return token !== undefined && FORM.test(token) ? token : null;
}
