import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { plural } from '#ui';
import { sessionClosed } from '../audit.ts';
import { invigilatorOf } from '../session/invigilator.ts';
import { lockSession } from '../session/sessions.ts';
import { changeSitting, lockSitting } from '../sitting/change-sitting.ts';

/** Closes a session when nobody works any more; who never came is absent, who never started is cancelled. */
export async function closeSession(writer: Writer, { sessionId }: { readonly sessionId: string }): Promise<void> {
  const invigilator = invigilatorOf(writer.principal);
  const session = await lockSession(writer, sessionId);
  if (session.state === 'closed') return;
  if (session.state !== 'open')
    throw new Refused(`The session is ${session.state}. Only an open session can be closed.`);
  const rows = await writer.db
    .selectFrom('online_assessments.sittings')
    .select(['id', 'state'])
    .where('session_id', '=', session.id)
    .where('state', 'in', ['booked', 'checked_in', 'running', 'paused'])
    .orderBy('id')
    .execute();
  const working = rows.filter(({ state }) => state === 'running' || state === 'paused').length;
  if (working > 0)
    throw new Refused(
      `${plural(working, 'candidate is', 'candidates are')} still working. Wait until they have handed in, or end their tests first.`,
    );
  let [absent, cancelled] = [0, 0];
  for (const { id } of rows) {
    const sitting = await lockSitting(writer, id);
    if (sitting.state === 'booked') {
      await changeSitting(writer, sitting, { kind: 'mark_absent', reason: 'Not admitted when the session was closed' });
      absent++;
    } else if (sitting.state === 'checked_in') {
      await changeSitting(writer, sitting, { kind: 'cancel', reason: 'Not started when the session was closed' });
      cancelled++;
    } else throw new Refused('A candidate has started meanwhile. Reload the page to see who.');
  }
  await writer.rows(sql`update online_assessments.sessions set state = 'closed', closed_at = ${writer.now}, closed_by = ${invigilator.personId}
    where id = ${session.id}`);
  await writer.audit(sessionClosed, { kind: 'session', id: session.id }, { absent, cancelled });
}
