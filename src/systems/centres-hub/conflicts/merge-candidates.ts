/** Declared interests in a candidate, when two records of the candidate become one (the Web Portal merges). */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';

interface Merge {
  readonly keptId: string;
  readonly mergedId: string;
}

export const interestsMerger = {
  preview: async (reader: Reader, { mergedId }: Merge): Promise<string[]> => {
    const [row] = await reader.rows(sql<{ count: number }>`
      select count(*)::int as count from centres_hub.conflict_declarations where candidate_id = ${mergedId} and ended_at is null`);
    return row?.count ? [`${row.count} declared ${row.count === 1 ? 'interest' : 'interests'} in the candidate`] : [];
  },
  move: async (writer: Writer, { keptId, mergedId }: Merge): Promise<void> => {
    await writer.db
      .updateTable('centres_hub.conflict_declarations')
      .set({ candidate_id: keptId })
      .where('candidate_id', '=', mergedId)
      .execute();
  },
};
