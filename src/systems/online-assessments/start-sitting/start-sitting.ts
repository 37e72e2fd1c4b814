/** POST /sit/start: the candidate has read the rules and begins. Fixes the paper, the time and the lease. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { type Answer, json, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import type { ItemContent } from '#qti';
import { seatOf } from '../seat/seat.ts';
import { changeSitting, type LockedSitting, lockSitting, reportIncident } from '../sitting/change-sitting.ts';
import { allowedMs } from '../sitting/time.ts';
import { type BlueprintPart, type Drawable, drawPaper } from './paper.ts';
import { showPaper } from './show-paper.ts';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const startRequest = z.object({
  deviceKey: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  rulesRead: z.literal(true),
});
type DeviceKey = z.infer<typeof startRequest>['deviceKey'];

/** Sent again with the same device key it leads to the same paper; from another device it is refused. */
export async function startSitting(context: Context): Promise<Answer> {
  const parsed = startRequest.safeParse(context.body);
  if (!parsed.success)
    return json(
      { verdict: 'not_understood', why: 'the device key is missing, or the rules were not ticked as read' },
      400,
    );
  const seat = seatOf(context.request);
  const { services, requestId } = context;
  const scope = { kind: 'system', centreId: seat.centreId } as const;
  try {
    const done = await services.database.write(scope, (writer) => start(writer, seat, parsed.data.deviceKey), {
      requestId,
    });
    if (done !== 'started') return json({ verdict: done }, done === 'lease_lost' ? 409 : 403);
  } catch (error) {
    if (error instanceof NoPaper)
      await services.database.write(scope, (writer) => reportIncident(writer, error.incident));
    if (error instanceof Refused) return json({ verdict: 'not_admitted', why: error.message }, 403);
    throw error;
  }
  return showPaper(context);
}

/** The bank cannot give the paper any more; the transaction leaves nothing, the incident is written after it. */
class NoPaper extends Refused {
  readonly incident: Parameters<typeof reportIncident>[1];
  constructor(incident: Parameters<typeof reportIncident>[1]) {
    super('This test cannot be drawn at present. Ask your invigilator to call the awarding body.');
    this.incident = incident;
  }
}

type Started = 'started' | 'lease_lost' | 'not_admitted';

async function start(
  writer: Writer,
  seat: { sittingId: string; token: string },
  deviceKey: DeviceKey,
): Promise<Started> {
  const sitting = await lockSitting(writer, seat.sittingId);
  if (sitting.seatTokenHash?.toString('hex') !== seat.token) return 'lease_lost';
  if (sitting.state === 'checked_in') {
    await beginSitting(writer, sitting, deviceKey);
    return 'started';
  }
  if (sitting.state !== 'running' && sitting.state !== 'paused') return 'not_admitted';
  if (sitting.deviceKey === null) {
    // The candidate goes on at another machine: the invigilator released the former seat, this one takes the lease.
    await writer.db
      .updateTable('online_assessments.sittings')
      .set({ device_key: JSON.stringify(deviceKey), seen_at: writer.now })
      .where('id', '=', sitting.id)
      .execute();
    return 'started';
  }
  const bound = sitting.deviceKey as DeviceKey;
  return bound.x === deviceKey.x && bound.y === deviceKey.y ? 'started' : 'lease_lost';
}

/** Draws the paper of a sitting that is checked in, fixes time and lease, and starts the clock. Throws Refused. */
export async function beginSitting(writer: Writer, sitting: LockedSitting, deviceKey: DeviceKey): Promise<void> {
  const { db } = writer;
  const session = await db
    .selectFrom('online_assessments.sessions')
    .select('state')
    .where('id', '=', sitting.sessionId)
    .executeTakeFirstOrThrow();
  if (session.state !== 'open') throw new Refused('The session is not open. Ask your invigilator.');
  const form = await db
    .selectFrom('online_assessments.test_forms')
    .selectAll()
    .where('id', '=', sitting.testFormId)
    .executeTakeFirstOrThrow();
  const bank = await writer.rows(sql<{ id: string; group_code: string; content: ItemContent }>`
    select v.id, i.group_code, v.content from online_assessments.items i
    join online_assessments.item_versions v on v.id = i.current_version_id
    where i.bank_id = ${form.bank_id} and i.status = 'live'`);
  const seed = randomBytes(32);
  const drawable = bank.map(
    (row): Drawable => ({ itemVersionId: row.id, group: row.group_code, content: row.content }),
  );
  const drawn = drawPaper(form.blueprint as unknown as BlueprintPart[], drawable, seed);
  if (!drawn.ok) {
    const { id: sittingId, centreId, sessionId } = sitting;
    throw new NoPaper({ centreId, sessionId, sittingId, kind: 'no-paper', detail: drawn.message });
  }
  await db
    .insertInto('online_assessments.sitting_papers')
    .values({ sitting_id: sitting.id, order_seed: seed, paper: JSON.stringify(drawn.paper) })
    .execute();
  await changeSitting(writer, sitting, {
    kind: 'start',
    reason: 'The candidate read the rules and started',
    fixes: {
      allowedMs: allowedMs(form.base_seconds, sitting),
      head: createHash('sha256').update(sitting.id).digest(),
      deviceKey,
    },
  });
}
