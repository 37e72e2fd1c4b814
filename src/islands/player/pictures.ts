/** Pictures of the paper: fetched once, kept encrypted beside the journal, shown from memory. */
import type { SittingStore } from './device-store.ts';

export class Pictures {
  readonly #store: SittingStore | null;
  readonly #urls = new Map<string, Promise<string | null>>();

  constructor(store: SittingStore | null) {
    this.#store = store;
  }

  /** An address that this page can show, or null while the picture cannot be had. */
  async url(source: string): Promise<string | null> {
    const asked = this.#urls.get(source) ?? this.#load(source);
    this.#urls.set(source, asked);
    const url = await asked;
    if (url === null) this.#urls.delete(source);
    return url;
  }

  /** Fetches what the candidate has not come to yet, one after the other, as the questions name it. */
  async fetchAll(questions: readonly string[]): Promise<void> {
    for (const html of questions) {
      for (const [, source] of html.matchAll(/<img src="([^"]+)"/g)) await this.url(source as string);
    }
  }

  async #load(source: string): Promise<string | null> {
    try {
      const kept = await this.#store?.picture(source);
      if (kept) return URL.createObjectURL(kept);
    } catch {
      // The disk failed; the network may not.
    }
    try {
      const response = await fetch(source, { credentials: 'same-origin', cache: 'no-store' });
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok || !type.startsWith('image/')) return null;
      const bytes = await response.arrayBuffer();
      await this.#store?.keepPicture(source, type, bytes).catch(() => {});
      return URL.createObjectURL(new Blob([bytes], { type }));
    } catch {
      return null;
    }
  }
}
