import type { Keys } from '#platform/keys/keys.ts';
import { type Receipt, receiptText } from '../protocol/wire.ts';

export interface SignedReceipt {
  readonly receipt: Receipt;
  readonly kid: string;
  readonly signature: string;
}

/** The receipt of a stored event: made from its row alone, so that a retry gets the same content byte for byte. */
export function signReceipt(
  keys: Keys,
  sittingId: string,
  epoch: number,
  stored: { readonly seq: number; readonly head: string; readonly at: Date },
): SignedReceipt {
  const receipt: Receipt = {
    sittingId,
    epoch,
    seq: stored.seq,
    head: Buffer.from(stored.head, 'hex').toString('base64url'),
    at: stored.at.toISOString(),
  };
  return { receipt, kid: keys.receipts.kid, signature: keys.receipts.sign(receiptText(receipt)) };
}
