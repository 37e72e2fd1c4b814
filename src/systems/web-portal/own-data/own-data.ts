import { sql } from 'kysely';
import type { OwnData } from '#accounts';
import type { Context } from '#platform/http/context.ts';

/** The person's records as a candidate, registrations and achieved units: a part of "My data", in the person's own scope. */
export async function ownCandidateData(context: Context): Promise<OwnData> {
  const { personId } = context.person();
  const data = await context.read(async (reader) => ({
    candidateRecords: await reader.rows(sql`
      select o.number as "centreNumber", o.name as "centreName", c.candidate_number as "candidateNumber", c.given_names as "givenNames",
        c.family_name as "familyName", c.birth_date as "birthDate", c.uln, c.scottish_number as "scottishNumber", c.uln_absent_reason as "ulnAbsentReason", c.postcode, c.email,
        j.centre_reference as "centreReference", j.joined_at as "joinedAt", c.created_at as "createdAt"
      from web_portal.candidates c join web_portal.centre_candidates j on j.candidate_id = c.id
      join accounts.published_organisations o on o.id = j.centre_id
      where c.person_id = ${personId} order by j.joined_at`),
    registrations: await reader.rows(sql`
      select c.candidate_number as "candidateNumber", p.title as product, r.programme_start as "programmeStart", r.registered_at as "registeredAt",
        r.state, r.state_changed_at as "stateChangedAt", r.units_needed as "unitsNeeded", r.units_achieved as "unitsAchieved",
        r.assessment_language as "assessmentLanguage", r.order_reference as "orderReference", r.cohort,
        coalesce((select jsonb_agg(jsonb_build_object('unit', u.title, 'achievedAt', a.achieved_at, 'grade', a.grade) order by a.achieved_at)
          from web_portal.unit_achievements a join products.published_units u on u.id = a.unit_id where a.registration_id = r.id), '[]') as units
      from web_portal.registrations r
      join web_portal.candidates c on c.id = r.candidate_id
      join products.published_products p on p.id = r.product_id
      where c.person_id = ${personId} order by r.registered_at`),
  }));
  return { system: 'web-portal', data };
}
