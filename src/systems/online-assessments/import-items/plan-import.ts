/** What an import does to a bank: which questions are new, changed or the same. Pure. */
import { type Item, type ItemKey, splitItem } from '#qti';
import { canonicalJson, contentHash } from '../item-bank/stored-content.ts';

/** A question of the bank as it stands. */
export interface HeldItem {
  readonly itemId: string;
  readonly code: string;
  readonly version: number;
  /** Hexadecimal SHA-256 of content and pictures (`contentHash`). */
  readonly hash: string;
  readonly key: ItemKey;
}

/** A question to be written: `held` is the item it is a new version of, null for a new item. */
export interface ItemToWrite {
  readonly item: Item;
  readonly hash: Buffer;
  readonly held: HeldItem | null;
}

export interface ImportPlan {
  readonly toWrite: readonly ItemToWrite[];
  readonly itemsNew: number;
  readonly itemsChanged: number;
  readonly itemsSame: number;
}

/**
 * Compares questions with those held, by code. A question is the same when content, pictures and key are; questions
 * that the file does not name are left alone.
 * @param pictures hexadecimal SHA-256 of each picture of the file, by name.
 */
export function planImport(
  items: readonly Item[],
  pictures: ReadonlyMap<string, string>,
  held: readonly HeldItem[],
): ImportPlan {
  const byCode = new Map(held.map((one) => [one.code, one]));
  const compared = items.map((item) => {
    const { content, key } = splitItem(item);
    const before = byCode.get(item.code) ?? null;
    const hash = contentHash(content, pictures);
    const same = before?.hash === hash.toString('hex') && canonicalJson(before.key) === canonicalJson(key);
    return { item, hash, held: before, same };
  });
  const toWrite = compared.filter(({ same }) => !same);
  const itemsNew = toWrite.filter((one) => one.held === null).length;
  return {
    toWrite,
    itemsNew,
    itemsChanged: toWrite.length - itemsNew,
    itemsSame: compared.length - toWrite.length,
  };
}
