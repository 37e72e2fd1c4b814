import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { registrationDraftEnded } from '../audit.ts';
import { DRAFT_DAYS } from './drafts.ts';

/** Deletes the drafts that nobody has changed for DRAFT_DAYS days. Returns how many. */
export async function expireDrafts(services: Services): Promise<number> {
  return services.database.write(SYSTEM, async (writer) => {
    const last = new Date(writer.now.getTime() - DRAFT_DAYS * 86_400_000);
    const gone = await writer.rows(sql<{ id: string; centreId: string }>`
      delete from web_portal.registration_drafts where saved_at < ${last} returning id, centre_id as "centreId"`);
    for (const { id, centreId } of gone)
      await writer.audit(registrationDraftEnded, { kind: 'registration-draft', id }, { how: 'too old' }, centreId);
    return gone.length;
  });
}
