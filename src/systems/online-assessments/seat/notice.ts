import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatTime } from '#ui';
import type { SittingState } from '../sitting/states.ts';

/** Who paused or ended the test, when and why, for the seat's screen; null while it runs. */
export async function noticeOf(
  services: Services,
  seat: { sittingId: string },
  state: SittingState,
): Promise<string | null> {
  if (state !== 'paused' && state !== 'ended_by_invigilator' && state !== 'timed_out' && state !== 'void') return null;
  const row = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('online_assessments.sitting_states')
      .select(['at', 'reason'])
      .where('sitting_id', '=', seat.sittingId)
      .where('to_state', '=', state)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const at = formatTime(row.at);
  if (state === 'timed_out') return `Your time ended at ${at}.`;
  const what =
    state === 'paused' ? 'paused your test' : state === 'void' ? 'made this sitting void' : 'ended your test';
  return `The invigilator ${what} at ${at}: ${row.reason}`;
}
