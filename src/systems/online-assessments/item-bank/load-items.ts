/** Stored questions back as values of the question library. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { ItemContent, ItemKey } from '#qti';
import { contentFrom, keyFrom } from './stored-content.ts';

type Rows = Pick<Reader, 'rows'>;

/**
 * The contents of item versions, by version id. Throws when one is missing or damaged. Only the awarding body and the
 * system may read them: for a sitting, ask in the system's scope.
 */
export async function loadItemContents(
  reader: Rows,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, ItemContent>> {
  const rows = await reader.rows(sql<{ id: string; content: unknown }>`
    select id, content from online_assessments.item_versions where id = any (${[...versionIds]}::uuid[])`);
  const contents = new Map(rows.map(({ id, content }) => [id, contentFrom(content)]));
  requireAll(contents, versionIds, 'The content');
  return contents;
}

/** The keys of item versions, by version id: the system's scope only (marking, and the page of authors). */
export async function loadKeys(
  reader: Pick<Reader, 'rows' | 'identity'>,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, ItemKey>> {
  if (reader.identity.role !== 'system') throw new Error('Keys are read in the scope of the system alone.');
  const rows = await reader.rows(sql<{ id: string; key: unknown }>`
    select item_version_id as id, key from online_assessments.item_keys where item_version_id = any (${[...versionIds]}::uuid[])`);
  const keys = new Map(rows.map(({ id, key }) => [id, keyFrom(key)]));
  requireAll(keys, versionIds, 'The key');
  return keys;
}

/** A picture of an item version, without its bytes. */
export interface VersionPicture {
  /** Hexadecimal SHA-256 of the bytes: the picture's public name. */
  readonly sha256: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** The pictures of item versions: by version id, then by the name that the content uses. Versions without pictures are absent. */
export async function picturesOfVersions(
  reader: Rows,
  versionIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, VersionPicture>>> {
  const rows = await reader.rows(sql<VersionPicture & { version: string; name: string }>`
    select l.item_version_id as version, l.name, encode(l.sha256, 'hex') as sha256, p.width, p.height
    from online_assessments.item_pictures l join online_assessments.pictures p on p.sha256 = l.sha256
    where l.item_version_id = any (${[...versionIds]}::uuid[])`);
  const byVersion = new Map<string, Map<string, VersionPicture>>();
  for (const { version, name, sha256, width, height } of rows) {
    const pictures = byVersion.get(version) ?? new Map<string, VersionPicture>();
    byVersion.set(version, pictures.set(name, { sha256, width, height }));
  }
  return byVersion;
}

/** The bytes of a picture that one of these item versions uses; null for any other. */
export async function pictureOfVersions(
  reader: Rows,
  versionIds: readonly string[],
  sha256: string,
): Promise<{ readonly mediaType: string; readonly bytes: Buffer } | null> {
  const [row] = await reader.rows(sql<{ mediaType: string; bytes: Buffer }>`
    select p.media_type as "mediaType", p.bytes from online_assessments.pictures p
    where p.sha256 = decode(${sha256}, 'hex') and exists (
      select from online_assessments.item_pictures l where l.sha256 = p.sha256 and l.item_version_id = any (${[...versionIds]}::uuid[]))`);
  return row ?? null;
}

function requireAll(found: ReadonlyMap<string, unknown>, wanted: readonly string[], what: string): void {
  const missing = wanted.find((id) => !found.has(id));
  if (missing) throw new Error(`${what} of item version ${missing} is missing.`);
}
