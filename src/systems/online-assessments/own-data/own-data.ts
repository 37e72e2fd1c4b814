import { sql } from 'kysely';
import type { OwnData } from '#accounts';
import type { Context } from '#platform/http/context.ts';

/**
 * The person's sittings and released results: a part of "My data", in the person's own scope. Questions, answers and
 * keys are confidential material of the awarding body and stay out.
 */
export async function ownTestData(context: Context): Promise<OwnData> {
  const { personId } = context.person();
  const data = await context.read(async (reader) => ({
    sittings: await reader.rows(sql`
      select f.title as test, n.room, n.starts_at as "plannedFor", s.seat, s.state, s.allowed_ms / 1000 as "secondsAllowed",
        s.used_ms / 1000 as "secondsUsed", s.started_at as "startedAt", s.ended_at as "endedAt",
        coalesce((select jsonb_agg(jsonb_build_object('version', r.version, 'score', r.score, 'maximum', r.maximum, 'passMark', r.pass_mark,
            'passed', r.passed, 'topics', r.topics, 'releasedAt', r.released_at) order by r.version)
          from online_assessments.results r where r.sitting_id = s.id and r.released_at is not null), '[]') as results
      from online_assessments.sittings s
      join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
      join online_assessments.sessions n on n.id = s.session_id
      join online_assessments.test_forms f on f.id = s.test_form_id
      where c.person_id = ${personId} order by n.starts_at`),
  }));
  return { system: 'online-assessments', data };
}
