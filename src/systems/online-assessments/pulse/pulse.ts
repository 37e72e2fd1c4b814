/** POST /sit/pulse: a sign of life every few seconds. The answer carries the clock, so that a pause arrives. */
import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import type { NotUnderstood, PulseAnswer, SaveLater, SaveRefusal } from '../protocol/wire.ts';
import type { GroupCommit } from '../save-answer/group-commit.ts';
import { noticeOf } from '../seat/notice.ts';
import type { Seat } from '../seat/seat.ts';
import { seatClock } from '../sitting/seat-clock.ts';

export interface PulseReply {
  readonly status: 200 | 400 | 409 | 503;
  readonly body: PulseAnswer | SaveRefusal | SaveLater | NotUnderstood;
  readonly retryAfter?: number;
}

export async function pulse(services: Services, commit: GroupCommit, seat: Seat, body: unknown): Promise<PulseReply> {
  const { sittingId, epoch, leftWindow, autofilled } = (body ?? {}) as Record<string, unknown>;
  if (sittingId !== seat.sittingId || !Number.isInteger(epoch))
    return {
      status: 400,
      body: { verdict: 'not_understood', why: 'this seat belongs to another sitting, or the epoch is missing' },
    };
  const found = await commit.pulse({
    sittingId: seat.sittingId,
    epoch: Math.min(Math.max(0, epoch as number), 2_147_483_647),
    token: seat.token,
    leftWindow: leftWindow === true,
  });
  if (!found) return { status: 503, body: { verdict: 'unknown', clock: null }, retryAfter: 1 };
  const { allowedMs, usedMs, runningSince } = found;
  const time = { allowedMs, usedMs, runningSince: runningSince?.getTime() ?? null };
  const clock = seatClock(found.state, time, services.clock.now(), await noticeOf(services, seat, found.state));
  if (!found.holds) {
    const head = Buffer.from(found.head, 'hex').toString('base64url');
    return { status: 409, body: { verdict: 'lease_lost', lastSeq: found.lastSeq, head, clock } };
  }
  if (autofilled === true) await noteAutofill(services, seat);
  return { status: 200, body: { clock, lastSeq: found.lastSeq } };
}

/** Once a sitting: the browser at this seat fills fields in by itself (Operating Manual 3.1). */
async function noteAutofill(services: Services, seat: { sittingId: string; centreId: string }): Promise<void> {
  await services.database.write(SYSTEM, (writer) =>
    writer.rows(sql`insert into online_assessments.incidents (centre_id, sitting_id, kind, detail, at)
      select ${seat.centreId}, ${seat.sittingId}, 'autofill', 'The browser at this seat filled a field in by itself. Switch its auto-save off.', ${writer.now}
      where not exists (select from online_assessments.incidents where sitting_id = ${seat.sittingId} and kind = 'autofill')`),
  );
}
