import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';

const DAYS_KEPT = 180;

/** Forgets deliveries that ended longer ago than they are kept for; what waits stays. */
export async function sweepDeliveries(services: Services): Promise<void> {
  await services.database.write(SYSTEM, async ({ db, now }) => {
    await db
      .deleteFrom('web_portal.webhook_deliveries')
      .where('state', '!=', 'waiting')
      .where('made_at', '<', new Date(now.getTime() - DAYS_KEPT * 86_400_000))
      .execute();
  });
}
