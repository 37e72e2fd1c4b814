/**
 * The check that stands before the word "saved": a receipt counts only when one of the paper's keys signed it and it
 * names this sitting, this epoch and the very head that this device computed (delivery rule 6). Anything else is noise.
 */
import {
  type HandInAnswer,
  type Paper,
  type Receipt,
  receiptText,
  submissionText,
} from '../../systems/online-assessments/protocol/wire.ts';
import { bytesOf, fromBase64Url } from './chain.ts';

/** A receipt as it travels: inside a 200, or inside a refusal that took the first events. */
export interface SignedReceipt {
  readonly receipt: Receipt;
  readonly kid: string;
  readonly signature: string;
}

/** What this device knows of its own chain. */
export interface OwnChain {
  readonly sittingId: string;
  readonly epoch: number;
  /** The head after `seq` as this device computed it; undefined where it has none. */
  headAt(seq: number): string | undefined;
}

/** Why a receipt does not count. */
export type ReceiptFault =
  | 'no receipt'
  | 'other sitting'
  | 'other epoch'
  | 'unknown place'
  | 'other head'
  | 'foreign key'
  | 'foreign signature';

export type ReceiptCheck =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly fault: ReceiptFault };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Verifies signatures by the keys that came with the paper. */
export class ReceiptKeys {
  readonly #keys = new Map<string, Promise<CryptoKey | null>>();

  constructor(keys: Paper['receiptKeys']) {
    for (const { kid, kty, crv, x, y } of keys) {
      const imported = crypto.subtle.importKey('jwk', { kty, crv, x, y }, ALGORITHM, false, ['verify']);
      // A key that cannot be read verifies nothing; the others still count.
      this.#keys.set(
        kid,
        imported.catch(() => null),
      );
    }
  }

  /** The key's verdict on a signature; null when no key has this id. */
  async verify(kid: string, signature: string, text: string): Promise<boolean | null> {
    const key = await this.#keys.get(kid);
    if (!key) return null;
    try {
      return await crypto.subtle.verify(
        { name: 'ECDSA', hash: 'SHA-256' },
        key,
        fromBase64Url(signature),
        bytesOf(text),
      );
    } catch {
      // The signature is not even base64url.
      return false;
    }
  }
}

const fault = (why: ReceiptFault): ReceiptCheck => ({ ok: false, fault: why });

/** Checks what a server, or something that pretends to be one, sent as a receipt. */
export async function checkReceipt(answer: unknown, chain: OwnChain, keys: ReceiptKeys): Promise<ReceiptCheck> {
  if (!isSignedReceipt(answer)) return fault('no receipt');
  const { receipt, kid, signature } = answer;
  if (receipt.sittingId !== chain.sittingId) return fault('other sitting');
  if (receipt.epoch !== chain.epoch) return fault('other epoch');
  const head = chain.headAt(receipt.seq);
  if (head === undefined) return fault('unknown place');
  if (receipt.head !== head) return fault('other head');
  const verdict = await keys.verify(kid, signature, receiptText(receipt));
  if (verdict === null) return fault('foreign key');
  return verdict ? { ok: true, seq: receipt.seq } : fault('foreign signature');
}

/** True when the submission receipt is signed and names this sitting and this head. */
export async function checkSubmission(
  answer: unknown,
  expected: { readonly sittingId: string; readonly head: string },
  keys: ReceiptKeys,
): Promise<boolean> {
  if (!isRecord(answer) || !isRecord(answer.content)) return false;
  const { content, kid, signature } = answer as unknown as HandInAnswer;
  if (content.sittingId !== expected.sittingId || content.head !== expected.head) return false;
  if (typeof kid !== 'string' || typeof signature !== 'string') return false;
  return (await keys.verify(kid, signature, submissionText(content))) === true;
}

/** A JSON object; not null, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSignedReceipt(value: unknown): value is SignedReceipt {
  if (!isRecord(value) || !isRecord(value.receipt)) return false;
  const { sittingId, epoch, seq, head, at } = value.receipt;
  return (
    typeof sittingId === 'string' &&
    typeof epoch === 'number' &&
    typeof seq === 'number' &&
    typeof head === 'string' &&
    typeof at === 'string' &&
    typeof value.kid === 'string' &&
    typeof value.signature === 'string'
  );
}
