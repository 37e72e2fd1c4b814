/** One seat of the load client: makes the events of its chain, and believes a save only with a receipt that verifies. */
import { createPublicKey, hash, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import {
  eventText,
  type Receipt,
  receiptText,
  type SaveAnswer,
} from '../../../src/systems/online-assessments/protocol/wire.ts';

/** A sitting that runs, and the token of the seat that holds its lease. */
export interface PreparedSeat {
  readonly sittingId: string;
  readonly token: string;
}

export interface MadeEvent {
  readonly sittingId: string;
  readonly seq: number;
  readonly item: number;
  readonly value: string;
  readonly monotonicMs: number;
  readonly head: string;
}

export interface PublicKey {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

export function publicKeys(keys: readonly PublicKey[]): Map<string, KeyObject> {
  return new Map(
    keys.map(({ kid, ...jwk }) => [kid, createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })] as const),
  );
}

const EPOCH = 1;
const LETTERS = ['A', 'B'] as const;

export class LoadSeat {
  readonly sittingId: string;
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #questions: number;
  readonly #headers: string;
  /** The event that is on its way; sent again until a receipt for it verifies. */
  event!: MadeEvent;
  request!: string;
  #previous: string;
  #seq = 0;
  #monotonicMs = 0;

  constructor(seat: PreparedSeat, options: { keys: ReadonlyMap<string, KeyObject>; questions: number; port: number }) {
    this.sittingId = seat.sittingId;
    this.#previous = hash('sha256', seat.sittingId, 'base64url');
    this.#keys = options.keys;
    this.#questions = options.questions;
    this.#headers = `POST /sit/answers HTTP/1.1\r\nHost: 127.0.0.1:${options.port}\r\nCookie: seat=${seat.token}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: `;
  }

  /** Makes the next event of the chain. Its time stamp is above all earlier ones, so no two events of a sitting are alike. */
  make(): MadeEvent {
    const { sittingId } = this;
    const seq = ++this.#seq;
    this.#monotonicMs += 7;
    const item = (seq % this.#questions) + 1;
    const value = LETTERS[Math.floor(seq / this.#questions) % 2] as string;
    const monotonicMs = this.#monotonicMs;
    const previous = this.#previous;
    const text = eventText(sittingId, EPOCH, { seq, kind: 'answer', item, value, monotonicMs });
    const head = hash(
      'sha256',
      Buffer.concat([Buffer.from(previous, 'base64url'), Buffer.from(text, 'latin1')]),
      'base64url',
    );
    this.#previous = head;
    this.event = { sittingId, seq, item, value, monotonicMs, head };
    const body = `{"sittingId":"${sittingId}","epoch":${EPOCH},"events":[{"seq":${seq},"kind":"answer","item":${item},"value":"${value}","monotonicMs":${monotonicMs},"previous":"${previous}","head":"${head}"}]}`;
    this.request = `${this.#headers}${body.length}\r\n\r\n${body}`;
    return this.event;
  }

  /** The receipt of the event on its way; throws when the answer is not one, or speaks of anything else. */
  believe(body: string): Receipt {
    const { receipt, kid, signature } = JSON.parse(body) as SaveAnswer;
    const { seq, head } = this.event;
    if (receipt.sittingId !== this.sittingId || receipt.epoch !== EPOCH || receipt.seq !== seq || receipt.head !== head)
      throw new Error(`the receipt speaks of ${receipt.sittingId} ${receipt.seq}, not of ${this.sittingId} ${seq}`);
    const key = this.#keys.get(kid);
    const text = Buffer.from(receiptText(receipt), 'latin1');
    if (!key || !verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')))
      throw new Error(`the signature of receipt ${this.sittingId} ${seq} does not verify`);
    return receipt;
  }
}
