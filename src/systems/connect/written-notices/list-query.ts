import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import type { Reach } from '../notices/audience.ts';
import { type NoticeState, STANDINGS, type Standing } from '../notices/notice-state.ts';

export const PAGE_SIZE = 50;

export const writtenQuery = z.object({
  q: z.string().trim().max(100).optional().catch(undefined),
  standing: z.enum(STANDINGS).optional().catch(undefined),
  sort: z.enum(['title', 'from', 'written']).catch('written'),
  order: z.enum(['asc', 'desc']).catch('desc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  done: z.enum(['discarded']).optional().catch(undefined),
});
export type WrittenQuery = z.infer<typeof writtenQuery>;

export interface WrittenNotice {
  readonly id: string;
  readonly state: NoticeState;
  readonly title: string;
  readonly reach: Reach;
  readonly roles: readonly Role[];
  readonly productTitle: string | null;
  readonly showsFrom: string;
  readonly showsUntil: string | null;
  readonly mustConfirm: boolean;
  readonly writtenAt: Date;
  readonly writtenBy: string | null;
  /** A correction is drafted and not published. */
  readonly correcting: boolean;
}

/** The standing, as `standingOn` says it, for counting in the database. */
const standing = (today: string): RawBuilder<Standing> => sql`case when n.state <> 'published' then n.state
  when v.shows_from > ${today}::date then 'to_come' when v.shows_until < ${today}::date then 'run_out' else 'shown' end`;

const SORTS: Record<WrittenQuery['sort'], RawBuilder<unknown>> = {
  title: sql`lower(v.title)`,
  from: sql`v.shows_from`,
  written: sql`v.written_at`,
};

/** Each notice by its published version, a draft by its only one. */
const FROM = sql`connect.notices n join connect.notice_versions v on v.notice_id = n.id and v.version = coalesce(n.published_version, 1)
  left join products.published_products p on p.id = v.product_id`;

function narrowed({ q }: WrittenQuery): RawBuilder<unknown> {
  return q ? sql`v.title ilike ${containing(q)}` : sql`true`;
}

export function writtenRows(
  reader: Pick<Reader, 'rows' | 'now'>,
  query: WrittenQuery,
  range: { readonly limit: number; readonly offset: number },
): Promise<WrittenNotice[]> {
  const today = dayInLondon(reader.now);
  return reader.rows(sql<WrittenNotice>`
    select n.id, n.state, v.title, v.reach, v.roles, p.title as "productTitle", v.shows_from as "showsFrom",
      v.shows_until as "showsUntil", v.acknowledge_words is not null as "mustConfirm", v.written_at as "writtenAt",
      (select w.given_names || ' ' || w.family_name from accounts.published_people w where w.id = v.written_by) as "writtenBy",
      n.state = 'published' and exists (select from connect.notice_versions d where d.notice_id = n.id and d.published_at is null) as correcting
    from ${FROM}
    where ${narrowed(query)} and (${query.standing ?? null}::text is null or ${standing(today)} = ${query.standing ?? null})
    order by ${SORTS[query.sort]} ${query.order === 'asc' ? sql`asc` : sql`desc`}, n.id desc
    limit ${range.limit} offset ${range.offset}`);
}

export type StandingCounts = Record<Standing | 'all', number>;

export async function countWritten(reader: Pick<Reader, 'rows' | 'now'>, query: WrittenQuery): Promise<StandingCounts> {
  const counts: StandingCounts = { all: 0, draft: 0, to_come: 0, shown: 0, run_out: 0, ended: 0 };
  const rows = await reader.rows(sql<{ standing: Standing; count: number }>`
    select ${standing(dayInLondon(reader.now))} as standing, count(*)::int as count from ${FROM} where ${narrowed(query)} group by 1`);
  for (const row of rows) {
    counts[row.standing] = row.count;
    counts.all += row.count;
  }
  return counts;
}
