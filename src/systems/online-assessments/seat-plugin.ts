/** The hot paths of a seat: as little round them as possible, because they run for every answer and every few seconds. */
import type { FastifyInstance } from 'fastify';
import type { Services } from '#platform/services.ts';
import { pulse } from './pulse/pulse.ts';
import { GroupCommit } from './save-answer/group-commit.ts';
import { saveAnswers } from './save-answer/save-answer.ts';

/** 50 events of at most some 300 characters, with room. */
const MAX_BODY = 65_536;

export async function seatPlugin(app: FastifyInstance, services: Services): Promise<void> {
  const commit = new GroupCommit(services.deliveryUrl, services.clock);
  await commit.assertDurable();
  app.addHook('onClose', () => commit.close());
  const config = (why: string) => ({ capability: 'seat.sit' as const, audit: { none: why } });
  app.post(
    '/sit/answers',
    { bodyLimit: MAX_BODY, compress: false, config: config('the ledger of answers is itself a chained record') },
    saveAnswers(services, commit),
  );
  app.post(
    '/sit/pulse',
    { bodyLimit: 1024, compress: false, config: config('a sign of life changes nothing that is relied on') },
    pulse(services, commit),
  );
}
