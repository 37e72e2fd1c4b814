/** Reads what a seat sends. By hand, because it runs for every answer; what it lets through cannot break a statement. */
import type { SaveRequest, SeatEvent } from '../protocol/wire.ts';

/** What an answer to one question may be: `choices` letters from A, at most `most` of them. */
export interface Answerable {
  readonly choices: number;
  readonly most: number;
}

export const MAX_EVENTS = 50;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HASH = /^[A-Za-z0-9_-]{43}$/;
const LETTERS = /^[A-Z](,[A-Z])*$/;
const MAX_INT = 2_147_483_647;
// A year: far beyond any sitting.
const MAX_MS = 31_536_000_000;

export type ReadRequest =
  | { readonly ok: true; readonly value: SaveRequest }
  | { readonly ok: false; readonly why: string };

const wrong = (why: string): ReadRequest => ({ ok: false, why });
const isCount = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

/** The request, if all of it is well-formed and fits the paper; else why not. Places must follow each other. */
export function readSaveRequest(body: unknown, paper: readonly Answerable[]): ReadRequest {
  const { sittingId, epoch, events } = (body ?? {}) as Partial<Record<keyof SaveRequest, unknown>>;
  if (typeof sittingId !== 'string' || !UUID.test(sittingId)) return wrong('sittingId is not the id of a sitting');
  if (!isCount(epoch, MAX_INT) || epoch < 1) return wrong('epoch is not a whole number from 1');
  if (!Array.isArray(events) || events.length < 1 || events.length > MAX_EVENTS)
    return wrong(`events must be 1 to ${MAX_EVENTS}`);
  let expected = 0;
  for (const event of events as Partial<Record<keyof SeatEvent, unknown>>[]) {
    const problem = eventProblem(event, paper);
    if (problem) return wrong(problem);
    if (expected !== 0 && event.seq !== expected) return wrong('the events of one request must follow each other');
    expected = (event.seq as number) + 1;
  }
  return { ok: true, value: { sittingId, epoch, events: (events as SeatEvent[]).map(onlyKnown) } };
}

function eventProblem(
  event: Partial<Record<keyof SeatEvent, unknown>> | null,
  paper: readonly Answerable[],
): string | null {
  if (typeof event !== 'object' || event === null) return 'an event is not an object';
  const { seq, kind, item, value, monotonicMs, previous, head } = event;
  if (!isCount(seq, MAX_INT - 1) || seq < 1) return 'seq is not a whole number from 1';
  if (!isCount(monotonicMs, MAX_MS)) return 'monotonicMs is not a whole number of milliseconds';
  if (typeof previous !== 'string' || !HASH.test(previous)) return 'previous is not a hash';
  if (typeof head !== 'string' || !HASH.test(head)) return 'head is not a hash';
  if (!isCount(item, MAX_INT) || item < 1 || item > paper.length) return 'item is not a question of this paper';
  if (typeof value !== 'string') return 'value is not text';
  switch (kind) {
    case 'answer':
      return lettersProblem(value, paper[item - 1] as Answerable);
    case 'flag':
      return value === '0' || value === '1' ? null : 'a flag is 1 or 0';
    case 'visit':
      return value === '' ? null : 'a visit has no value';
    default:
      return 'kind is not answer, flag or visit';
  }
}

function lettersProblem(value: string, { choices, most }: Answerable): string | null {
  if (value === '') return null;
  if (value.length > 51 || !LETTERS.test(value)) return 'an answer is letters, joined by commas';
  const letters = value.split(',');
  if (letters.length > most) return 'more letters than the question allows';
  let before = '';
  for (const letter of letters) {
    if (letter <= before) return 'the letters of an answer are sorted, each once';
    if (letter.charCodeAt(0) - 65 >= choices) return 'a letter that the question does not have';
    before = letter;
  }
  return null;
}

/** Without what else the object may carry. */
const onlyKnown = ({ seq, kind, item, value, monotonicMs, previous, head }: SeatEvent): SeatEvent => ({
  seq,
  kind,
  item,
  value,
  monotonicMs,
  previous,
  head,
});
