/** Access arrangements of candidates: granted by a decided request, obeyed by every test until the last day (Ofqual G6, G7). */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';

/** What was granted to a candidate. Days YYYY-MM-DD, the last one included. */
export interface AccessArrangement {
  readonly id: string;
  readonly candidateId: string;
  /** Extra time as a percentage of the test's own time; 0: none. */
  readonly extraTimePercent: number;
  readonly restBreaks: boolean;
  /** What else was granted, such as "Reader". */
  readonly others: readonly string[];
  /** What people at the test must know. */
  readonly notes: string | null;
  readonly validFrom: string;
  readonly validUntil: string;
}

/** The arrangements of these candidates that hold on a day, by candidate; a centre's reader finds those of its centre. */
export async function arrangementsOn(
  reader: Pick<Reader, 'rows' | 'identity'>,
  { candidateIds, day }: { readonly candidateIds: readonly string[]; readonly day: string },
): Promise<ReadonlyMap<string, AccessArrangement>> {
  if (candidateIds.length === 0) return new Map();
  const { centreId } = reader.identity;
  const rows = await reader.rows(sql<AccessArrangement>`
    select id, candidate_id as "candidateId", extra_time_percent as "extraTimePercent", rest_breaks as "restBreaks", others,
      notes, valid_from as "validFrom", valid_until as "validUntil"
    from web_portal.published_access_arrangements
    where candidate_id = any (${candidateIds}::uuid[]) and ${day}::date between valid_from and valid_until
      and (${centreId}::uuid is null or centre_id = ${centreId})`);
  return new Map(rows.map((row) => [row.candidateId, row]));
}

/** The arrangement of a candidate that holds on a day, or null. */
export async function arrangementOn(
  reader: Pick<Reader, 'rows' | 'identity'>,
  { candidateId, day }: { readonly candidateId: string; readonly day: string },
): Promise<AccessArrangement | null> {
  return (await arrangementsOn(reader, { candidateIds: [candidateId], day })).get(candidateId) ?? null;
}

/** "25 % extra time, rest breaks, reader, until 30 June 2027" without the day. */
export function arrangementWords({
  extraTimePercent,
  restBreaks,
  others,
}: Pick<AccessArrangement, 'extraTimePercent' | 'restBreaks' | 'others'>): string {
  const parts = [
    ...(extraTimePercent > 0 ? [`${extraTimePercent} % extra time`] : []),
    ...(restBreaks ? ['rest breaks'] : []),
    ...others.map((one) => one.charAt(0).toLowerCase() + one.slice(1)),
  ];
  return parts.length > 0 ? parts.join(', ') : 'no extra time';
}

/**
 * Holds what a candidate is granted until the end of the transaction: while one grants, nobody books by what held before,
 * and the other way round.
 */
export async function holdArrangements(writer: Writer, candidateId: string): Promise<void> {
  await writer.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.arrangements:${candidateId}`}, 0))`,
  );
}
