import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { newKey } from '../api/keys/key-token.ts';
import { enterKey, type KeyToMake } from '../api/keys/keys.ts';
import { addWebhook } from '../webhooks/webhooks.ts';

const DAY = 86_400_000;
const CENTRE = '04417';

/** Keys and a web address of the first demonstration centre. Nobody has the keys: what is shown once was shown to no one. */
export async function demonstrateApi(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    const centre = await writer.db
      .selectFrom('accounts.published_organisations')
      .select('id')
      .where('number', '=', CENTRE)
      .executeTakeFirstOrThrow();
    const make = (daysAgo: number, key: Omit<KeyToMake, 'expiresAt'>, days: number) => {
      const then = at(writer, daysAgo);
      const expiresAt = new Date(then.now.getTime() + days * DAY);
      return enterKey(then, centre.id, { ...key, expiresAt }, newKey());
    };
    await make(200, { name: 'Old timetable', scopes: ['candidates:read'] }, 90);
    const used = await make(
      70,
      {
        name: 'Student records',
        scopes: ['products:read', 'candidates:read', 'registrations:read', 'registrations:write'],
      },
      365,
    );
    await writer.db
      .updateTable('web_portal.api_keys')
      .set({ last_used_at: new Date(writer.now.getTime() - 3 * 3_600_000), last_used_from: '192.0.2.40' })
      .where('id', '=', used)
      .execute();
    await make(75, { name: 'Progress board', scopes: ['registrations:read'] }, 90);
    const { id } = await addWebhook(at(writer, 60), services.keys, centre.id, {
      url: 'https://records.northgate.example/imi-events',
      events: ['registration.made'],
    });
    await writer.db
      .insertInto('web_portal.webhook_deliveries')
      .values(
        DELIVERIES.map(({ hoursAgo, ...delivery }) => {
          const madeAt = new Date(writer.now.getTime() - hoursAgo * 3_600_000);
          return {
            ...delivery,
            centre_id: centre.id,
            webhook_id: id,
            body: JSON.stringify({ type: 'ping', timestamp: madeAt.toISOString(), data: { webhookId: id } }),
            event: 'ping',
            made_at: madeAt,
            last_attempt_at: madeAt,
          };
        }),
      )
      .execute();
  });
}

const DELIVERIES = [
  { hoursAgo: 1430, state: 'given_up', attempts: 8, failures: 8, last_status: 404, last_error: 'It was not accepted' },
  { hoursAgo: 1380, state: 'delivered', attempts: 2, failures: 1, last_status: 200, last_error: null },
  { hoursAgo: 30, state: 'delivered', attempts: 1, failures: 0, last_status: 204, last_error: null },
] as const;

/** The same writer at a moment of the past. */
function at(writer: Writer, daysAgo: number): Writer {
  return { ...writer, now: new Date(writer.now.getTime() - daysAgo * DAY) };
}
