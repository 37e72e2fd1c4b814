import { holdersOf } from '#accounts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatDate } from '#ui';
import { keyExpires } from '../notifications.ts';

const DAYS_BEFORE = 14;

/** Tells the coordinators of a key that expires soon, once, while there is time to give its system another. */
export async function tellOfExpiry(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async (writer) => {
    const { db, now } = writer;
    const keys = await db
      .updateTable('web_portal.api_keys')
      .set({ expiry_told_at: now })
      .where('revoked_at', 'is', null)
      .where('expiry_told_at', 'is', null)
      .where('expires_at', '>', now)
      .where('expires_at', '<=', new Date(now.getTime() + DAYS_BEFORE * 86_400_000))
      .returning(['name', 'centre_id', 'expires_at'])
      .execute();
    for (const { name, centre_id, expires_at } of keys)
      await writer.notify({
        kind: keyExpires,
        personIds: await holdersOf(writer, centre_id, ['coordinator']),
        subject: `The key ${name} expires on ${formatDate(expires_at)}`,
        body: `The system that uses the key ${name} is refused from ${formatDate(expires_at)} on. Make another key, give it to the system, and revoke this one.`,
        href: '/web-portal/api',
        organisationId: centre_id,
      });
  });
}
