import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatDate } from '#ui';
import { documentExpires } from '../notifications.ts';
import { REMIND_DAYS } from '../reminders/reminders.ts';
import { DOCUMENT_KINDS, type DocumentKind, remindersDue } from './expiry.ts';

interface Expiring {
  readonly id: string;
  readonly centreId: string;
  readonly kind: DocumentKind;
  readonly reference: string;
  readonly expiresOn: string;
  readonly given: number[];
}

/** Tells coordinators and administrators of documents that expire in 90, 30 or 7 days; returns of how many. */
export async function remindOfDocuments(services: Services): Promise<number> {
  return services.database.write(SYSTEM, async (writer) => {
    const today = dayInLondon(writer.now);
    const expiring = await writer.rows(sql<Expiring>`
      select d.id, d.centre_id as "centreId", d.kind, d.reference, d.expires_on as "expiresOn",
        array(select r.days_before from centres_hub.document_reminders r where r.document_id = d.id) as given
      from centres_hub.documents d
      where d.ended_at is null and d.expires_on between ${today} and ${today}::date + ${REMIND_DAYS[0]}::int
      order by d.expires_on, d.id`);
    let told = 0;
    for (const document of expiring) {
      const days = remindersDue(document, today);
      if (days === null) continue;
      await writer.db
        .insertInto('centres_hub.document_reminders')
        .values({ document_id: document.id, centre_id: document.centreId, days_before: days, at: writer.now })
        .execute();
      const kind = DOCUMENT_KINDS[document.kind];
      await writer.notify({
        kind: documentExpires,
        personIds: await holdersOf(writer, document.centreId, ['coordinator', 'administrator']),
        subject: `${kind} expires on ${formatDate(document.expiresOn)}`,
        body: `${kind}, ${document.reference}, expires on ${formatDate(document.expiresOn)}. Put the new one in its place under Documents before that day.`,
        href: '/centres-hub/documents',
        organisationId: document.centreId,
      });
      told += 1;
    }
    return told;
  });
}
