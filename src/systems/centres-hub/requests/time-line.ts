/** The requests that are about a candidate, for the time line of the candidate in the Web Portal. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { readableBy } from './may-read.ts';

/** One thing that happened: a request sent, or decided. */
export interface RequestEvent {
  readonly kind: 'request';
  readonly at: Date;
  readonly what: string;
  /** The form, and the number of the request. */
  readonly about: string;
  readonly why: string | null;
  readonly href: string;
  readonly who: string | null;
}

/** Requests in which the candidate was chosen, each as far as the reader may read it. A centre sees its own. */
export async function requestEvents(reader: Reader, candidateId: string): Promise<RequestEvent[]> {
  const { principal } = reader;
  if (principal.kind !== 'person' || !principal.acting) return [];
  const { kind, roles } = principal.acting;
  const { centreId } = reader.identity;
  return reader.rows(sql<RequestEvent>`
    with about as (
      select r.*, v.definition ->> 'title' || ', R-' || r.number as words
      from centres_hub.requests r
      join centres_hub.form_versions v on v.id = r.form_version_id
      where r.submitted_at is not null and (${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)
        and jsonb_path_query_array(r.answers, '$.*[*]') ? ${candidateId}::text
        and ${readableBy({ kind, roles, personId: principal.personId })}
    ), events as (
      select a.submitted_at as at, 'Request sent' as what, a.words, null as why, a.id, a.submitted_by as person_id from about a
      union all
      select a.decided_at, case a.outcome when 'granted' then 'Request granted' when 'granted_in_part' then 'Request granted in part'
          when 'refused' then 'Request refused' else 'Request answered' end,
        a.words, a.decision_reasons, a.id, case when ${centreId}::uuid is null then a.decided_by end
      from about a where a.decided_at is not null
    )
    select 'request' as kind, e.at, e.what, e.words as about, e.why, '/centres-hub/requests/' || e.id as href,
      (select given_names || ' ' || family_name from accounts.published_people where id = e.person_id) as who
    from events e`);
}
