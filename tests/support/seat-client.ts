/** A seat in Node: speaks the wire protocol, keeps its journal and chain, and verifies every receipt before it believes it. */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import {
  type EventKind,
  eventText,
  type HandInAnswer,
  handInText,
  type Paper,
  type Receipt,
  receiptText,
  type SaveAnswer,
  type SaveLater,
  type SaveRefusal,
  type SeatEvent,
  submissionText,
} from '../../src/systems/online-assessments/protocol/wire.ts';
import type { PlainBrowser } from './application.ts';

export interface SentEvent extends SeatEvent {
  readonly epoch: number;
}

/** What the seat knows at the end: what it sent, and what was confirmed. `checkLedger` compares it with the database. */
export interface SeatLog {
  readonly sittingId: string;
  readonly sent: readonly SentEvent[];
  readonly receipts: readonly Receipt[];
}

export type SaveReply =
  | { readonly status: 200; readonly body: SaveAnswer }
  | { readonly status: 409; readonly body: SaveRefusal }
  | { readonly status: 503; readonly body: SaveLater }
  | { readonly status: number; readonly body: { readonly verdict: string; readonly why?: string } };

const EMPTY_WAIT = 50;

export class SeatClient {
  readonly url: string;
  readonly browser: PlainBrowser;
  paper!: Paper;
  epoch = 1;
  /** Every event that was made, in order, whether saved or not. */
  readonly journal: SentEvent[] = [];
  readonly sent: SentEvent[] = [];
  readonly receipts: Receipt[] = [];
  #head = '';
  #seq = 0;
  #started = 0;
  readonly #device = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #keys = new Map<string, KeyObject>();

  constructor(url: string, browser: PlainBrowser) {
    this.url = url;
    this.browser = browser;
  }

  get sittingId(): string {
    return this.paper.sittingId;
  }
  get lastSeq(): number {
    return this.#seq;
  }
  get head(): string {
    return this.#head;
  }
  get log(): SeatLog {
    return { sittingId: this.paper.sittingId, sent: this.sent, receipts: this.receipts };
  }
  get deviceKey(): { kty: 'EC'; crv: 'P-256'; x: string; y: string } {
    const { x = '', y = '' } = this.#device.publicKey.export({ format: 'jwk' });
    return { kty: 'EC', crv: 'P-256', x, y };
  }

  /** POST /sit/start, and takes over what the server holds. */
  async start(): Promise<Paper> {
    const answer = await this.browser.postJson('/sit/start', { deviceKey: this.deviceKey, rulesRead: true });
    if (answer.status !== 200) throw new Error(`the sitting did not start: ${answer.status} ${answer.text}`);
    this.paper = JSON.parse(answer.text) as Paper;
    this.resume();
    this.#started = performance.now() - this.paper.clock.usedMs;
    this.#keys = new Map(
      this.paper.receiptKeys.map(({ kid, ...jwk }) => [
        kid,
        createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }),
      ]),
    );
    return this.paper;
  }

  /** Goes on from what the paper says that the server holds. */
  resume(): void {
    this.epoch = this.paper.epoch;
    this.#head = this.paper.held.head;
    this.#seq = this.paper.held.lastSeq;
  }

  /** Makes the next event of the chain without sending it. */
  make(
    kind: EventKind,
    item: number,
    value: string,
    monotonicMs = Math.max(0, Math.round(performance.now() - this.#started)),
  ): SentEvent {
    const seq = ++this.#seq;
    const previous = this.#head;
    const text = eventText(this.sittingId, this.epoch, { seq, kind, item, value, monotonicMs });
    const head = createHash('sha256')
      .update(Buffer.from(previous, 'base64url'))
      .update(text, 'utf8')
      .digest('base64url');
    this.#head = head;
    const event = { seq, kind, item, value, monotonicMs, previous, head, epoch: this.epoch };
    this.journal.push(event);
    return event;
  }

  /** The letters under which the right choices of a question stand (the fixture's questions say it in their texts). */
  rightLetters(item: number): string {
    const html = this.paper.questions[item - 1]?.html ?? '';
    return [...html.matchAll(/value="([A-Z])"[^>]*><span class="k">[A-Z]<\/span><span>Right/g)]
      .map(([, letter]) => letter)
      .join(',');
  }

  /** Answers a question and sends it. */
  answer(item: number, value: string): Promise<SaveReply> {
    return this.send([this.make('answer', item, value)]);
  }

  /** Sends events as they are; a receipt that does not verify, or names another head than the chain's, throws. */
  async send(events: readonly SentEvent[], epoch = this.epoch): Promise<SaveReply> {
    this.sent.push(...events);
    const body = { sittingId: this.sittingId, epoch, events: events.map(({ epoch: _, ...event }) => event) };
    const answer = await this.browser.postJson('/sit/answers', body);
    const reply = { status: answer.status, body: JSON.parse(answer.text) } as SaveReply;
    if (reply.status === 200) this.#believe(reply.body as SaveAnswer);
    return reply;
  }

  #believe({ receipt, kid, signature }: SaveAnswer): void {
    if (!this.verifies(receiptText(receipt), signature, kid))
      throw new Error(`the receipt ${receipt.seq} does not verify`);
    const own = this.journal.find((event) => event.seq === receipt.seq && event.epoch === receipt.epoch);
    if (receipt.sittingId !== this.sittingId || own?.head !== receipt.head)
      throw new Error(`the receipt ${receipt.seq} names another head than the seat's`);
    this.receipts.push(receipt);
  }

  verifies(text: string, signature: string, kid: string): boolean {
    const key = this.#keys.get(kid);
    return (
      !!key &&
      verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
    );
  }

  /** Sends until everything in the journal is confirmed, whatever the network and server do; gives up at `until` (ms of the epoch). */
  async settle(until: number): Promise<void> {
    for (;;) {
      const confirmed = this.receipts.at(-1)?.seq ?? this.paper.held.lastSeq;
      const rest = this.journal.filter(({ seq, epoch }) => seq > confirmed && epoch === this.epoch).slice(0, 50);
      if (rest.length === 0) return;
      if (Date.now() > until) throw new Error(`${rest.length} events were not confirmed in time`);
      const reply = await this.send(rest).catch(() => null);
      if (reply?.status === 409) throw new Error(`refused: ${(reply.body as SaveRefusal).verdict}`);
      if (reply?.status !== 200) await new Promise((resolve) => setTimeout(resolve, EMPTY_WAIT));
    }
  }

  pulse(leftWindow = false): Promise<{ status: number; text: string }> {
    return this.browser.postJson('/sit/pulse', {
      sittingId: this.sittingId,
      epoch: this.epoch,
      leftWindow,
      autofilled: false,
    });
  }

  /** Hands in what the chain holds, or what `changes` say instead. */
  async handIn(
    changes: { uptoSeq?: number; head?: string } = {},
  ): Promise<{ status: number; body: HandInAnswer & SaveRefusal }> {
    const named = { sittingId: this.sittingId, epoch: this.epoch, uptoSeq: this.#seq, head: this.#head, ...changes };
    const signature = sign('sha256', Buffer.from(handInText(named)), {
      key: this.#device.privateKey,
      dsaEncoding: 'ieee-p1363',
    }).toString('base64url');
    const answer = await this.browser.postJson('/sit/hand-in', { ...named, signature });
    const body = JSON.parse(answer.text) as HandInAnswer & SaveRefusal;
    if (answer.status === 200 && !this.verifies(submissionText(body.content), body.signature, body.kid))
      throw new Error('the submission receipt does not verify');
    return { status: answer.status, body };
  }
}
