/** Notices as one person reads them, in the person's own scope: row-level security shows those that reach him or her now. */
import { type RawBuilder, sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';

export interface OwnNotice {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly showsFrom: string;
  readonly showsUntil: string | null;
  readonly acknowledgeWords: string | null;
  readonly correction: string | null;
  readonly publishedAt: Date;
  readonly ended: boolean;
  /** Not shown any more: run out or ended. */
  readonly past: boolean;
  readonly read: boolean;
  readonly acknowledgedAt: Date | null;
}

export const NOTICE_VIEWS = ['current', 'unread', 'confirm', 'past'] as const;
export type NoticeView = (typeof NOTICE_VIEWS)[number];

export type NoticeCounts = Record<NoticeView, number>;

/** In force, or past and read before: what ended unread is no news. */
const VISIBLE = sql`(t.shown or (t.past and t.read_any))`;

const VIEWS: Record<NoticeView, RawBuilder<unknown>> = {
  current: sql`t.shown`,
  unread: sql`t.shown and not t.read`,
  confirm: sql`t.shown and t.acknowledge_words is not null and t.acknowledged_at is null`,
  past: sql`t.past and t.read_any`,
};

const own = (today: string, personId: string | null) => sql`(
  select n.id, v.version, v.title, v.body, v.shows_from, v.shows_until, v.acknowledge_words, v.correction, v.published_at,
    n.state = 'ended' as ended,
    n.state = 'published' and v.shows_from <= ${today}::date and (v.shows_until is null or v.shows_until >= ${today}::date) as shown,
    n.state = 'ended' or v.shows_until < ${today}::date as past,
    exists (select from connect.notice_readings d where d.notice_id = n.id and d.person_id = ${personId} and d.version >= n.renewed_version) as read,
    exists (select from connect.notice_readings d where d.notice_id = n.id and d.person_id = ${personId}) as read_any,
    (select max(a.acknowledged_at) from connect.notice_acknowledgements a
      where a.notice_id = n.id and a.person_id = ${personId} and a.version >= n.renewed_version) as acknowledged_at
  from connect.notices n join connect.notice_versions v on v.notice_id = n.id and v.version = n.published_version)`;

const FIELDS = sql`t.id, t.version, t.title, t.body, t.shows_from as "showsFrom", t.shows_until as "showsUntil",
  t.acknowledge_words as "acknowledgeWords", t.correction, t.published_at as "publishedAt", t.ended, coalesce(t.past, false) as past,
  t.read, t.acknowledged_at as "acknowledgedAt"`;

/** The notices of a view, unread first, then the newest. */
export function ownNotices(
  reader: Pick<Reader, 'rows' | 'now' | 'identity'>,
  view: NoticeView,
  range: { readonly limit: number; readonly offset: number },
): Promise<OwnNotice[]> {
  return reader.rows(sql<OwnNotice>`
    select ${FIELDS} from ${own(dayInLondon(reader.now), reader.identity.personId)} t where ${VIEWS[view]}
    order by t.read, (t.acknowledge_words is not null and t.acknowledged_at is null) desc, t.published_at desc, t.id
    limit ${range.limit} offset ${range.offset}`);
}

/** How many there are of each view. */
export async function countOwnNotices(reader: Pick<Reader, 'rows' | 'now' | 'identity'>): Promise<NoticeCounts> {
  const counts = sql.join(
    NOTICE_VIEWS.map((view) => sql`count(*) filter (where ${VIEWS[view]})::int as ${sql.ref(view)}`),
  );
  const [row] = await reader.rows(sql<NoticeCounts>`
    select ${counts} from ${own(dayInLondon(reader.now), reader.identity.personId)} t`);
  return row ?? { current: 0, unread: 0, confirm: 0, past: 0 };
}

/** A notice that the person may read now; null for any other. */
export async function ownNotice(
  reader: Pick<Reader, 'rows' | 'now' | 'identity'>,
  id: string,
): Promise<OwnNotice | null> {
  const [row] = await reader.rows(sql<OwnNotice>`
    select ${FIELDS} from ${own(dayInLondon(reader.now), reader.identity.personId)} t where t.id = ${id} and ${VISIBLE}`);
  return row ?? null;
}
