import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { may } from '#platform/permissions/principal.ts';
import type { TimeLineEvent } from '#web-portal';

/** Claims of a candidate, what was decided, and what became of the certificates. */
export async function certificateEvents(reader: Reader, candidateId: string): Promise<TimeLineEvent[]> {
  const { centreId } = reader.identity;
  const mayOpen = may(reader.principal, 'certificates.view');
  const events = await reader.rows(sql<TimeLineEvent>`
    with own as (
      select r.id, r.centre_id, p.title from web_portal.published_registrations r join products.published_products p on p.id = r.product_id
      where r.candidate_id = ${candidateId} and (${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)
    ), events as (
      select c.claimed_at as at, 'Certificate claimed' as what, o.title as about, null as why, null::text as href, c.claimed_by as person_id
      from certificates.claims c join own o on o.id = c.registration_id
      union all
      select c.decided_at, 'Claim returned', o.title, c.reason, null, case when ${centreId}::uuid is null then c.decided_by end
      from certificates.claims c join own o on o.id = c.registration_id where c.state = 'returned'
      union all
      select s.at, case s.state when 'issued' then 'Certificate issued' when 'replaced' then 'Certificate replaced' else 'Certificate revoked' end,
        o.title, case when s.state = 'issued' then 'Number ' || k.serial else s.reason end, '/certificates/' || k.id, case when ${centreId}::uuid is null then s.person_id end
      from certificates.certificates k join own o on o.id = k.registration_id
      join certificates.certificate_states s on s.certificate_id = k.id
      union all
      select e.at, 'Award extended to ' || to_char(e.to_day, 'FMDD FMMonth YYYY'), o.title, x.name, '/certificates/' || k.id, null
      from certificates.certificates k join own o on o.id = k.registration_id
      join certificates.extended_awards e on e.certificate_id = k.id join certificates.extensions x on x.id = e.extension_id
    )
    select 'certificate' as kind, e.at, e.what, e.about, e.why, e.href,
      (select given_names || ' ' || family_name from accounts.published_people where id = e.person_id) as who
    from events e`);
  return mayOpen ? events : events.map((event) => ({ ...event, href: null }));
}
