import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import path from 'node:path';
import { createKeyFile, KeysError, listKeyFiles, openKeyFolder } from './key-files.ts';

/** A public key as browsers import it: `crypto.subtle.importKey('jwk', key, { name: 'ECDSA', namedCurve: 'P-256' }, ...)`. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

/**
 * Signs with the newest key and verifies with any that was ever used. ECDSA P-256 with SHA-256; signatures are
 * base64url of the 64 bytes r and s (IEEE P1363), which WebCrypto verifies as they are.
 */
export interface Signer {
  /** Name of the key that signs now (from its RFC 7638 thumbprint); stored beside each signature. */
  readonly kid: string;
  sign(data: string | Uint8Array): string;
  /** False for another text, a damaged signature or an unknown key; never throws. */
  verify(data: string | Uint8Array, signature: string, kid: string): boolean;
  /** The public halves of all keys, newest first. */
  publicJwks(): { readonly keys: readonly PublicJwk[] };
}

/** A signer whose private keys a library needs itself, to sign tokens. */
export interface TokenSigner extends Signer {
  /** The private keys, newest first: the first signs. Never leaves the process. */
  privateJwks(): { readonly keys: readonly (PublicJwk & { readonly d: string })[] };
}

const PRIVATE = '.private.pem';
const PUBLIC = '.public.pem';

/**
 * Opens a folder of signing keys, `0001.private.pem`, `0002.private.pem` and so on, and makes the first if there is
 * none. The highest number signs. A key that must sign no more may be kept as `0001.public.pem` alone, so that what
 * it signed still verifies.
 */
export async function openSigner(folder: string): Promise<Signer> {
  await openKeyFolder(folder);
  let files = await listKeyFiles(folder, PRIVATE);
  if (files.length === 0) {
    await addSigningKey(folder, 1);
    files = await listKeyFiles(folder, PRIVATE);
  }
  const newest = files.at(-1);
  if (!newest)
    throw new KeysError(`The folder ${folder} holds no private key: put one there, or start on an empty folder.`);
  const privateKey = readKey(folder, newest, createPrivateKey);
  const publicKeys = new Map<string, { key: KeyObject; jwk: PublicJwk }>();
  const retired = await listKeyFiles(folder, PUBLIC);
  const all = [...files, ...retired].sort((a, b) => (a.name < b.name ? 1 : -1));
  for (const file of all) {
    const key = readKey(folder, file, createPublicKey);
    const jwk = publicJwk(key);
    if (!publicKeys.has(jwk.kid)) publicKeys.set(jwk.kid, { key, jwk });
  }
  const kid = publicJwk(createPublicKey(privateKey)).kid;
  return {
    kid,
    sign: (data) => p1363FromDer(sign('sha256', bytesOf(data), privateKey)).toString('base64url'),
    verify(data, signature, by) {
      const known = publicKeys.get(by);
      const bytes = Buffer.from(signature, 'base64url');
      if (!known || bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
      return verify('sha256', bytesOf(data), { key: known.key, dsaEncoding: 'ieee-p1363' }, bytes);
    },
    publicJwks: () => ({ keys: [...publicKeys.values()].map(({ jwk }) => jwk) }),
  };
}

/** Opens a folder of signing keys as `openSigner` does. */
export async function openTokenSigner(folder: string): Promise<TokenSigner> {
  const signer = await openSigner(folder);
  const files = (await listKeyFiles(folder, PRIVATE)).reverse();
  const keys = files.map((file) => {
    const key = readKey(folder, file, createPrivateKey);
    return { ...publicJwk(createPublicKey(key)), d: key.export({ format: 'jwk' }).d as string };
  });
  return { ...signer, privateJwks: () => ({ keys }) };
}

/**
 * The 64 bytes r and s of a signature in DER. Asking for them directly (`dsaEncoding`) costs more than twice as much,
 * and every saved answer is signed.
 */
function p1363FromDer(der: Buffer): Buffer {
  // SEQUENCE, length, INTEGER, length, r, INTEGER, length, s; all lengths of P-256 fit one byte.
  const rLength = der[3] as number;
  const sLength = der[5 + rLength] as number;
  const out = Buffer.alloc(64);
  const put = (from: number, length: number, end: number) => {
    // A leading zero byte marks a number as positive; leading zeros of a short number are left out.
    const skip = Math.max(0, length - 32);
    der.copy(out, end - (length - skip), from + skip, from + length);
  };
  put(4, rLength, 32);
  put(6 + rLength, sLength, 64);
  return out;
}

/**
 * Adds a new key to a folder of signing keys; processes that start from now on sign with it. Returns its number.
 * Old keys stay, so that what they signed still verifies.
 */
export async function rotateSigningKey(folder: string): Promise<number> {
  await openKeyFolder(folder);
  const newest = (await listKeyFiles(folder, PRIVATE)).at(-1);
  const next = newest ? Number.parseInt(newest.name, 10) + 1 : 1;
  if (!(await addSigningKey(folder, next)))
    throw new KeysError(`Another process is adding a key to ${folder}: try again.`);
  return next;
}

function addSigningKey(folder: string, number: number): Promise<boolean> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return createKeyFile(path.join(folder, `${String(number).padStart(4, '0')}${PRIVATE}`), Buffer.from(pem));
}

function readKey(folder: string, file: { name: string; bytes: Buffer }, read: (pem: Buffer) => KeyObject): KeyObject {
  try {
    const key = read(file.bytes);
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not a P-256 key');
    return key;
  } catch (cause) {
    throw new KeysError(`The key ${path.join(folder, file.name)} cannot be used: put a P-256 key in PEM form there.`, {
      cause,
    });
  }
}

function publicJwk(key: KeyObject): PublicJwk {
  const { x, y } = key.export({ format: 'jwk' }) as { x: string; y: string };
  // RFC 7638: the required members in alphabetical order, without spaces. 16 characters are 96 bits: plenty for a name.
  const thumbprint = createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
  return { kty: 'EC', crv: 'P-256', x, y, kid: thumbprint.slice(0, 16), alg: 'ES256', use: 'sig' };
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
}
