/**
 * The states of a transfer of a registration between two centres: asked for by the one that receives, or offered by the
 * one that gives; answered by the other within 20 working days (domain 1.3). Pure.
 */
export const TRANSFER_STATES = ['asked', 'accepted', 'refused', 'withdrawn', 'expired'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];
export type TransferAct = 'accept' | 'refuse' | 'withdraw' | 'expire';
export type TransferDirection = 'ask' | 'offer';

/** Working days that the other centre has for its answer. */
export const ANSWER_WORKING_DAYS = 20;

/** The words people read for each state. */
export const TRANSFER_WORDS: Record<TransferState, string> = {
  asked: 'Waits for an answer',
  accepted: 'Accepted',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  expired: 'Not answered in time',
};

/** Who acts: the centre that asked or offered, the other one, or time. */
export type TransferSide = 'asker' | 'answerer' | 'time';

const NEXT: Record<TransferAct, { readonly to: TransferState; readonly by: TransferSide }> = {
  accept: { to: 'accepted', by: 'answerer' },
  refuse: { to: 'refused', by: 'answerer' },
  withdraw: { to: 'withdrawn', by: 'asker' },
  expire: { to: 'expired', by: 'time' },
};

export type TransferMove =
  | { readonly ok: true; readonly to: TransferState }
  | { readonly ok: false; readonly message: string };

/** The state that an act leads to, or a sentence why it does not: an answer ends it, and only the other side answers. */
export function transferMove(from: TransferState, act: TransferAct, side: TransferSide): TransferMove {
  if (from !== 'asked')
    return {
      ok: false,
      message: `Somebody was faster: this is "${TRANSFER_WORDS[from].toLowerCase()}" now. Look at it again`,
    };
  const next = NEXT[act];
  if (next.by === side) return { ok: true, to: next.to };
  return {
    ok: false,
    message: next.by === 'asker' ? 'Only the centre that asked takes it back' : 'Only the other centre answers this',
  };
}

/** What a side can do now. */
export function transferActs(from: TransferState, side: TransferSide): TransferAct[] {
  return (['accept', 'refuse', 'withdraw'] as const).filter((act) => transferMove(from, act, side).ok);
}
