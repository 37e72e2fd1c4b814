/** POST /sit/answers: the way of an answer from the seat into the ledger and its receipt back. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '#platform/services.ts';
import type { NotUnderstood, SaveAnswer, SaveLater, SaveRefusal, SeatClock, SeatEvent } from '../protocol/wire.ts';
import { noticeOf } from '../seat/notice.ts';
import { answerableOf, type Seat, seatOf } from '../seat/seat.ts';
import { seatClock } from '../sitting/seat-clock.ts';
import type { Decided, GroupCommit, Held } from './group-commit.ts';
import { heartbeatIsLate } from './outage-now.ts';
import { readSaveRequest } from './read-request.ts';
import { signReceipt } from './receipt.ts';

export type SaveReply = SaveAnswer | SaveRefusal | SaveLater | NotUnderstood;

/** The handler; `commit` is shared by all requests of this process. */
export function saveAnswers(services: Services, commit: GroupCommit) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<SaveReply> => {
    const seat = seatOf(request);
    const paper = await answerableOf(services, seat);
    if (!paper) return notUnderstood(reply, 'the sitting has not started');
    const read = readSaveRequest(request.body, paper);
    if (!read.ok) return notUnderstood(reply, read.why);
    const { epoch, events, sittingId } = read.value;
    if (sittingId !== seat.sittingId) return notUnderstood(reply, 'this seat belongs to another sitting');

    const outcome = await commit.save({ sittingId, epoch, token: seat.token, events });
    if (!('state' in outcome)) return later(reply, outcome.verdict, null, 1);
    if (outcome.stored) {
      return {
        ...signReceipt(services.keys, sittingId, epoch, outcome.stored),
        clock: clockOf(outcome, services.clock.now()),
      };
    }
    return refuse({ services, commit, seat, reply }, outcome, epoch, events);
  };
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
  readonly reply: FastifyReply;
}

async function refuse(parts: Parts, outcome: Decided, epoch: number, events: readonly SeatEvent[]): Promise<SaveReply> {
  const { services, commit, seat, reply } = parts;
  const clock = clockOf(outcome, services.clock.now(), await noticeOf(services, seat, outcome.state));
  const { verdict } = outcome;
  if (verdict === 'paused') return later(reply, 'paused', clock, 5);
  if (verdict === 'take' || verdict === 'repeat') return later(reply, 'unknown', clock, 1);
  // While an outage has not been recorded and credited yet, the deadline may still move.
  if (verdict === 'late' && (await heartbeatIsLate(services))) return later(reply, 'busy', clock, 2);
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
      return later(reply, 'unknown', clock, 1);
    }
  }
  reply.code(409);
  return { verdict, lastSeq: outcome.lastSeq, head: Buffer.from(outcome.head, 'hex').toString('base64url'), clock };
}

/** What is stored already is not held a second time; of a fork all is kept. */
function refusedOf(events: readonly SeatEvent[], { verdict, lastSeq }: Decided): readonly SeatEvent[] {
  return verdict === 'fork' || verdict === 'lease_lost' ? events : events.filter(({ seq }) => seq > lastSeq);
}

function later(
  reply: FastifyReply,
  verdict: SaveLater['verdict'],
  clock: SeatClock | null,
  seconds: number,
): SaveLater {
  reply.code(503).header('retry-after', String(seconds));
  return { verdict, clock };
}

function notUnderstood(reply: FastifyReply, why: string): NotUnderstood {
  reply.code(400);
  return { verdict: 'not_understood', why };
}
