/** A server in memory for tests of the player's parts: keeps one sitting's chain by the rules, and can be told to misbehave. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  eventText,
  type Paper,
  type Receipt,
  receiptText,
  type SaveRequest,
  type SeatClock,
  type SeatEvent,
} from '../../../systems/online-assessments/protocol/wire.ts';
import type { Reply } from '../sender.ts';

/** How the ledger, or something that stands before it, treats one request. */
export type Behaviour =
  | 'take'
  | 'drop' // the request never arrives
  | 'cut' // it is committed, the reply is lost
  | 'no receipt'
  | 'old receipt'
  | 'wrong head'
  | 'foreign signature'
  | 'foreign key'
  | 'other sitting'
  | 'other epoch'
  | 'error page'
  | 'busy'
  | 'paused';

export const SITTING = '0198b1c0-0000-7000-8000-000000000001';

/** For journals whose disk has no fault in the test. */
export const diskMustWork = (error: unknown): void => assert.fail(String(error));

export const runningClock = (usedMs = 0): SeatClock => ({
  serverNow: '2026-11-23T10:00:00.000Z',
  state: 'running',
  allowedMs: 3_600_000,
  usedMs,
  remainingMs: 3_600_000 - usedMs,
  notice: null,
});

export class Ledger {
  readonly #own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly epoch: number;
  readonly events: SeatEvent[] = [];
  /** Heads by place; [0] is the sitting's own. */
  readonly heads: string[];

  constructor(epoch = 1) {
    this.epoch = epoch;
    this.heads = [createHash('sha256').update(SITTING).digest('base64url')];
  }

  get publicKeys(): Paper['receiptKeys'] {
    const { kty, crv, x, y } = this.#own.publicKey.export({ format: 'jwk' });
    return [{ kid: 'k1', kty: kty as string, crv: crv as string, x: x as string, y: y as string }];
  }

  get lastSeq(): number {
    return this.events.length;
  }

  /** The signed receipt for a place. */
  receipt(seq: number, change: Partial<Receipt> = {}, key: KeyObject = this.#own.privateKey, kid = 'k1') {
    const receipt: Receipt = {
      sittingId: SITTING,
      epoch: this.epoch,
      seq,
      head: this.heads[seq] as string,
      at: '2026-11-23T10:00:01.000Z',
      ...change,
    };
    const signature = sign('sha256', Buffer.from(receiptText(receipt)), { key, dsaEncoding: 'ieee-p1363' }).toString(
      'base64url',
    );
    return { receipt, kid, signature, clock: runningClock() };
  }

  /** Takes what follows on; returns the verdict of the rules. */
  #commit(request: SaveRequest): 'take' | 'gap' | 'fork' {
    const [first] = request.events;
    if (!first || first.seq > this.lastSeq + 1) return 'gap';
    for (const event of request.events) {
      const head = createHash('sha256')
        .update(Buffer.from(this.heads[event.seq - 1] as string, 'base64url'))
        .update(eventText(SITTING, this.epoch, event))
        .digest('base64url');
      const held = this.events[event.seq - 1];
      if ((held && held.head !== event.head) || head !== event.head) return 'fork';
      if (held) continue;
      this.events.push(event);
      this.heads.push(head);
    }
    return 'take';
  }

  /** Answers a request in the way it is told to. Rejects where no answer comes. */
  async answer(request: SaveRequest, behaviour: Behaviour): Promise<Reply> {
    const reply = (status: number, body: unknown): Reply => ({ status, body, retryAfterMs: null });
    if (behaviour === 'drop') throw new Error('no answer');
    if (behaviour === 'error page') return reply(502, undefined);
    if (behaviour === 'busy') return reply(503, { verdict: 'busy', clock: null });
    if (behaviour === 'paused') return reply(503, { verdict: 'paused', clock: { ...runningClock(), state: 'paused' } });
    const last = request.events.at(-1)?.seq ?? 0;
    // These stand before the server: nothing is committed, the answer is made up.
    const lie = (change: Partial<Receipt>, key?: KeyObject, kid?: string) =>
      reply(200, this.receipt(last, { head: request.events.at(-1)?.head ?? '', ...change }, key, kid));
    switch (behaviour) {
      case 'no receipt':
        return reply(200, { ok: true });
      case 'old receipt':
        return reply(200, this.receipt(Math.min(this.lastSeq, (request.events[0]?.seq ?? 1) - 1)));
      case 'wrong head':
        return lie({ head: createHash('sha256').update('something else').digest('base64url') });
      case 'foreign signature':
        return lie({}, this.#foreign.privateKey);
      case 'foreign key':
        return lie({}, this.#foreign.privateKey, 'k2');
      case 'other sitting':
        return lie({ sittingId: '0198b1c0-0000-7000-8000-000000000002' });
      case 'other epoch':
        return lie({ epoch: this.epoch + 1 });
    }
    const verdict = this.#commit(request);
    if (behaviour === 'cut') throw new Error('no answer');
    if (verdict === 'take') return reply(200, this.receipt(last));
    return reply(409, { verdict, lastSeq: this.lastSeq, head: this.heads[this.lastSeq], clock: runningClock() });
  }
}
