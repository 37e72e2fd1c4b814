import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import path from 'node:path';
import { KeysError, openKeyFile, openKeyFolder } from './key-files.ts';
import { openSigner, openTokenSigner, type Signer, type TokenSigner } from './signing.ts';

/** The secrets of one installation. Losing them makes PINs and authenticator apps unusable and ends all log-ins; keep a copy apart from the database. */
export interface Keys {
  /** Signs receipts for answers and hand-ins. */
  readonly receipts: Signer;
  /** Signs certificates. */
  readonly certificates: Signer;
  /** Signs what other suppliers' systems are told of a person (single sign-on). */
  readonly singleSignOn: TokenSigner;
  /** Signs session cookies; 43 characters. */
  readonly sessions: string;
  /** Passwords of the two database roles that log in. */
  readonly database: { readonly application: string; readonly delivery: string };
  /**
   * Encrypts a PIN for storage (AES-256-GCM). `owner` is the identifier of the person it belongs to: it is bound in,
   * so that a PIN copied to another person's row does not open. Two encryptions of one PIN differ.
   */
  encryptPin(pin: string, owner: string): Buffer;
  /** The PIN again; throws KeysError when the bytes were altered, or belong to another owner or other keys. */
  decryptPin(sealed: Uint8Array, owner: string): string;
  /** Keyed hash (HMAC-SHA-256, 32 bytes) by which a PIN is found without decrypting any; equal for equal PINs. */
  pinLookup(pin: string): Buffer;
  /** What second factors need, under keys of their own. */
  readonly secondFactors: {
    /** Encrypts a secret bound to its owner, as `encryptPin` does. */
    encrypt(secret: string, owner: string): Buffer;
    /** The secret again; throws KeysError when the bytes were altered, or belong to another owner or other keys. */
    decrypt(sealed: Uint8Array, owner: string): string;
    /** Keyed hash (HMAC-SHA-256, 32 bytes); equal for equal texts. */
    lookup(text: string): Buffer;
  };
  /** Encrypts the secrets that sign what is sent to web addresses of centres, bound to the address they belong to. */
  readonly webhooks: {
    encrypt(secret: string, owner: string): Buffer;
    /** The secret again; throws KeysError when the bytes were altered, or belong to another owner or other keys. */
    decrypt(sealed: Uint8Array, owner: string): string;
  };
}

/**
 * Opens the keys in a folder and makes the ones that are missing: safe for several processes that start at once.
 * Files are 0600 in folders of 0700. Throws KeysError with one sentence when one cannot be read, made or used.
 */
export async function openKeys(folder: string): Promise<Keys> {
  await openKeyFolder(folder);
  const secret = (name: string) => openSecret(path.join(folder, `${name}.key`));
  // At the same time, because each new file waits for the disk.
  const [
    pinEncryption,
    pinLookup,
    factorEncryption,
    factorLookup,
    webhookEncryption,
    sessions,
    application,
    delivery,
    receipts,
    certificates,
    singleSignOn,
  ] = await Promise.all([
    secret('pin-encryption'),
    secret('pin-lookup'),
    secret('second-factor-encryption'),
    secret('second-factor-lookup'),
    secret('webhook-encryption'),
    secret('sessions'),
    secret('database-application'),
    secret('database-delivery'),
    openSigner(path.join(folder, 'receipts')),
    openSigner(path.join(folder, 'certificates')),
    openTokenSigner(path.join(folder, 'single-sign-on')),
  ]);
  return {
    receipts,
    certificates,
    singleSignOn,
    sessions: sessions.toString('base64url'),
    database: { application: application.toString('base64url'), delivery: delivery.toString('base64url') },
    encryptPin: (pin, owner) => seal(pinEncryption, pin, owner),
    decryptPin: (sealed, owner) => unseal(pinEncryption, sealed, owner),
    pinLookup: (pin) => createHmac('sha256', pinLookup).update(pin, 'utf8').digest(),
    secondFactors: {
      encrypt: (text, owner) => seal(factorEncryption, text, owner),
      decrypt: (sealed, owner) => unseal(factorEncryption, sealed, owner),
      lookup: (text) => createHmac('sha256', factorLookup).update(text, 'utf8').digest(),
    },
    webhooks: {
      encrypt: (text, owner) => seal(webhookEncryption, text, owner),
      decrypt: (sealed, owner) => unseal(webhookEncryption, sealed, owner),
    },
  };
}

/** 32 random bytes, kept as one line of base64url so that they can be moved about as text. */
async function openSecret(file: string): Promise<Buffer> {
  const text = await openKeyFile(file, () => Buffer.from(`${randomBytes(32).toString('base64url')}\n`));
  const bytes = Buffer.from(text.toString('latin1').trim(), 'base64url');
  if (bytes.length !== 32) throw new KeysError(`The key ${file} cannot be used: it must hold 32 bytes as base64url.`);
  return bytes;
}

// Sealed form: version (1 byte), nonce (12), tag (16), then the encrypted text.
const VERSION = 1;

function seal(key: Buffer, text: string, owner: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner, 'utf8'));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

function unseal(key: Buffer, sealed: Uint8Array, owner: string): string {
  const bytes = Buffer.from(sealed);
  try {
    if (bytes[0] !== VERSION || bytes.length < 29) throw new Error('unknown form');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 })
      .setAAD(Buffer.from(owner, 'utf8'))
      .setAuthTag(bytes.subarray(13, 29));
    return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new KeysError(
      'A stored secret cannot be opened: it was altered, or the keys are not those it was stored with.',
      { cause },
    );
  }
}
