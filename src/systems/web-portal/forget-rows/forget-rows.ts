import { sql } from 'kysely';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { changeImport, lockImport } from '../imports/imports.ts';

/** Days after which the rows of a file go: from when it ended, or from its last change where nobody ended it. */
export const ROW_DAYS = 90;

/** Whether the rows of a file that ended are still there. */
export const rowsAreKept = ({ stateChangedAt }: { readonly stateChangedAt: Date }, now: Date): boolean =>
  now.getTime() - stateChangedAt.getTime() < ROW_DAYS * 86_400_000;

/**
 * Deletes the rows of files that ended ROW_DAYS days ago, and discards files that were left lying so long: they hold
 * names, dates of birth and learner numbers, whose place is the candidate's record (UK GDPR, storage limitation). That
 * there was a file, and what became of it, stays. Returns how many rows went.
 */
export async function forgetRows(services: Services): Promise<number> {
  return services.database.write(SYSTEM, async (writer) => {
    const last = new Date(writer.now.getTime() - ROW_DAYS * 86_400_000);
    const left = await writer.rows(sql<{ id: string; centreId: string }>`
      select id, centre_id as "centreId" from web_portal.imports
      where state in ('uploaded', 'mapped', 'checked') and state_changed_at < ${last}`);
    for (const { id, centreId } of left)
      await changeImport(writer, await lockImport(writer, id, centreId), 'discard', 'Left lying too long');
    const [gone] = await writer.rows(sql<{ count: number }>`
      with gone as (
        delete from web_portal.import_rows r using web_portal.imports i
        where i.id = r.import_id and i.centre_id = r.centre_id and (
          i.state = 'discarded' or (i.state in ('registered', 'undone') and i.state_changed_at < ${last}))
        returning 1)
      select count(*) as count from gone`);
    return Number(gone?.count ?? 0);
  });
}
