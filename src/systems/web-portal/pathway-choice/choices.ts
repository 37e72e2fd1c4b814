/** The choices of pathway and units as they are stored: each beside the earlier ones, the newest holds. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { pathwayChosen } from '../audit.ts';
import { type Choice, NO_CHOICE } from './choice.ts';

export interface ChoiceLine extends Choice {
  readonly number: number;
  readonly reason: string;
  readonly at: Date;
  readonly who: string | null;
}

/** All choices made for a registration, the newest first. */
export function choiceHistory(reader: Pick<Reader, 'rows'>, registrationId: string): Promise<ChoiceLine[]> {
  return reader.rows(sql<ChoiceLine>`
    select h.number, h.pathway, h.units, h.reason, h.at,
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = h.person_id) as who
    from web_portal.pathway_choices h where h.registration_id = ${registrationId} order by h.number desc`);
}

/** The choice that holds for a registration. */
export async function choiceOf(reader: Pick<Reader, 'db'>, registrationId: string): Promise<Choice> {
  const row = await reader.db
    .selectFrom('web_portal.pathway_choices')
    .select(['pathway', 'units'])
    .where('registration_id', '=', registrationId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? NO_CHOICE;
}

/** Adds a choice for each of some registrations of a centre, in the transaction of whoever locked or made them. */
export async function recordChoices(
  writer: Writer,
  centreId: string,
  made: readonly { readonly registrationId: string; readonly choice: Choice; readonly reason: string }[],
): Promise<void> {
  for (const { registrationId, choice, reason } of made) {
    const units = [...choice.units];
    await writer.rows(sql`
      insert into web_portal.pathway_choices (centre_id, registration_id, number, pathway, units, reason, at, person_id)
      select ${centreId}, ${registrationId}, coalesce(max(h.number), 0) + 1, ${choice.pathway}, ${units}::text[], ${reason},
        ${writer.now}, ${writer.identity.personId}::uuid
      from web_portal.pathway_choices h where h.registration_id = ${registrationId}`);
    await writer.audit(
      pathwayChosen,
      { kind: 'registration', id: registrationId },
      { pathway: choice.pathway, units, reason },
      centreId,
    );
  }
}
