/** The device's signature: proves that the browser which hands in is the one that started. */
import { type HandInRequest, handInText, type StartRequest } from '../../systems/online-assessments/protocol/wire.ts';
import { bytesOf, toBase64Url } from './chain.ts';

/** The public half, for the lease. */
export async function publicKeyOf(pair: CryptoKeyPair): Promise<StartRequest['deviceKey']> {
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  if (!x || !y) throw new Error('The browser made a key without coordinates.');
  return { kty: 'EC', crv: 'P-256', x, y };
}

/** Signs a hand-in. */
export async function signHandIn(
  pair: CryptoKeyPair,
  request: Omit<HandInRequest, 'signature'>,
): Promise<HandInRequest> {
  const bytes = bytesOf(handInText(request));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes);
  return { ...request, signature: toBase64Url(signature) };
}
