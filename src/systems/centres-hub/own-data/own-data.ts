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
    functions: await reader.rows(sql`
      select o.number as "centreNumber", f.function, p.title as product, i.name as site, f.starts_on as "startsOn", f.ended_at as "endedAt"
      from centres_hub.staff_functions f join centres_hub.staff_members s on s.id = f.staff_member_id
      join accounts.published_organisations o on o.id = f.centre_id left join products.published_products p on p.id = f.product_id
      left join centres_hub.sites i on i.id = f.site_id where s.person_id = ${personId} order by f.recorded_at`),
    competenceRecords: await reader.rows(sql`
      select o.number as "centreNumber", r.kind, r.title, r.happened_on as "happenedOn", r.issuer, r.minutes, r.words, r.number,
        r.expires_on as "expiresOn", r.recorded_at as "recordedAt", r.withdrawn_at as "withdrawnAt", f.name as file
      from centres_hub.competence_records r join centres_hub.staff_members s on s.id = r.staff_member_id
      join accounts.published_organisations o on o.id = r.centre_id left join centres_hub.evidence_files f on f.record_id = r.id
      where s.person_id = ${personId} order by r.recorded_at`),
    competenceDecisions: await reader.rows(sql`
      select o.number as "centreNumber", d.function, p.title as product, d.outcome, d.reasons, d.valid_from as "validFrom",
        d.valid_until as "validUntil", d.decided_at as "decidedAt", d.ended_at as "endedAt", d.end_reason as "endReason"
      from centres_hub.competence_decisions d join centres_hub.staff_members s on s.id = d.staff_member_id
      join accounts.published_organisations o on o.id = d.centre_id join products.published_products p on p.id = d.product_id
      where s.person_id = ${personId} order by d.decided_at`),
    interests: await reader.rows(sql`
      select o.number as "centreNumber", d.relation, d.about_name as about, d.words, d.declared_at as "declaredAt", d.ended_at as "endedAt"
      from centres_hub.conflict_declarations d join accounts.published_organisations o on o.id = d.centre_id
      where d.person_id = ${personId} order by d.declared_at`),
    coordinatorRequests: await reader.rows(sql`
      select o.number as "centreNumber", r.number, r.state, r.reasons, r.asked_at as "askedAt", r.closing_words as "closingWords"
      from centres_hub.coordinator_recoveries r join accounts.published_organisations o on o.id = r.centre_id
      where r.person_id = ${personId} order by r.asked_at`),
  }));
  return { system: 'centres-hub', data };
}
