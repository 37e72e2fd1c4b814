/** What the candidate has answered and flagged: the server's state with the journal's events on top. */
import type { Paper, SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';

/** One question's state. `seq` is the event that its answer stands on; 0 when there was none. */
export interface ItemState {
  readonly value: string;
  readonly flagged: boolean;
  readonly seq: number;
}

const UNTOUCHED: ItemState = { value: '', flagged: false, seq: 0 };

/** All questions of a paper by number. */
export class AnswerSheet {
  readonly #items = new Map<number, ItemState>();

  /** `held`: what the server held when the paper was sent; its answers stand on events up to `held.lastSeq`. */
  constructor(held: Paper['held']) {
    for (const { item, value } of held.answers) this.#items.set(item, { ...this.of(item), value, seq: held.lastSeq });
    for (const item of held.flags) this.#items.set(item, { ...this.of(item), flagged: true });
  }

  of(item: number): ItemState {
    return this.#items.get(item) ?? UNTOUCHED;
  }

  /** Takes an event; the last event per question is the answer. */
  apply(event: Pick<SeatEvent, 'seq' | 'kind' | 'item' | 'value'>): void {
    const before = this.of(event.item);
    if (event.kind === 'answer') this.#items.set(event.item, { ...before, value: event.value, seq: event.seq });
    if (event.kind === 'flag') this.#items.set(event.item, { ...before, flagged: event.value === '1' });
  }

  /** The last event that an answer stands on; 0 when there is no answer. */
  get lastAnswerSeq(): number {
    return Math.max(0, ...[...this.#items.values()].map(({ seq }) => seq));
  }

  get answered(): number {
    return [...this.#items.values()].filter((item) => item.value !== '').length;
  }

  get flagged(): number {
    return [...this.#items.values()].filter((item) => item.flagged).length;
  }
}

/** The value of an answer event: chosen letters, sorted, joined by ','. */
export function answerValue(letters: readonly string[]): string {
  return [...letters].sort().join(',');
}
