import { createHash, randomBytes } from 'node:crypto';

/** 256 unpredictable bits as text, for cookies and mailed links. Only its hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token: a plain hash is enough, because a token cannot be guessed. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
