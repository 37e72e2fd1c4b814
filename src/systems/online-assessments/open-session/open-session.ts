import { sql } from 'kysely';
import { competencesOf, conflictsWithCandidates } from '#centres-hub';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { formatDateTime } from '#ui';
import { sessionOpened } from '../audit.ts';
import { invigilationConflicts } from '../session/conflict.ts';
import { freshInvigilatorOf } from '../session/invigilator.ts';
import { judgingOf } from '../session/judging.ts';
import { lockSession, type Session } from '../session/sessions.ts';

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
  await assertNoConflict(writer, session, invigilator.personId);
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

/**
 * Throws Refused when this person may not invigilate somebody of the session: by judging the candidate, by a declared
 * interest, or by being put down for other products or sites only.
 */
export async function assertNoConflict(
  writer: Writer,
  session: Pick<Session, 'id' | 'centreId' | 'siteId'>,
  personId: string,
): Promise<void> {
  const seated = await writer.rows(sql<{
    registration_id: string;
    candidate_id: string;
    product_id: string;
    name: string;
    person_id: string | null;
  }>`
    select s.registration_id, s.candidate_id, r.product_id, c.given_names || ' ' || c.family_name as name, c.person_id
    from online_assessments.sittings s join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    join web_portal.published_registrations r on r.id = s.registration_id
    where s.session_id = ${session.id} and s.state in ('booked', 'checked_in', 'running', 'paused') order by s.seat`);
  const judging = await judgingOf(
    writer,
    seated.map((each) => each.registration_id),
  );
  const { centreId, siteId } = session;
  const declared = await conflictsWithCandidates(writer, {
    centreId,
    personId,
    candidateIds: seated.map((each) => each.candidate_id),
  });
  const candidates = seated.map((each) => ({
    candidateId: each.candidate_id,
    name: each.name,
    personId: each.person_id,
    declared: declared.get(each.candidate_id)?.words ?? null,
  }));
  const products = [...new Set(seated.map((each) => each.product_id))];
  const standings = await competencesOf(writer, { function: 'invigilator', centreId, personId, siteId }, products);
  const narrowed = standings.flatMap((one) => (one.allowed ? [] : [`You cannot invigilate this session. ${one.why}`]));
  const conflicts = [...invigilationConflicts(personId, candidates, judging), ...new Set(narrowed)];
  if (conflicts.length > 0) throw new Refused(conflicts.map((message) => ({ field: '', message })));
}
