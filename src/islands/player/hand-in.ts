/** The hand-in: only of what is saved, signed by the device, repeated until the server's signed word is there (rule 12). */
import type { HandInAnswer, SeatClock } from '../../systems/online-assessments/protocol/wire.ts';
import { signHandIn } from './device-key.ts';
import { checkSubmission, isRecord, type ReceiptKeys } from './receipts.ts';
import { isClock, type Sender, type Stop, waitMs } from './sender.ts';
import { ask } from './server.ts';

export type HandInOutcome =
  | { readonly kind: 'handed in'; readonly words: string; readonly at: string }
  /** Nothing more is taken from this device, and why. */
  | { readonly kind: 'stopped'; readonly stop: Stop }
  /** Somebody closed the sitting before. */
  | { readonly kind: 'closed'; readonly clock: SeatClock }
  /** The candidate went back, or this device cannot hand in. */
  | { readonly kind: 'given up' };

export interface HandInOptions {
  readonly sittingId: string;
  readonly epoch: number;
  readonly device: CryptoKeyPair | null;
  readonly receiptKeys: ReceiptKeys;
  readonly sender: Pick<Sender, 'handInPoint' | 'stopped' | 'hurry' | 'nudge'>;
  readonly onClock: (clock: SeatClock) => void;
  readonly wanted: () => boolean;
  readonly waiting: (why: 'saving' | 'unreachable' | 'no key') => void;
}

const LOOK_AGAIN_MS = 250;
/** A wait shorter than this needs no words. */
const SAY_AFTER_MS = 3_000;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves when it is over, one way or the other; waits as long as the connection takes. */
export async function handIn(options: HandInOptions): Promise<HandInOutcome> {
  const { sender, wanted, waiting } = options;
  sender.nudge();
  const began = performance.now();
  for (let failures = 0; wanted(); ) {
    const point = sender.handInPoint;
    if (!point) {
      if (sender.stopped) return { kind: 'stopped', stop: sender.stopped };
      if (performance.now() - began > SAY_AFTER_MS) waiting('saving');
      await sleep(LOOK_AGAIN_MS);
      continue;
    }
    if (!options.device) {
      waiting('no key');
      return { kind: 'given up' };
    }
    const answer = await send(options, options.device, point);
    if (answer) return answer;
    failures++;
    if (performance.now() - began > SAY_AFTER_MS) waiting('unreachable');
    await sleep(waitMs(failures, Math.random()));
  }
  return { kind: 'given up' };
}

/** One try. Null: try again. */
async function send(
  { sittingId, epoch, receiptKeys, onClock }: HandInOptions,
  device: CryptoKeyPair,
  point: { seq: number; head: string },
): Promise<HandInOutcome | null> {
  const request = await signHandIn(device, { sittingId, epoch, uptoSeq: point.seq, head: point.head });
  const reply = await ask('POST', '/sit/hand-in', request).catch(() => null);
  if (!reply || !isRecord(reply.body)) return null;
  if (reply.status === 200) {
    if (!(await checkSubmission(reply.body, { sittingId, head: point.head }, receiptKeys))) return null;
    const { words, content } = reply.body as unknown as HandInAnswer;
    return { kind: 'handed in', words, at: content.at };
  }
  const { clock, verdict } = reply.body;
  if (isClock(clock)) onClock(clock);
  if (reply.status !== 409) return null;
  if (verdict === 'closed' && isClock(clock)) return { kind: 'closed', clock };
  return verdict === 'lease_lost' || verdict === 'fork' ? { kind: 'stopped', stop: verdict } : null;
}
