/** POST /sit/answers: the way of an answer from the seat into the ledger and its receipt back. */
import type { Services } from '#platform/services.ts';
import type { NotUnderstood, SaveAnswer, SaveLater, SaveRefusal, SeatClock, SeatEvent } from '../protocol/wire.ts';
import { noticeOf } from '../seat/notice.ts';
import { answerableOf, type Seat } from '../seat/seat.ts';
import { seatClock } from '../sitting/seat-clock.ts';
import type { Decided, GroupCommit, Held } from './group-commit.ts';
import { heartbeatIsLate } from './outage-now.ts';
import { readSaveRequest } from './read-request.ts';
import { signReceipt } from './receipt.ts';

/** What is answered, with the seconds after which to try again. */
export interface SaveReply {
  readonly status: 200 | 400 | 409 | 503;
  readonly body: SaveAnswer | SaveRefusal | SaveLater | NotUnderstood;
  readonly retryAfter?: number;
}

/** Saves what a seat sent; `commit` is shared by all requests of this process. */
export async function saveAnswers(
  services: Services,
  commit: GroupCommit,
  seat: Seat,
  body: unknown,
): Promise<SaveReply> {
  const paper = await answerableOf(services, seat);
  if (!paper) return notUnderstood('the sitting has not started');
  const read = readSaveRequest(body, paper);
  if (!read.ok) return notUnderstood(read.why);
  const { epoch, events, sittingId } = read.value;
  if (sittingId !== seat.sittingId) return notUnderstood('this seat belongs to another sitting');

  const outcome = await commit.save({ sittingId, epoch, token: seat.token, events });
  if (!('state' in outcome)) return later(outcome.verdict, null, 1);
  if (!outcome.stored) return refuse({ services, commit, seat }, outcome, epoch, events);
  const receipt = signReceipt(services.keys, sittingId, epoch, outcome.stored);
  return { status: 200, body: { ...receipt, clock: clockOf(outcome, services.clock.now()) } };
}

const clockOf = (held: Held, now: Date, notice: string | null = null): SeatClock =>
  seatClock(
    held.state,
    { allowedMs: held.allowedMs, usedMs: held.usedMs, runningSince: held.runningSince?.getTime() ?? null },
    now,
    notice,
  );

interface Parts {
  readonly services: Services;
  readonly commit: GroupCommit;
  readonly seat: Seat;
}

async function refuse(parts: Parts, outcome: Decided, epoch: number, events: readonly SeatEvent[]): Promise<SaveReply> {
  const { services, commit, seat } = parts;
  const clock = clockOf(outcome, services.clock.now(), await noticeOf(services, seat, outcome.state));
  const { verdict } = outcome;
  if (verdict === 'paused') return later('paused', clock, 5);
  if (verdict === 'take' || verdict === 'repeat') return later('unknown', clock, 1);
  // While an outage has not been recorded and credited yet, the deadline may still move.
  if (verdict === 'late' && (await heartbeatIsLate(services))) return later('busy', clock, 2);
  if (verdict !== 'gap') {
    try {
      const news = await commit.hold(seat, epoch, refusedOf(events, outcome), verdict);
      if (news && verdict === 'fork')
        await commit.report(
          seat,
          'fork',
          `Another answer stands in place ${events[0]?.seq} of the log than the seat sent, or its hash is wrong. Both are kept.`,
        );
    } catch {
      return later('unknown', clock, 1);
    }
  }
  const head = Buffer.from(outcome.head, 'hex').toString('base64url');
  return { status: 409, body: { verdict, lastSeq: outcome.lastSeq, head, clock } };
}

/** What is stored already is not held a second time; of a fork all is kept. */
function refusedOf(events: readonly SeatEvent[], { verdict, lastSeq }: Decided): readonly SeatEvent[] {
  return verdict === 'fork' || verdict === 'lease_lost' ? events : events.filter(({ seq }) => seq > lastSeq);
}

const later = (verdict: SaveLater['verdict'], clock: SeatClock | null, retryAfter: number): SaveReply => ({
  status: 503,
  body: { verdict, clock },
  retryAfter,
});

const notUnderstood = (why: string): SaveReply => ({ status: 400, body: { verdict: 'not_understood', why } });
