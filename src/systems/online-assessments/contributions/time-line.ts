import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { may } from '#platform/permissions/principal.ts';
import type { TimeLineEvent } from '#web-portal';

interface Row {
  id: string;
  at: Date;
  to_state: string;
  reason: string;
  test: string;
  room: string;
  score: number | null;
  maximum: number | null;
  passed: boolean | null;
  who: string | null;
}

/** The steps that people look for; what the clock does in between stands on the page of the sitting. */
const WORDS: Readonly<Record<string, string>> = {
  booked: 'Test booked',
  cancelled: 'Test cancelled',
  absent: 'Absent from the test',
  running: 'Test started',
  handed_in: 'Test handed in',
  timed_out: 'Time of the test ran out',
  ended_by_invigilator: 'Test ended by the invigilator',
  released: 'Test result',
  held: 'Test result held',
  void: 'Test made void',
};

/** Bookings, starts, ends and results of a candidate's tests. */
export async function testEvents(reader: Reader, candidateId: string): Promise<TimeLineEvent[]> {
  const { centreId } = reader.identity;
  const mayOpen = may(reader.principal, 'online-assessments.view');
  const rows = await reader.rows(sql<Row>`
    select s.id, t.at, t.to_state, t.reason, f.title as test, n.room, r.score, r.maximum, r.passed,
      (select given_names || ' ' || family_name from accounts.published_people where id = t.person_id) as who
    from online_assessments.sittings s
    join online_assessments.sitting_states t on t.sitting_id = s.id
    join online_assessments.sessions n on n.id = s.session_id
    join online_assessments.test_forms f on f.id = s.test_form_id
    left join lateral (select score, maximum, passed from online_assessments.results
      where sitting_id = s.id and released_at is not null order by version desc limit 1) r on t.to_state = 'released'
    where s.candidate_id = ${candidateId} and (${centreId}::uuid is null or s.centre_id = ${centreId}::uuid)
      and t.to_state = any (${Object.keys(WORDS)}) and (t.to_state <> 'running' or t.from_state = 'checked_in')`);
  return rows.map((row) => ({
    kind: 'test',
    at: row.at,
    what: WORDS[row.to_state] as string,
    about: `${row.test}, ${row.room}`,
    why: row.passed === null ? reasonOf(row) : `${row.passed ? 'Pass' : 'Not yet'}, ${row.score} of ${row.maximum}`,
    href: mayOpen ? `/online-assessments/sittings/${row.id}` : null,
    who: row.who,
  }));
}

/** Reasons that people gave; the product's own say what the step says already. */
const reasonOf = ({ to_state, reason }: Row) =>
  ['cancelled', 'absent', 'held', 'void', 'ended_by_invigilator'].includes(to_state) ? reason : null;
