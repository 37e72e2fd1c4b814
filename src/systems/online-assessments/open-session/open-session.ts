import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { formatDateTime } from '#ui';
import { sessionOpened } from '../audit.ts';
import { invigilationConflicts } from '../session/conflict.ts';
import { freshInvigilatorOf } from '../session/invigilator.ts';
import { judgingOf } from '../session/judging.ts';
import { lockSession } from '../session/sessions.ts';

/** How long before its time a session may be opened. */
const EARLY_MS = 60 * 60_000;

/**
 * Opens a session: from now on its code admits. Only an invigilator of the centre, signed in by PIN and password within
 * 15 minutes, whom no rule keeps from invigilating one of the candidates. Opening one that is open changes nothing.
 */
export async function openSession(writer: Writer, { sessionId }: { readonly sessionId: string }): Promise<void> {
  const invigilator = freshInvigilatorOf(writer);
  const session = await lockSession(writer, sessionId);
  if (session.state === 'open') return;
  if (session.state !== 'planned')
    throw new Refused(`The session is ${session.state} and cannot be opened. Plan another one.`);
  if (writer.now.getTime() < session.startsAt.getTime() - EARLY_MS)
    throw new Refused(
      `The session is planned for ${formatDateTime(session.startsAt)} and opens an hour before at the earliest. Plan one for now if you need it.`,
    );
  await assertNoConflict(writer, session.id, invigilator.personId);
  await writer.db
    .updateTable('online_assessments.sessions')
    .set({ state: 'open', opened_at: writer.now, opened_by: invigilator.personId })
    .where('id', '=', session.id)
    .execute();
  await writer.db
    .insertInto('online_assessments.session_invigilators')
    .values({
      session_id: session.id,
      centre_id: session.centreId,
      person_id: invigilator.personId,
      added_at: writer.now,
    })
    .onConflict((conflict) => conflict.columns(['session_id', 'person_id']).doNothing())
    .execute();
  const [seats] = await writer.rows(sql<{ count: number }>`
    select count(*)::int as count from online_assessments.sittings where session_id = ${session.id} and state = 'booked'`);
  await writer.audit(sessionOpened, { kind: 'session', id: session.id }, { seats: seats?.count ?? 0 });
}

/** Throws Refused when this person may not invigilate somebody of the session. */
export async function assertNoConflict(writer: Writer, sessionId: string, personId: string): Promise<void> {
  const seated = await writer.rows(sql<{
    registration_id: string;
    candidate_id: string;
    name: string;
    person_id: string | null;
  }>`
    select s.registration_id, s.candidate_id, c.given_names || ' ' || c.family_name as name, c.person_id
    from online_assessments.sittings s join web_portal.published_candidates c on c.id = s.candidate_id
    where s.session_id = ${sessionId} and s.state in ('booked', 'checked_in', 'running', 'paused') order by s.seat`);
  const judging = await judgingOf(
    writer,
    seated.map((each) => each.registration_id),
  );
  const candidates = seated.map((each) => ({
    candidateId: each.candidate_id,
    name: each.name,
    personId: each.person_id,
  }));
  const conflicts = invigilationConflicts(personId, candidates, judging);
  if (conflicts.length > 0) throw new Refused(conflicts.map((message) => ({ field: '', message })));
}
