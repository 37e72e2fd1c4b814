import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { plural } from '#ui';
import { timeAdded } from '../audit.ts';
import { sittingsMeant, type Which } from '../pause-sitting/pause-sitting.ts';
import { freshInvigilatorOf } from '../session/invigilator.ts';
import { lockSitting, reportIncident, writeTime } from '../sitting/change-sitting.ts';
import { OPEN_STATES } from '../sitting/states.ts';
import { withAdded } from '../sitting/time.ts';

const MOST_MINUTES = 120;

/** Adds whole minutes, 1 to 120, for one candidate or everyone, with the reason; the deadline moves. Returns how many. */
export async function addTime(
  writer: Writer,
  { which, minutes, reason }: { readonly which: Which; readonly minutes: number; readonly reason: string },
): Promise<number> {
  freshInvigilatorOf(writer);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw new Refused([{ field: 'minutes', message: `Enter whole minutes from 1 to ${MOST_MINUTES}.` }]);
  const ids = await sittingsMeant(writer, which, ['running', 'paused']);
  for (const id of ids) {
    const sitting = await lockSitting(writer, id);
    if (!OPEN_STATES.includes(sitting.state))
      throw new Refused(
        'Time can be added only while the candidate is working or paused. Reload the page to see what has changed.',
      );
    await writeTime(writer, sitting, withAdded(sitting.time, minutes * 60_000));
    await writer.db
      .updateTable('online_assessments.sittings')
      .set({ added_seconds: sitting.addedSeconds + minutes * 60 })
      .where('id', '=', id)
      .execute();
    await reportIncident(writer, {
      centreId: sitting.centreId,
      sessionId: sitting.sessionId,
      sittingId: id,
      kind: 'time_added',
      detail: `${plural(minutes, 'minute')} added: ${reason}`,
    });
    await writer.audit(timeAdded, { kind: 'sitting', id }, { seconds: minutes * 60, reason }, sitting.centreId);
  }
  return ids.length;
}
