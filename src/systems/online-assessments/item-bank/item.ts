/** One question with all its versions, for the page of authors and reviewers. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ItemContent, ItemKey } from '#qti';
import { loadItemContents, loadKeys, picturesOfVersions, type VersionPicture } from './load-items.ts';

export interface ItemFacts {
  readonly id: string;
  readonly code: string;
  readonly group: string;
  readonly topic: string;
  readonly status: 'live' | 'retired';
  readonly currentVersionId: string;
}

export interface VersionFacts {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly fileName: string | null;
  readonly importId: string | null;
  readonly by: string | null;
}

export interface ShownVersion {
  readonly content: ItemContent;
  readonly pictures: ReadonlyMap<string, VersionPicture>;
}

/** A question of a bank, or null. */
export async function itemOfBank(
  reader: Pick<Reader, 'rows'>,
  bankId: string,
  itemId: string,
): Promise<ItemFacts | null> {
  const [row] = await reader.rows(sql<ItemFacts>`
    select id, code, group_code as "group", topic, status, current_version_id as "currentVersionId"
    from online_assessments.items where id = ${itemId} and bank_id = ${bankId}`);
  return row ?? null;
}

/** The versions of a question, newest first. */
export function versionsOfItem(reader: Pick<Reader, 'rows'>, itemId: string): Promise<VersionFacts[]> {
  return reader.rows(sql<VersionFacts>`
    select v.id, v.version, v.created_at as "createdAt", m.file_name as "fileName", m.id as "importId",
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = m.imported_by) as by
    from online_assessments.item_versions v left join online_assessments.imports m on m.id = v.import_id
    where v.item_id = ${itemId} order by v.version desc`);
}

/** What a version shows to a candidate, with its pictures. */
export async function shownVersion(reader: Pick<Reader, 'rows'>, versionId: string): Promise<ShownVersion> {
  const contents = await loadItemContents(reader, [versionId]);
  const pictures = await picturesOfVersions(reader, [versionId]);
  return { content: contents.get(versionId) as ItemContent, pictures: pictures.get(versionId) ?? new Map() };
}

/** The key of a version, for people with the capability of authors: the caller's route asks for it. */
export async function keyForAuthors(services: Services, versionId: string): Promise<ItemKey> {
  const keys = await services.database.read(SYSTEM, (reader) => loadKeys(reader, [versionId]));
  return keys.get(versionId) as ItemKey;
}
