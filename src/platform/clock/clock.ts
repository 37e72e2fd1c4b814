/** Where "now" comes from. The server's clock is the truth; tests set their own. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock for tests: stands still until it is moved. */
export class SetClock implements Clock {
  #at: number;
  constructor(at: Date | string) {
    this.#at = new Date(at).getTime();
  }
  now(): Date {
    return new Date(this.#at);
  }
  /** Moves the clock on by milliseconds. */
  advance(ms: number): void {
    this.#at += ms;
  }
}
