import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { plural } from '#ui';
import type { CandidateMerger } from '#web-portal';

/**
 * The part of Online Assessments when two records of one candidate become one: sittings with their results, which move
 * with their registration by its foreign key; never while one of them is going on.
 */
export const sittingsMerger: CandidateMerger = {
  preview: async (reader, { mergedId }) => {
    const { all, released } = await sittingsOf(reader, mergedId);
    if (all === 0) return [];
    return [released > 0 ? `${plural(all, 'sitting')}, ${released} with a released result` : plural(all, 'sitting')];
  },
  obstacles: async (reader, { keptId, mergedId }) => {
    const running = (await sittingsOf(reader, mergedId)).running + (await sittingsOf(reader, keptId)).running;
    return running > 0 ? ['The candidate sits a test at this moment. Decide when the session is closed'] : [];
  },
};

async function sittingsOf(reader: Pick<Reader, 'rows'>, candidateId: string) {
  const [row] = await reader.rows(sql<{ all: number; running: number; released: number }>`
    select count(*)::int as "all", count(*) filter (where s.state = 'released')::int as released,
      count(*) filter (where s.state in ('checked_in', 'running', 'paused'))::int as running
    from online_assessments.sittings s
    join web_portal.published_registrations r on r.id = s.registration_id
    where r.candidate_id = ${candidateId} and s.state <> 'cancelled'`);
  return row ?? { all: 0, running: 0, released: 0 };
}
