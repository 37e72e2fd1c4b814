import { sql } from 'kysely';
import { z } from 'zod';
import { type Answer, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { warningSeen } from '../audit.ts';
import { lockSitting } from '../sitting/change-sitting.ts';

const count = z.coerce.number().int().min(0).max(1_000_000).catch(0);
const fields = z.object({ leftWindow: count, heldEvents: count });

/** POST /online-assessments/sittings/:sitting/seen: so many warnings have been looked at; what comes later is shown again. */
export const markSeen = handler({ params: z.object({ sitting: z.uuid() }) }, async (context): Promise<Answer> => {
  const { leftWindow, heldEvents } = fields.parse(context.fields);
  const location = await context.write(async (writer) => {
    const sitting = await lockSitting(writer, context.params.sitting);
    await writer.rows(sql`update online_assessments.sittings set
      left_window_seen = greatest(left_window_seen, least(left_window_count, ${leftWindow}::int)),
      held_seen = greatest(held_seen, least(${heldEvents}::int, (select count(*)::int from online_assessments.held_events where sitting_id = ${sitting.id})))
      where id = ${sitting.id}`);
    await writer.audit(warningSeen, { kind: 'sitting', id: sitting.id }, { leftWindow, heldEvents }, sitting.centreId);
    return `/online-assessments/sessions/${sitting.sessionId}/board#seat-${sitting.seat}`;
  });
  return redirect(location);
});
