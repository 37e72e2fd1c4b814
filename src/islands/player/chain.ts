/** The hash chain of a sitting, computed on the device. Runs in the browser and in Node. */
import { eventText, type SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';

const encoder = new TextEncoder();

/** Bytes as base64url without padding, as hashes and signatures travel. */
export function toBase64Url(bytes: ArrayBuffer | Uint8Array): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of base64url text. Throws when the text is not base64url. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

/** The UTF-8 bytes that a hash or a signature covers. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toBase64Url(await crypto.subtle.digest('SHA-256', bytes));
}

/** head(0): what the first event of a sitting stands on. */
export function firstHead(sittingId: string): Promise<string> {
  return sha256(bytesOf(sittingId));
}

/** head(n) from head(n-1) and the event. */
export function nextHead(
  previous: string,
  sittingId: string,
  epoch: number,
  event: Pick<SeatEvent, 'seq' | 'kind' | 'item' | 'value' | 'monotonicMs'>,
): Promise<string> {
  const before = fromBase64Url(previous);
  const text = bytesOf(eventText(sittingId, epoch, event));
  const whole = new Uint8Array(before.length + text.length);
  whole.set(before);
  whole.set(text, before.length);
  return sha256(whole);
}
