import { z } from 'zod';
import { file, NotFound } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import { pictureOfVersions } from '../item-bank/load-items.ts';
import { seatOf } from '../seat/seat.ts';
import { readSeatSitting } from '../seat/seat-sitting.ts';
import { paperOf } from './show-paper.ts';

const params = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** GET /sit/pictures/:sha256: only a picture of this sitting's paper, and only while it is open. */
export const showPicture = handler({ params }, async (context) => {
  const seat = seatOf(context.request);
  const picture = await context.services.database.read(SYSTEM, async (reader) => {
    const sitting = await readSeatSitting(reader, seat);
    if (!sitting.holdsLease || (sitting.state !== 'running' && sitting.state !== 'paused')) throw new NotFound();
    const ids = (await paperOf(reader, sitting.id)).questions.map(({ itemVersionId }) => itemVersionId);
    const row = await pictureOfVersions(reader, ids, context.params.sha256);
    if (!row) throw new NotFound();
    return row;
  });
  return file(picture.bytes, { type: picture.mediaType, inline: true, cache: 'no-store' });
});
