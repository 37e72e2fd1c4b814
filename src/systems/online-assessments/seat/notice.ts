import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatTime } from '#ui';
import type { SittingState } from '../sitting/states.ts';

/** States that may follow an end within the same transaction; the end itself is what the candidate asks about. */
const AFTER_THE_END: readonly SittingState[] = ['marked', 'released', 'held'];
const TOLD: readonly SittingState[] = ['paused', 'ended_by_invigilator', 'timed_out', 'void'];

/** Who paused or ended the test, when and why, for the seat's screen; null while it runs and after a hand-in. */
export async function noticeOf(
  services: Services,
  seat: { sittingId: string },
  state: SittingState,
): Promise<string | null> {
  const asked = AFTER_THE_END.includes(state)
    ? (['ended_by_invigilator', 'timed_out'] as const)
    : TOLD.includes(state)
      ? [state]
      : [];
  if (asked.length === 0) return null;
  const row = await services.database.read(SYSTEM, ({ db }) =>
    db
      .selectFrom('online_assessments.sitting_states')
      .select(['at', 'reason', 'to_state'])
      .where('sitting_id', '=', seat.sittingId)
      .where('to_state', 'in', [...asked])
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  if (!row) return null;
  const at = formatTime(row.at);
  if (row.to_state === 'timed_out') return `Your time ended at ${at}.`;
  const what =
    row.to_state === 'paused'
      ? 'paused your test'
      : row.to_state === 'void'
        ? 'made this sitting void'
        : 'ended your test';
  return `The invigilator ${what} at ${at}: ${row.reason}`;
}
