/** The list of a bank's questions. Searched by code alone, and without a word of the questions (they are confidential). */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { containing } from '#platform/database/containing.ts';
import type { Reader } from '#platform/database/database.ts';

const text = z.string().trim().max(100).optional().catch(undefined);
export const listQuery = z.object({
  q: text,
  group: text,
  topic: text,
  kind: z.enum(['choice', 'multiple']).optional().catch(undefined),
  status: z.enum(['live', 'retired']).optional().catch(undefined),
  picture: z.enum(['with', 'without']).optional().catch(undefined),
  sort: z.enum(['code', 'group', 'changed']).catch('code'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(400).catch(1),
});
export type ListQuery = z.infer<typeof listQuery>;

export interface ItemRow {
  readonly id: string;
  readonly code: string;
  readonly group: string;
  readonly topic: string;
  readonly kind: 'choice' | 'multiple';
  readonly status: 'live' | 'retired';
  readonly version: number;
  readonly pictures: number;
  readonly changedAt: Date;
}

const ORDERS = {
  asc: { code: sql`i.code`, group: sql`i.group_code, i.code`, changed: sql`v.created_at, i.code` },
  desc: {
    code: sql`i.code desc`,
    group: sql`i.group_code desc, i.code desc`,
    changed: sql`v.created_at desc, i.code desc`,
  },
} as const;

const FROM = sql`online_assessments.items i join online_assessments.item_versions v on v.id = i.current_version_id`;

function conditions(bankId: string, query: ListQuery, withStatus: boolean): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [sql`i.bank_id = ${bankId}`];
  if (query.q) all.push(sql`lower(i.code) like ${containing(query.q.toLowerCase())}`);
  if (query.group) all.push(sql`i.group_code = ${query.group}`);
  if (query.topic) all.push(sql`i.topic = ${query.topic}`);
  if (query.kind) all.push(sql`v.content ->> 'kind' = ${query.kind}`);
  const picture = sql`exists (select from online_assessments.item_pictures l where l.item_version_id = v.id)`;
  if (query.picture) all.push(query.picture === 'with' ? picture : sql`not ${picture}`);
  if (withStatus && query.status) all.push(sql`i.status = ${query.status}`);
  return sql.join(all, sql` and `);
}

/** `limit` rows of the list from `offset` on. */
export function listRows(
  reader: Pick<Reader, 'rows'>,
  bankId: string,
  query: ListQuery,
  range: { readonly limit: number; readonly offset: number },
): Promise<ItemRow[]> {
  return reader.rows(sql<ItemRow>`
    select i.id, i.code, i.group_code as "group", i.topic, v.content ->> 'kind' as kind, i.status, v.version,
      (select count(*)::int from online_assessments.item_pictures l where l.item_version_id = v.id) as pictures,
      v.created_at as "changedAt"
    from ${FROM} where ${conditions(bankId, query, true)}
    order by ${ORDERS[query.order][query.sort]} limit ${range.limit} offset ${range.offset}`);
}

export interface ListFacts {
  /** Of the list as narrowed, but for the status. */
  readonly live: number;
  readonly retired: number;
  /** Of the whole bank, for the filters. */
  readonly groups: readonly string[];
  readonly topics: readonly string[];
}

/** The counts of the list and the choices of its filters. */
export async function listFacts(reader: Pick<Reader, 'rows'>, bankId: string, query: ListQuery): Promise<ListFacts> {
  const [facts] = await reader.rows(sql<ListFacts>`
    select count(*) filter (where i.status = 'live')::int as live, count(*) filter (where i.status = 'retired')::int as retired,
      coalesce((select jsonb_agg(distinct group_code order by group_code) from online_assessments.items where bank_id = ${bankId} and group_code <> ''), '[]'::jsonb) as groups,
      coalesce((select jsonb_agg(distinct topic order by topic) from online_assessments.items where bank_id = ${bankId}), '[]'::jsonb) as topics
    from ${FROM} where ${conditions(bankId, query, false)}`);
  return facts as ListFacts;
}
