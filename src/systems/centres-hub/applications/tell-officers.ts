import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { applicationCame } from '../notifications.ts';
import type { Application } from './applications.ts';

/** Tells those who decide that it is their move. */
export async function tellOfficers(
  writer: Writer,
  application: Pick<Application, 'id' | 'reference'>,
  subject: string,
  body: string,
): Promise<void> {
  const bodies = await writer.rows(
    sql<{ id: string }>`select id from accounts.published_organisations where kind = 'awarding_body'`,
  );
  for (const { id } of bodies) {
    await writer.notify({
      kind: applicationCame,
      personIds: await holdersOf(writer, id, ['officer', 'quality']),
      subject,
      body: `${application.reference}. ${body}`,
      href: `/centres-hub/applications/${application.id}`,
      organisationId: id,
    });
  }
}
