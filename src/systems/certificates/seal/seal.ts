/** Proof that a certificate says what was issued: hash and signature over its canonical text (threat T11). */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Signer } from '#platform/keys/signing.ts';
import { plainText } from '#web-portal';
import { canonicalJson } from '../content/canonical.ts';
import { type Content, contentSchema } from '../content/content.ts';
import { SERIAL_SYMBOLS } from '../serial/serial.ts';

export interface Seal {
  readonly contentSha256: Buffer;
  /** ECDSA P-256 over the sealed text, base64url. */
  readonly signature: string;
  readonly keyId: string;
}

/** A row of the register, as a check reads it. */
export interface SealedRow {
  readonly serial: string;
  readonly content: unknown;
  readonly contentSha256: Uint8Array;
  readonly signature: string;
  readonly keyId: string;
}

// So that nothing else that is ever signed by these keys can pass for a certificate.
const PURPOSE = 'certificate 1\n';

const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();

/** Seals a content with the key that signs now. */
export function sealContent(signer: Pick<Signer, 'sign' | 'kid'>, content: Content): Seal {
  const text = canonicalJson(content);
  return { contentSha256: sha256(text), signature: signer.sign(PURPOSE + text), keyId: signer.kid };
}

/**
 * The content of a row, if it is exactly what was sealed under this number; null for a row in which anything was
 * altered, exchanged with another row's or signed by a key that is not ours.
 */
export function openSealed(signer: Pick<Signer, 'verify'>, row: SealedRow): Content | null {
  const parsed = contentSchema.safeParse(row.content);
  if (!parsed.success) return null;
  const content = parsed.data;
  const text = canonicalJson(content);
  const hash = sha256(text);
  const hashFits = row.contentSha256.length === hash.length && timingSafeEqual(hash, row.contentSha256);
  const signatureFits = signer.verify(PURPOSE + text, row.signature, row.keyId);
  return hashFits && signatureFits && content.serial === row.serial ? content : null;
}

/** How many symbols the printed code carries: 50 bits. */
export const CHECK_CODE_LENGTH = 10;

/**
 * The code in the printed square beside the number: whoever holds the paper need not type a name. It comes from the
 * signature, which stands nowhere else outside the register, so that it cannot be worked out from what is printed.
 */
export function checkCodeOf(signature: string): string {
  const hash = sha256(`check code\n${signature}`);
  return [...hash.subarray(0, CHECK_CODE_LENGTH)].map((byte) => SERIAL_SYMBOLS[byte & 31]).join('');
}

/** A family name as checks compare it: without accents, case, spaces and marks. */
export function familyNameKey(familyName: string): string {
  return plainText(familyName).replaceAll(' ', '');
}

/** The address that the printed square opens. */
export function checkAddress(content: Pick<Content, 'checkAt' | 'serial'>, signature: string): string {
  return `${content.checkAt}/${content.serial}?code=${checkCodeOf(signature)}`;
}
