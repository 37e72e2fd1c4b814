/** Time on the device: an estimate between two words of the server, which alone decides (delivery rule 7). */
import type { SeatClock } from '../../systems/online-assessments/protocol/wire.ts';

/** What a reload without network needs to go on counting. */
export interface KeptTime {
  readonly usedMs: number;
  readonly allowedMs: number;
  readonly running: boolean;
  /** Wall clock of the device, ms since 1970. */
  readonly wall: number;
}

/**
 * Counts with a monotonic clock from the server's last word. Milliseconds throughout.
 * `monotonic` is `performance.now` or a test's own.
 */
export class SeatTime {
  readonly #monotonic: () => number;
  #usedMs = 0;
  #allowedMs = 0;
  #running = false;
  #since = 0;
  #lastStamp = 0;

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Takes over the server's clock, as of now. */
  sync(clock: Pick<SeatClock, 'usedMs' | 'allowedMs' | 'state'>): void {
    this.#usedMs = clock.usedMs;
    this.#allowedMs = clock.allowedMs;
    this.#running = clock.state === 'running';
    this.#since = this.#monotonic();
  }

  /** Goes on from what was kept before a reload. A device clock that went backwards gives no time. */
  resume(kept: KeptTime, wallNow: number): void {
    const passed = kept.running ? Math.max(0, wallNow - kept.wall) : 0;
    this.#usedMs = kept.usedMs + passed;
    this.#allowedMs = kept.allowedMs;
    this.#running = kept.running;
    this.#since = this.#monotonic();
  }

  /** What `resume` wants. */
  keep(wallNow: number): KeptTime {
    return { usedMs: this.usedMs(), allowedMs: this.#allowedMs, running: this.#running, wall: wallNow };
  }

  usedMs(): number {
    return this.#usedMs + (this.#running ? this.#monotonic() - this.#since : 0);
  }

  remainingMs(): number {
    return Math.max(0, this.#allowedMs - this.usedMs());
  }

  get running(): boolean {
    return this.#running;
  }

  /** Never stamps earlier than this: the last stamp in the journal. */
  notBefore(stamp: number): void {
    this.#lastStamp = Math.max(this.#lastStamp, stamp);
  }

  /** The stamp of an event made now: whole ms of used time, never going back, never beyond the allowed time. */
  stamp(): number {
    const now = Math.max(0, Math.min(Math.floor(this.usedMs()), this.#allowedMs));
    this.#lastStamp = Math.max(this.#lastStamp, now);
    return this.#lastStamp;
  }
}

/** Minutes left at which the time is spoken. */
const SPOKEN = [10, 5, 1] as const;

/** The sentence to speak when the time left went from `before` to `now` (ms), or null. Only the nearest mark is spoken. */
export function spokenTime(before: number, now: number): string | null {
  const passed = SPOKEN.filter((minutes) => before > minutes * 60_000 && now <= minutes * 60_000);
  const mark = passed.at(-1);
  if (mark === undefined || now <= 0) return null;
  return mark === 1 ? '1 minute left.' : `${mark} minutes left.`;
}

/** "32:17"; "1:05:00" from an hour on. Rounded up, so that 0:00 means the end. */
export function clockText(remainingMs: number): string {
  const left = Math.max(0, Math.ceil(remainingMs / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(left / 60);
  return minutes < 60
    ? `${two(minutes)}:${two(left % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(left % 60)}`;
}
