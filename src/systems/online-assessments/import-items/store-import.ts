/** Writes an import into a bank, all of it in the writer's transaction. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { type ItemKey, NO_TOPIC, type Picture, splitItem } from '#qti';
import { itemsImported } from '../audit.ts';
import { loadKeys } from '../item-bank/load-items.ts';
import { type HeldItem, type ItemToWrite, planImport } from './plan-import.ts';
import type { Recognised } from './recognise.ts';

export interface ImportToStore {
  readonly bankId: string;
  readonly fileName: string;
  readonly fileSha256: Buffer;
  /** Read without errors. */
  readonly read: Recognised;
}

export interface StoredImport {
  readonly id: string;
  readonly itemsNew: number;
  readonly itemsChanged: number;
  readonly itemsSame: number;
}

/** How many rows one statement inserts: far below the 65,535 parameters that PostgreSQL takes. */
const ROWS = 1_000;
const PICTURES = 50;

/**
 * Stores the questions: new ones, a new version of each that changed, nothing for those that are the same. Imports into
 * one bank wait for each other. Keys of held questions are read in the scope of the system, since authors write keys
 * and do not read them from the tables.
 */
export async function storeImport(services: Services, writer: Writer, given: ImportToStore): Promise<StoredImport> {
  const { bankId, read } = given;
  await writer.db
    .selectFrom('online_assessments.item_banks')
    .select('id')
    .where('id', '=', bankId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const held = await heldItems(services, writer, bankId);
  const hashes = new Map(read.pictures.map(({ name, sha256 }) => [name, sha256]));
  const { toWrite, ...counts } = planImport(read.items, hashes, held);
  const { id } = await writer.db
    .insertInto('online_assessments.imports')
    .values({
      bank_id: bankId,
      file_name: given.fileName,
      file_sha256: given.fileSha256,
      format: read.format,
      items_new: counts.itemsNew,
      items_changed: counts.itemsChanged,
      items_same: counts.itemsSame,
      pictures: read.pictures.length,
      warnings: JSON.stringify(read.diagnostics.map(({ message }) => message)),
      imported_at: writer.now,
      imported_by: writer.identity.personId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await storePictures(writer, read.pictures);
  await storeVersions(writer, { bankId, importId: id, toWrite, hashes });
  await writer.audit(
    itemsImported,
    { kind: 'item-bank', id: bankId },
    {
      importId: id,
      fileName: given.fileName,
      fileSha256: given.fileSha256.toString('hex'),
      format: read.format,
      ...counts,
      pictures: read.pictures.length,
    },
    null,
  );
  return { id, ...counts };
}

async function heldItems(services: Services, writer: Writer, bankId: string): Promise<HeldItem[]> {
  const rows = await writer.rows(sql<Omit<HeldItem, 'key'> & { versionId: string }>`
    select i.id as "itemId", i.code, v.version, v.id as "versionId", encode(v.content_sha256, 'hex') as hash
    from online_assessments.items i join online_assessments.item_versions v on v.id = i.current_version_id
    where i.bank_id = ${bankId}`);
  if (rows.length === 0) return [];
  const keys = await services.database.read(SYSTEM, (reader) =>
    loadKeys(
      reader,
      rows.map(({ versionId }) => versionId),
    ),
  );
  return rows.map(({ versionId, ...row }) => ({ ...row, key: keys.get(versionId) as ItemKey }));
}

async function storePictures({ db }: Writer, pictures: readonly Picture[]): Promise<void> {
  const once = [...new Map(pictures.map((picture) => [picture.sha256, picture])).values()];
  for (const some of slices(once, PICTURES)) {
    await db
      .insertInto('online_assessments.pictures')
      .values(
        some.map(({ sha256, mediaType, bytes, width, height }) => ({
          sha256: Buffer.from(sha256, 'hex'),
          media_type: mediaType,
          bytes,
          width,
          height,
        })),
      )
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
  }
}

interface Versions {
  readonly bankId: string;
  readonly importId: string;
  readonly toWrite: readonly ItemToWrite[];
  readonly hashes: ReadonlyMap<string, string>;
}

async function storeVersions(writer: Writer, { bankId, importId, toWrite, hashes }: Versions): Promise<void> {
  const { db } = writer;
  for (const some of slices(toWrite, ROWS)) {
    const itemIds = await itemIdsOf(writer, bankId, some);
    const idOf = (one: ItemToWrite) => itemIds.get(one.item.code) as string;
    const versions = await db
      .insertInto('online_assessments.item_versions')
      .values(
        some.map((one) => ({
          item_id: idOf(one),
          version: (one.held?.version ?? 0) + 1,
          content: JSON.stringify(splitItem(one.item).content),
          content_sha256: one.hash,
          import_id: importId,
          created_at: writer.now,
        })),
      )
      .returning(['id', 'item_id'])
      .execute();
    const versionOf = new Map(versions.map(({ id, item_id }) => [item_id, id]));
    await db
      .insertInto('online_assessments.item_keys')
      .values(
        some.map((one) => ({
          item_version_id: versionOf.get(idOf(one)) as string,
          key: JSON.stringify(one.item.key),
        })),
      )
      .execute();
    const links = some.flatMap((one) =>
      one.item.pictures.map(({ name }) => ({
        item_version_id: versionOf.get(idOf(one)) as string,
        name,
        sha256: Buffer.from(hashes.get(name) as string, 'hex'),
      })),
    );
    for (const part of slices(links, ROWS)) {
      await db.insertInto('online_assessments.item_pictures').values(part).execute();
    }
    await writer.rows(sql`
      update online_assessments.items i set current_version_id = n.version_id, group_code = n.group_code, topic = n.topic
      from unnest(${some.map(idOf)}::uuid[], ${some.map((one) => versionOf.get(idOf(one)) as string)}::uuid[],
        ${some.map(({ item }) => groupOf(item))}::text[], ${some.map(({ item }) => topicOf(item))}::text[])
        as n (item_id, version_id, group_code, topic)
      where i.id = n.item_id`);
  }
}

async function itemIdsOf({ db }: Writer, bankId: string, some: readonly ItemToWrite[]): Promise<Map<string, string>> {
  const ids = new Map(some.flatMap(({ item, held }) => (held ? [[item.code, held.itemId] as const] : [])));
  const fresh = some.filter(({ held }) => held === null);
  if (fresh.length === 0) return ids;
  const rows = await db
    .insertInto('online_assessments.items')
    .values(
      fresh.map(({ item }) => ({
        bank_id: bankId,
        code: item.code,
        group_code: groupOf(item),
        topic: topicOf(item),
      })),
    )
    .returning(['id', 'code'])
    .execute();
  for (const { id, code } of rows) ids.set(code, id);
  return ids;
}

/** The group from which forms draw; empty for a question without one, which no form draws. */
const groupOf = (item: { readonly group?: string }) => item.group ?? '';
const topicOf = (item: { readonly group?: string; readonly topic?: string }) => item.topic ?? item.group ?? NO_TOPIC;

function* slices<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
