/** The hot paths of a seat: as little round them as possible, because they run for every answer and every few seconds. */
import type { FastifyInstance } from 'fastify';
import type { Services } from '#platform/services.ts';
import { pulse } from './pulse/pulse.ts';
import { GroupCommit } from './save-answer/group-commit.ts';
import { saveAnswers } from './save-answer/save-answer.ts';
import { answerQuickly, commonHeaders } from './seat/answer-quickly.ts';
import { type Seat, seatOf } from './seat/seat.ts';

/** 50 events of at most some 300 characters, with room. */
const MAX_SAVE = 65_536;
const MAX_PULSE = 1024;

interface QuickReply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter?: number;
}

export async function seatPlugin(app: FastifyInstance, services: Services): Promise<void> {
  const commit = new GroupCommit(services.deliveryUrl, services.clock);
  await commit.assertDurable();
  app.addHook('onClose', () => commit.close());
  const headers = commonHeaders(app);
  const post = (
    url: string,
    bodyLimit: number,
    recordsNone: string,
    work: (services: Services, commit: GroupCommit, seat: Seat, body: unknown) => Promise<QuickReply>,
  ) => {
    const config = { capability: 'seat.sit' as const, audit: { none: recordsNone } };
    app.post(url, { bodyLimit, helmet: false, config }, async (request, reply) => {
      const common = await headers();
      const { status, body, retryAfter } = await work(services, commit, seatOf(request), request.body);
      answerQuickly(reply, common, status, body, retryAfter ? { 'retry-after': String(retryAfter) } : {});
    });
  };
  post('/sit/answers', MAX_SAVE, 'the ledger of answers is itself a chained record', saveAnswers);
  post('/sit/pulse', MAX_PULSE, 'a sign of life changes nothing that is relied on', pulse);
}
