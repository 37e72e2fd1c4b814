/**
 * The wire between a seat and the server, shared by both: message shapes, and the text whose hash makes the chain.
 * Runs in the browser and in Node; imports nothing. Rules: docs/decisions on delivery, rules 1 to 12.
 *
 * head(n) = SHA-256( head(n-1) bytes, then UTF-8 of `eventText` ), head(0) = SHA-256( UTF-8 of the sitting's id ).
 * Hashes and signatures travel as base64url without padding.
 */

/** answer: `value` = chosen letters, sorted, joined by ',' ('' = cleared). flag: '1' or '0'. visit: ''. */
export type EventKind = 'answer' | 'flag' | 'visit';

export interface SeatEvent {
  /** 1, 2, 3 ... without gaps within the sitting and epoch (a later epoch goes on counting from the server's last). */
  readonly seq: number;
  readonly kind: EventKind;
  /** Question number in this sitting's paper, from 1. */
  readonly item: number;
  readonly value: string;
  /** Milliseconds of the device's monotonic clock since the sitting's start, not counting pauses. */
  readonly monotonicMs: number;
  /** Head before this event. */
  readonly previous: string;
  /** Head after it, as the device computed it. */
  readonly head: string;
}

/** The text that the chain hashes for one event. The server hashes the same text in SQL. */
export function eventText(
  sittingId: string,
  epoch: number,
  event: Pick<SeatEvent, 'seq' | 'kind' | 'item' | 'value' | 'monotonicMs'>,
): string {
  return `${sittingId}|${epoch}|${event.seq}|${event.kind}|${event.item}|${event.monotonicMs}|${event.value}`;
}

/** POST /sit/start */
export interface StartRequest {
  /** Public key of the device's non-exportable ECDSA P-256 key pair. */
  readonly deviceKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };
  /** True when the candidate ticked that he or she read the rules. */
  readonly rulesRead: true;
}

/** The clock, as the server sees it; in every answer. */
export interface SeatClock {
  readonly serverNow: string;
  readonly state:
    | 'checked_in'
    | 'running'
    | 'paused'
    | 'handed_in'
    | 'timed_out'
    | 'ended_by_invigilator'
    | 'released'
    | 'void'
    | 'held';
  readonly allowedMs: number;
  readonly usedMs: number;
  readonly remainingMs: number;
  /** Who paused or stopped it and when, for the screen. */
  readonly notice: string | null;
}

/** GET /sit/state: what the seat waits for, asked every few seconds before the start and when the clock stands. */
export interface SeatState {
  readonly state: SeatClock['state'] | 'booked' | 'cancelled' | 'absent' | 'marked';
  readonly test: string;
  readonly candidateName: string;
  readonly candidateNumber: string;
  readonly seat: number;
  readonly questions: number;
  /** "60 minutes = 48 + 25 %" */
  readonly reckoning: string;
  /** From the start on. */
  readonly clock: SeatClock | null;
  /** Where the seat belongs in this state: '/sit/waiting', '/sit/test' or '/sit/result'. */
  readonly goTo: string;
  readonly serverNow: string;
}

/** GET /sit/paper, also the answer to POST /sit/start: all the seat needs, and never a key. */
export interface Paper {
  readonly sittingId: string;
  readonly epoch: number;
  readonly title: string;
  readonly candidateName: string;
  readonly candidateNumber: string;
  readonly centreName: string;
  readonly questions: readonly {
    readonly number: number;
    readonly kind: 'choice' | 'multiple';
    /** Most letters an answer may name; 1 for `choice`. */
    readonly most: number;
    readonly html: string;
  }[];
  /** "60 minutes = 48 + 25 %" */
  readonly reckoning: string;
  readonly clock: SeatClock;
  /** What the server holds: the seat rebuilds from this and its own journal's tail. */
  readonly held: {
    readonly lastSeq: number;
    readonly head: string;
    readonly answers: readonly { readonly item: number; readonly value: string }[];
    readonly flags: readonly number[];
  };
  /** Public keys that receipts are signed with (ECDSA P-256), newest first. */
  readonly receiptKeys: readonly {
    readonly kid: string;
    readonly kty: string;
    readonly crv: string;
    readonly x: string;
    readonly y: string;
  }[];
  readonly settings: { readonly offlineBannerMs: number; readonly pulseMs: number; readonly eventsPerRequest: number };
}

/** POST /sit/answers */
export interface SaveRequest {
  readonly sittingId: string;
  readonly epoch: number;
  readonly events: readonly SeatEvent[];
}

/** What a receipt signs: taken from the stored row alone, so that a retry gets the same content byte for byte. */
export interface Receipt {
  readonly sittingId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly head: string;
  /** When the row was committed, ISO 8601. */
  readonly at: string;
}

/** The text whose signature (ECDSA P-256, SHA-256, IEEE P1363, base64url) stands beside a receipt. */
export function receiptText(receipt: Receipt): string {
  return `imi-connect receipt 1|${receipt.sittingId}|${receipt.epoch}|${receipt.seq}|${receipt.head}|${receipt.at}`;
}

/**
 * 200. The receipt may stop before the last event that was sent (the clock was paused or over within the request): what
 * follows it is not saved; send it again and read what is said of it.
 */
export interface SaveAnswer {
  readonly receipt: Receipt;
  readonly kid: string;
  readonly signature: string;
  /** Not signed. */
  readonly clock: SeatClock;
}

/**
 * 409. gap: send again from lastSeq + 1. fork: another event stands in this place (an incident). lease_lost: another
 * device writes now; freeze. closed, late: the events are kept outside the chain (held) and do not count by themselves.
 */
export interface SaveRefusal {
  readonly verdict: 'gap' | 'fork' | 'lease_lost' | 'closed' | 'late';
  readonly lastSeq: number;
  readonly head: string;
  readonly clock: SeatClock;
}

/**
 * 503, with Retry-After in seconds: neither saved nor refused, send the same again. busy: somebody else writes this
 * sitting. paused: stamped after the pause began; keep the events and send them after the resume. unknown: the server
 * cannot tell whether it was saved; the retry settles it.
 */
export interface SaveLater {
  readonly verdict: 'busy' | 'paused' | 'unknown';
  readonly clock: SeatClock | null;
}

/** 401: this browser holds no seat (never admitted, or released long ago): go to /sit. */
export interface NoSeat {
  readonly verdict: 'no_seat';
}

/** 400: the request itself is wrong (not JSON, a question that is not in the paper, letters it does not have). Sending it again cannot help. */
export interface NotUnderstood {
  readonly verdict: 'not_understood';
  readonly why: string;
}

/** POST /sit/hand-in: closes only when the server holds exactly this. */
export interface HandInRequest {
  readonly sittingId: string;
  readonly epoch: number;
  readonly uptoSeq: number;
  readonly head: string;
  /** By the device key, over `handInText`. */
  readonly signature: string;
}

export function handInText(request: Pick<HandInRequest, 'sittingId' | 'epoch' | 'uptoSeq' | 'head'>): string {
  return `imi-connect hand-in 1|${request.sittingId}|${request.epoch}|${request.uptoSeq}|${request.head}`;
}

/** 200: the submission receipt; the result stands at /sit/result. 409: SaveRefusal says what is missing. */
export interface HandInAnswer {
  readonly content: {
    readonly sittingId: string;
    /** Code and version of the test form: "VES-L2 version 3". */
    readonly form: string;
    /** Events in the chain that was handed in. */
    readonly count: number;
    readonly head: string;
    readonly at: string;
  };
  readonly kid: string;
  readonly signature: string;
  /** A short code in words, to note down. */
  readonly words: string;
}

/** The text whose signature stands beside a submission receipt (same algorithm and keys as `receiptText`). */
export function submissionText(content: HandInAnswer['content']): string {
  return `imi-connect submission 1|${content.sittingId}|${content.form}|${content.count}|${content.head}|${content.at}`;
}

/** POST /sit/pulse, every `pulseMs`: a sign of life; the answer carries the clock, so that a pause arrives. */
export interface PulseRequest {
  readonly sittingId: string;
  readonly epoch: number;
  readonly leftWindow: boolean;
  readonly autofilled: boolean;
}

/** 200. A 409 with `verdict: 'lease_lost'` (SaveRefusal) says that another device writes now. */
export interface PulseAnswer {
  readonly clock: SeatClock;
  readonly lastSeq: number;
}
