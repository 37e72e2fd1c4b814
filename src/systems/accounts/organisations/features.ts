import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';

/**
 * Notes what has been set up for an organisation ('eportfolio'): System Access shows it with the next page. Doing it
 * twice changes nothing. Awarding body's or system's scope; 404 for an organisation out of scope.
 */
export async function addFeature(writer: Writer, organisationId: string, feature: string): Promise<void> {
  const organisation = await writer.db
    .selectFrom('accounts.organisations')
    .select('features')
    .where('id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst();
  if (!organisation) throw new NotFound();
  if (organisation.features.includes(feature)) return;
  await writer.db
    .updateTable('accounts.organisations')
    .set({ features: [...organisation.features, feature] })
    .where('id', '=', organisationId)
    .execute();
}
