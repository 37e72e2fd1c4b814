import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

export interface Bank {
  readonly id: string;
  /** Short, "ARH": the last part of its address. */
  readonly code: string;
  readonly title: string;
}

/** A bank with what is in it. */
export interface BankCounts extends Bank {
  readonly live: number;
  readonly retired: number;
  readonly groups: number;
  readonly lastImport: Date | null;
}

export const BANK_CODE = /^[A-Z][A-Z0-9-]{1,19}$/;

/** The bank of a code, or null. */
export async function bankByCode(reader: Pick<Reader, 'db'>, code: string): Promise<Bank | null> {
  return (await banks(reader).where('code', '=', code).executeTakeFirst()) ?? null;
}

/** The bank of an id, or null. */
export async function bankById(reader: Pick<Reader, 'db'>, id: string): Promise<Bank | null> {
  return (await banks(reader).where('id', '=', id).executeTakeFirst()) ?? null;
}

function banks(reader: Pick<Reader, 'db'>) {
  return reader.db.selectFrom('online_assessments.item_banks').select(['id', 'code', 'title']);
}

/** All banks with their counts, by code. */
export function bankCounts(reader: Pick<Reader, 'rows'>): Promise<BankCounts[]> {
  return reader.rows(sql<BankCounts>`
    select b.id, b.code, b.title, coalesce(n.live, 0)::int as live, coalesce(n.retired, 0)::int as retired,
      coalesce(n.groups, 0)::int as groups,
      (select max(m.imported_at) from online_assessments.imports m where m.bank_id = b.id) as "lastImport"
    from online_assessments.item_banks b
    left join (select i.bank_id, count(*) filter (where status = 'live') as live,
        count(*) filter (where status = 'retired') as retired,
        count(distinct group_code) filter (where status = 'live' and group_code <> '') as groups
      from online_assessments.items i group by i.bank_id) n on n.bank_id = b.id
    order by b.code`);
}

/** A group of a bank with the questions that can be drawn from it. */
export interface GroupCount {
  readonly group: string;
  /** The topics of its live questions, joined: one in most banks. */
  readonly topics: string;
  readonly live: number;
}

/** The groups of a bank from which a form can draw, by code. Questions without a group are not among them. */
export function liveGroups(reader: Pick<Reader, 'rows'>, bankId: string): Promise<GroupCount[]> {
  return reader.rows(sql<GroupCount>`
    select group_code as "group", string_agg(distinct topic, ', ') as topics, count(*)::int as live
    from online_assessments.items where bank_id = ${bankId} and status = 'live' and group_code <> ''
    group by group_code order by group_code`);
}
