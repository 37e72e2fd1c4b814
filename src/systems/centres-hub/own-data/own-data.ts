import { sql } from 'kysely';
import type { OwnData } from '#accounts';
import type { Context } from '#platform/http/context.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';

/** The person's entries on the profiles of centres: a part of "My data". No person may read that table, so it names the person. */
export async function ownStaffData(context: Context): Promise<OwnData> {
  const { personId } = context.person();
  const data = await context.services.database.read(SYSTEM, async (reader) => ({
    staffEntries: await reader.rows(sql`
      select o.number as "centreNumber", o.name as "centreName", s.given_names as "givenNames", s.family_name as "familyName", s.email,
        s.function, s.recorded_at as "recordedAt", s.left_at as "leftAt", s.left_reason as "leftReason"
      from centres_hub.staff_members s join accounts.published_organisations o on o.id = s.centre_id
      where s.person_id = ${personId} order by s.recorded_at`),
  }));
  return { system: 'centres-hub', data };
}
