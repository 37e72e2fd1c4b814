import type { Writer } from '#platform/database/database.ts';
import { freshInvigilatorOf, invigilatorOf } from '../session/invigilator.ts';
import { lockSession } from '../session/sessions.ts';
import { changeSitting, lockSitting } from '../sitting/change-sitting.ts';

/** One sitting, or all of a session that are in the right state. */
export type Which = { readonly sittingId: string } | { readonly sessionId: string };

/** The sittings meant, in the order of their ids so that two acts on a session cannot wait for each other. */
export async function sittingsMeant(
  writer: Writer,
  which: Which,
  states: readonly ('running' | 'paused')[],
): Promise<string[]> {
  if ('sittingId' in which) return [which.sittingId];
  const session = await lockSession(writer, which.sessionId);
  const rows = await writer.db
    .selectFrom('online_assessments.sittings')
    .select('id')
    .where('session_id', '=', session.id)
    .where('state', 'in', [...states])
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Stops the clock of one candidate or of everyone. Asks for no fresh sign-in: an alarm cannot wait. Returns how many. */
export async function pauseSittings(
  writer: Writer,
  { which, reason }: { readonly which: Which; readonly reason: string },
): Promise<number> {
  invigilatorOf(writer.principal);
  const ids = await sittingsMeant(writer, which, ['running']);
  for (const id of ids) await changeSitting(writer, await lockSitting(writer, id), { kind: 'pause', reason });
  return ids.length;
}

/** Lets the clock run on: the deadline moves by the length of the pause. */
export async function resumeSittings(
  writer: Writer,
  { which, reason }: { readonly which: Which; readonly reason: string },
): Promise<number> {
  freshInvigilatorOf(writer);
  const ids = await sittingsMeant(writer, which, ['paused']);
  for (const id of ids) await changeSitting(writer, await lockSitting(writer, id), { kind: 'resume', reason });
  return ids.length;
}
