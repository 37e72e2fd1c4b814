/** POST /sit/hand-in: closes only when the server holds exactly what the seat names (delivery rule 12). */
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { z } from 'zod';
import { type Answer, json } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { closeSitting, submissionOf } from '../close-sitting/close-sitting.ts';
import { type HandInRequest, handInText, type SaveRefusal } from '../protocol/wire.ts';
import { seatOf } from '../seat/seat.ts';
import { type LockedSitting, lockSitting } from '../sitting/change-sitting.ts';
import { seatClock } from '../sitting/seat-clock.ts';
import { OPEN_STATES } from '../sitting/states.ts';

const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const handInRequest = z.object({
  sittingId: z.uuid(),
  epoch: z.int().min(1),
  uptoSeq: z.int().min(0),
  head: hash,
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});

/** Sent again after the close it gets the same submission receipt. */
export async function handIn(context: Context): Promise<Answer> {
  const parsed = handInRequest.safeParse(context.body);
  const seat = seatOf(context.request);
  if (!parsed.success || parsed.data.sittingId !== seat.sittingId)
    return json(
      { verdict: 'not_understood', why: 'the hand-in does not name this sitting, its last place and head' },
      400,
    );
  const request = parsed.data;
  return context.services.database.write(
    { kind: 'system', centreId: seat.centreId },
    async (writer) => {
      const sitting = await lockSitting(writer, seat.sittingId);
      const refuse = (verdict: SaveRefusal['verdict']) =>
        json(
          {
            verdict,
            lastSeq: sitting.lastSeq,
            head: sitting.head.toString('base64url'),
            clock: seatClock(sitting.state, sitting.time, writer.now),
          } satisfies SaveRefusal,
          409,
        );
      if (sitting.seatTokenHash?.toString('hex') !== seat.token || sitting.epoch !== request.epoch)
        return refuse('lease_lost');
      if (!isSignedByDevice(sitting, request)) return refuse('lease_lost');
      if (!OPEN_STATES.includes(sitting.state)) {
        const given = await submissionOf(writer, sitting.id);
        return given && sitting.lastSeq === request.uptoSeq ? json(given) : refuse('closed');
      }
      if (sitting.state === 'paused') {
        context.reply.header('retry-after', '5');
        return json({ verdict: 'paused', clock: seatClock(sitting.state, sitting.time, writer.now) }, 503);
      }
      if (request.uptoSeq !== sitting.lastSeq) return refuse('gap');
      if (request.head !== sitting.head.toString('base64url')) return refuse('fork');
      const { submission } = await closeSitting(writer, context.services.keys, sitting, {
        kind: 'hand_in',
        reason: 'Handed in by the candidate',
      });
      return json(submission);
    },
    { requestId: context.requestId },
  );
}

/** Signed by the key that the start bound to the lease. */
function isSignedByDevice(sitting: LockedSitting, request: HandInRequest): boolean {
  if (!sitting.deviceKey) return false;
  try {
    const key = createPublicKey({ key: sitting.deviceKey as JsonWebKey, format: 'jwk' });
    const signature = Buffer.from(request.signature, 'base64url');
    return verify('sha256', Buffer.from(handInText(request)), { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}
