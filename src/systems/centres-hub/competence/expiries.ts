import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { FUNCTION_NAMES, type Judge } from './functions.ts';

/** A licence, or an approval of competence, with its last day. */
export interface Expiry {
  readonly aboutId: string;
  readonly about: 'licence' | 'approval';
  readonly centreId: string;
  readonly staffMemberId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly title: string;
  readonly function: Judge | null;
  readonly lastDay: string;
  /** Distances whose reminders are written. */
  readonly written: readonly number[];
}

/**
 * The licences in use and the latest approvals of people who work at their centre, with a last day up to `until`. An
 * approval counts while its function does, a licence until it is corrected or withdrawn.
 */
export function expiriesUntil(
  reader: Pick<Reader, 'rows'>,
  until: string,
  only: { readonly centreId?: string; readonly aboutId?: string } = {},
): Promise<Expiry[]> {
  const { centreId = null, aboutId = null } = only;
  return reader.rows(sql<Expiry>`
    with ends as (
      select r.id as about_id, 'licence' as about, r.centre_id, r.staff_member_id, r.title, null as function, r.expires_on as last_day
      from centres_hub.competence_records r
      where r.kind = 'licence' and r.withdrawn_at is null and r.expires_on <= ${until}::date
        and not exists (select from centres_hub.competence_records n where n.supersedes_id = r.id)
      union all
      select d.id, 'approval', d.centre_id, d.staff_member_id, p.title, d.function, d.valid_until
      from centres_hub.competence_decisions d join products.published_products p on p.id = d.product_id
      where d.outcome = 'approved' and d.ended_at is null and d.valid_until <= ${until}::date
        and not exists (select from centres_hub.competence_decisions n where n.staff_member_id = d.staff_member_id and n.function = d.function
          and n.product_id = d.product_id and (n.decided_at, n.id) > (d.decided_at, d.id))
        and exists (select from centres_hub.staff_functions f where f.staff_member_id = d.staff_member_id and f.function = d.function
          and f.ended_at is null and (f.product_id is null or f.product_id = d.product_id)))
    select e.about_id as "aboutId", e.about, e.centre_id as "centreId", e.staff_member_id as "staffMemberId", s.person_id as "personId",
      coalesce(q.given_names, s.given_names) || ' ' || coalesce(q.family_name, s.family_name) as name, e.title, e.function,
      e.last_day as "lastDay", array(select m.days_before from centres_hub.competence_reminders m where m.about_id = e.about_id) as written
    from ends e
    join centres_hub.staff_members s on s.id = e.staff_member_id and s.left_at is null
    left join accounts.published_people q on q.id = s.person_id
    where (${centreId}::uuid is null or e.centre_id = ${centreId}) and (${aboutId}::uuid is null or e.about_id = ${aboutId})
      and (s.person_id is null or exists (select from accounts.published_current_roles c
        where c.person_id = s.person_id and c.organisation_id = e.centre_id and c.role <> 'candidate'))
    order by e.last_day, e.about_id`);
}

/** 'the licence "Refrigerant handling"', "the approval as assessor of Award 2". */
export function expiryInWords({ about, title, function: fn }: Pick<Expiry, 'about' | 'title' | 'function'>): string {
  if (about === 'licence' || fn === null) return `the licence "${title}"`;
  return `the approval as ${FUNCTION_NAMES[fn].toLowerCase()} of ${title}`;
}
