/** Whether the server answers: offline when it has been silent for a while although it was asked. */

export class Connection {
  readonly #monotonic: () => number;
  readonly #bannerMs: number;
  #silentSince: number | null = null;

  /** `bannerMs`: how long silence may last before it counts as offline. */
  constructor(monotonic: () => number, bannerMs: number) {
    this.#monotonic = monotonic;
    this.#bannerMs = bannerMs;
  }

  /** A request left, or the browser says that the network went away. */
  asked(): void {
    this.#silentSince ??= this.#monotonic();
  }

  /** The server spoke. */
  answered(): void {
    this.#silentSince = null;
  }

  get offline(): boolean {
    return this.#silentSince !== null && this.#monotonic() - this.#silentSince >= this.#bannerMs;
  }
}
