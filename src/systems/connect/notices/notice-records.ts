/** Notices as stored, for the people of the awarding body who write them. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import type { Audience } from './audience.ts';
import type { NoticeState } from './notice-state.ts';

/** What a version says. Days are YYYY-MM-DD in London. */
export interface NoticeContent extends Audience {
  readonly title: string;
  readonly body: string;
  readonly showsFrom: string;
  /** Null: until it is ended. */
  readonly showsUntil: string | null;
  /** The sentence to confirm; null where nothing has to be confirmed. */
  readonly acknowledgeWords: string | null;
  /** What a version after the first corrects. */
  readonly correction: string | null;
  /** Everyone sees it as new and confirms again. */
  readonly renewed: boolean;
}

export interface NoticeVersion extends NoticeContent {
  readonly version: number;
  readonly productTitle: string | null;
  readonly writtenAt: Date;
  readonly writtenBy: string | null;
  readonly publishedAt: Date | null;
  readonly publishedBy: string | null;
}

export interface Notice {
  readonly id: string;
  readonly state: NoticeState;
  readonly publishedVersion: number | null;
  readonly renewedVersion: number | null;
  readonly toldVersion: number | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly endedBy: string | null;
  /** Newest first. */
  readonly versions: readonly NoticeVersion[];
}

type VersionRow = Omit<NoticeVersion, 'roles'> & { roles: Role[] };

const name = (column: string) =>
  sql`(select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = ${sql.ref(column)})`;

/** A notice with all its versions; null where there is none. `lock` keeps others from moving it meanwhile. */
export async function noticeById(reader: Reader, id: string, lock = false): Promise<Notice | null> {
  const [notice] = await reader.rows(sql<Omit<Notice, 'versions'>>`
    select n.id, n.state, n.published_version as "publishedVersion", n.renewed_version as "renewedVersion",
      n.told_version as "toldVersion", n.ended_at as "endedAt", n.end_reason as "endReason", ${name('n.ended_by')} as "endedBy"
    from connect.notices n where n.id = ${id} ${lock ? sql`for update` : sql``}`);
  if (!notice) return null;
  const versions = await reader.rows(sql<VersionRow>`
    select v.version, v.title, v.body, v.reach, v.product_id as "productId", v.roles, v.shows_from as "showsFrom",
      v.shows_until as "showsUntil", v.acknowledge_words as "acknowledgeWords", v.correction, v.renewed,
      (select p.title from products.published_products p where p.id = v.product_id) as "productTitle",
      v.written_at as "writtenAt", ${name('v.written_by')} as "writtenBy",
      v.published_at as "publishedAt", ${name('v.published_by')} as "publishedBy"
    from connect.notice_versions v where v.notice_id = ${id} order by v.version desc`);
  return { ...notice, versions };
}

/** The version that is not published yet, if any. */
export const draftOf = (notice: Notice): NoticeVersion | null =>
  notice.versions.find(({ publishedAt }) => publishedAt === null) ?? null;

/** The version that readers see, if any. */
export const publishedOf = (notice: Notice): NoticeVersion | null =>
  notice.versions.find(({ version }) => version === notice.publishedVersion) ?? null;
