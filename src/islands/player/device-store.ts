/**
 * The journal's disk: IndexedDB, every record encrypted by a key that lies beside it and cannot be read out, every
 * event flushed to the disk before it counts (`durability: 'strict'`; the browsers' default loses the last seconds in
 * a power cut). Machines are shared: all of a sitting is removed after its hand-in.
 */
import type { Paper, SeatEvent } from '../../systems/online-assessments/protocol/wire.ts';
import { bytesOf } from './chain.ts';
import type { KeptTime } from './clock.ts';
import type { Found, JournalStore } from './journal.ts';
import type { SignedReceipt } from './receipts.ts';

const DATABASE = 'imi-seat';
/** Waiting for its sitting's id: the device key that POST /sit/start is about to name. */
const PENDING = 'pending';

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** Keys of one sitting. None can be exported: the browser uses them, nobody sees them. */
export interface SeatKeys {
  /** Null when this browser did not start the sitting. */
  readonly device: CryptoKeyPair | null;
  readonly journal: CryptoKey;
}

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The disk refused.'));
    transaction.onerror = () => reject(transaction.error);
  });

/** Opens the disk. Rejects where the browser has none (private windows of some browsers, storage switched off). */
export async function openDeviceStore(): Promise<DeviceStore> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('keys');
    request.result.createObjectStore('seat');
    request.result.createObjectStore('events');
    request.result.createObjectStore('pictures');
  };
  return new DeviceStore(await asked(request));
}

type StoreName = 'keys' | 'seat' | 'events' | 'pictures';

export class DeviceStore {
  readonly #db: IDBDatabase;

  constructor(db: IDBDatabase) {
    this.#db = db;
    // Another tab removes everything after the hand-in: do not stand in its way.
    db.onversionchange = () => db.close();
  }

  /** The device key for a start that is about to be asked for; the same one when it is asked for again. */
  async pendingDeviceKey(): Promise<CryptoKeyPair> {
    const kept = (await this.#get('keys', PENDING)) as CryptoKeyPair | undefined;
    if (kept) return kept;
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    await this.#put('keys', PENDING, pair);
    return pair;
  }

  /** The keys of a sitting, made where they are missing. The pending device key becomes this sitting's. */
  async keysOf(sittingId: string, takePending = true): Promise<SeatKeys> {
    const kept = (await this.#get('keys', sittingId)) as SeatKeys | undefined;
    const pending = (await this.#get('keys', PENDING)) as CryptoKeyPair | undefined;
    if (kept && (kept.device || !pending || !takePending)) return kept;
    const keys: SeatKeys = {
      device: pending ?? null,
      journal:
        kept?.journal ??
        (await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])),
    };
    const transaction = this.#write(['keys']);
    transaction.objectStore('keys').put(keys, sittingId);
    transaction.objectStore('keys').delete(PENDING);
    await finished(transaction);
    return keys;
  }

  /** The sitting that was last worked on in this browser. */
  async lastSitting(): Promise<string | null> {
    return ((await this.#get('seat', 'last')) as string | undefined) ?? null;
  }

  /** Opens a sitting's journal and makes it the last one. */
  async openSitting(sittingId: string): Promise<SittingStore> {
    const { journal } = await this.keysOf(sittingId);
    await this.#put('seat', 'last', sittingId);
    return new SittingStore(this.#db, sittingId, journal);
  }

  /** Removes what earlier sittings left, unless events without a receipt are among it: those stay, encrypted. */
  async forgetOthers(sittingId: string): Promise<void> {
    const keys = await asked(this.#db.transaction('keys').objectStore('keys').getAllKeys());
    for (const other of keys) {
      if (typeof other !== 'string' || other === PENDING || other === sittingId) continue;
      const { journal } = await this.keysOf(other, false);
      const found = await new SittingStore(this.#db, other, journal).found();
      const last = found?.events.at(-1)?.seq ?? 0;
      if ((found?.receipt?.receipt.seq ?? 0) >= last) await this.forget(other);
    }
  }

  /** Removes everything of a sitting, keys first: what might remain can no longer be read. */
  async forget(sittingId: string): Promise<void> {
    const transaction = this.#write(['keys', 'seat', 'events', 'pictures']);
    transaction.objectStore('keys').delete(sittingId);
    const all = rangeOf(sittingId);
    for (const name of ['seat', 'events', 'pictures'] as const) transaction.objectStore(name).delete(all);
    const last = transaction.objectStore('seat').get('last');
    last.onsuccess = () => {
      if (last.result === sittingId) transaction.objectStore('seat').delete('last');
    };
    await finished(transaction);
  }

  #write(names: StoreName[]): IDBTransaction {
    return this.#db.transaction(names, 'readwrite', { durability: 'strict' });
  }

  #get(store: StoreName, key: string): Promise<unknown> {
    return asked(this.#db.transaction(store).objectStore(store).get(key));
  }

  async #put(store: StoreName, key: string, value: unknown): Promise<void> {
    const transaction = this.#write([store]);
    transaction.objectStore(store).put(value, key);
    await finished(transaction);
  }
}

/** Every key that begins with these parts. An empty list sorts behind all numbers and texts. */
function rangeOf(...parts: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

/** What one sitting keeps on this device. */
export class SittingStore implements JournalStore {
  readonly #db: IDBDatabase;
  readonly #sittingId: string;
  readonly #key: CryptoKey;
  #epoch = 0;

  constructor(db: IDBDatabase, sittingId: string, key: CryptoKey) {
    this.#db = db;
    this.#sittingId = sittingId;
    this.#key = key;
  }

  async append(event: SeatEvent): Promise<void> {
    await this.#put('events', [this.#epoch, event.seq], JSON.stringify(event), 'strict');
  }

  async keepReceipt(receipt: SignedReceipt): Promise<void> {
    await this.#put('seat', ['receipt'], JSON.stringify(receipt), 'relaxed');
  }

  /** Keeps the paper as the server sent it, so that a reload without network can show it. */
  async keepPaper(paper: Paper): Promise<void> {
    await this.#put('seat', ['paper'], JSON.stringify(paper), 'strict');
  }

  async paper(): Promise<Paper | null> {
    return (await this.#json('seat', ['paper'])) as Paper | null;
  }

  async keepTime(time: KeptTime): Promise<void> {
    await this.#put('seat', ['time'], JSON.stringify(time), 'relaxed');
  }

  async time(): Promise<KeptTime | null> {
    return (await this.#json('seat', ['time'])) as KeptTime | null;
  }

  /** Notes on which epoch and place this device's chain stands; events are kept for this epoch from now on. */
  async begin(epoch: number, base: Found['base']): Promise<void> {
    this.#epoch = epoch;
    await this.#put('seat', ['base'], JSON.stringify({ epoch, base }), 'strict');
  }

  /** What an earlier visit left; null when there is nothing, or nothing that can be read. */
  async found(): Promise<Found | null> {
    const base = (await this.#json('seat', ['base'])) as Pick<Found, 'epoch' | 'base'> | null;
    if (!base) return null;
    const store = this.#db.transaction('events').objectStore('events');
    const events: SeatEvent[] = [];
    for (const sealed of (await asked(store.getAll(rangeOf(this.#sittingId, base.epoch)))) as Sealed[]) {
      const bytes = await this.#open(sealed);
      if (bytes) events.push(JSON.parse(new TextDecoder().decode(bytes)) as SeatEvent);
    }
    return { ...base, events, receipt: (await this.#json('seat', ['receipt'])) as SignedReceipt | null };
  }

  async keepPicture(url: string, type: string, bytes: ArrayBuffer): Promise<void> {
    const sealed = await this.#seal(new Uint8Array(bytes));
    const transaction = this.#db.transaction('pictures', 'readwrite', { durability: 'relaxed' });
    transaction.objectStore('pictures').put({ ...sealed, type }, [this.#sittingId, url]);
    await finished(transaction);
  }

  async picture(url: string): Promise<Blob | null> {
    const sealed = (await this.#get('pictures', [url])) as (Sealed & { type: string }) | undefined;
    const bytes = sealed && (await this.#open(sealed));
    return bytes ? new Blob([bytes], { type: sealed.type }) : null;
  }

  async #put(
    store: StoreName,
    key: (string | number)[],
    text: string,
    durability: IDBTransactionDurability,
  ): Promise<void> {
    const sealed = await this.#seal(bytesOf(text));
    const transaction = this.#db.transaction(store, 'readwrite', { durability });
    transaction.objectStore(store).put(sealed, [this.#sittingId, ...key]);
    await finished(transaction);
  }

  #get(store: StoreName, key: (string | number)[]): Promise<unknown> {
    return asked(
      this.#db
        .transaction(store)
        .objectStore(store)
        .get([this.#sittingId, ...key]),
    );
  }

  async #json(store: StoreName, key: (string | number)[]): Promise<unknown> {
    const sealed = (await this.#get(store, key)) as Sealed | undefined;
    const bytes = sealed && (await this.#open(sealed));
    return bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null;
  }

  async #seal(bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#key, bytes) };
  }

  async #open({ iv, bytes }: Sealed): Promise<ArrayBuffer | null> {
    try {
      return await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#key, bytes);
    } catch {
      // Sealed by a key that is gone: as good as not there.
      return null;
    }
  }
}
