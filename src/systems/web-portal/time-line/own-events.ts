/** What the Web Portal itself tells of a candidate's time line. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { TimeLineEvent, TimeLineKind } from '../contributions/time-line.ts';
import { type RegistrationState, STATE_WORDS } from '../registration-state/registration-state.ts';
import { type AchievementSource, SOURCE_NAMES } from '../registrations/registrations.ts';

interface Row {
  kind: TimeLineKind;
  at: Date;
  what: string;
  about: string | null;
  why: string | null;
  href: string | null;
  who: string | null;
}

const words = (names: Readonly<Record<string, string>>, column: string) =>
  sql.join(
    [
      sql`case ${sql.ref(column)}`,
      ...Object.entries(names).map(([value, text]) => sql`when ${sql.lit(value)} then ${sql.lit(text)}`),
      sql`else ${sql.ref(column)} end`,
    ],
    sql` `,
  );

const PRIOR_ACTS: Readonly<Record<string, string>> = {
  propose: 'Prior learning claimed',
  confirm: 'Prior learning confirmed',
  return: 'Prior learning returned',
  mend: 'Prior learning put right',
  grant: 'Prior learning granted',
  refuse: 'Prior learning refused',
  withdraw: 'Prior learning withdrawn',
};

const CORRECTION_ACTS: Readonly<Record<string, string>> = {
  do: 'Details corrected',
  ask: 'Correction asked for',
  grant: 'Correction granted',
  refuse: 'Correction refused',
  withdraw: 'Correction taken back',
};

const REGISTRATION_WORDS: Readonly<Record<RegistrationState, string>> = {
  ...STATE_WORDS,
  active: 'Reopened',
  completed: 'Registration completed',
  withdrawn: 'Registration withdrawn',
  lapsed: 'Registration lapsed',
  void: 'Registration made void',
};

const SOURCES: Readonly<Record<AchievementSource, string>> = SOURCE_NAMES;

/**
 * Registrations and what became of them, units achieved, prior learning, access arrangements, corrections, questions
 * of identity, and the own account: as far as the reader may see each. Of the awarding body's people a centre sees no names.
 */
export async function ownEvents(reader: Reader, candidateId: string): Promise<TimeLineEvent[]> {
  const { centreId } = reader.identity;
  const here = sql`(${centreId}::uuid is null or r.centre_id = ${centreId}::uuid)`;
  const registrations = sql`web_portal.registrations r join products.published_products p on p.id = r.product_id`;
  return reader.rows(sql<Row>`
    with events as (
      select 'registration' as kind, s.at, case when s.from_state is null then 'Registered' else ${words(REGISTRATION_WORDS, 's.to_state')} end as what,
        p.title as about, nullif(s.reason, 'Registered') as why, '/web-portal/registrations/' || r.id as href, s.person_id
      from web_portal.registration_states s join ${registrations} on r.id = s.registration_id
      where r.candidate_id = ${candidateId} and ${here}
      union all
      select 'unit', a.achieved_at, 'Unit achieved' || case when a.grade = 'pass' then '' else ', ' || a.grade end, u.title || ', ' || p.title,
        ${words(SOURCES, 'a.source_kind')}, '/web-portal/registrations/' || r.id, a.recorded_by
      from web_portal.unit_achievements a join ${registrations} on r.id = a.registration_id
      join products.published_units u on u.id = a.unit_id
      where r.candidate_id = ${candidateId} and ${here}
      union all
      select 'unit', e.at, ${words(PRIOR_ACTS, 'e.act')}, u.title || ', ' || p.title, nullif(e.words, ''), '/web-portal/prior-learning/' || l.id,
        case when e.side = 'centre' or ${centreId}::uuid is null then e.person_id end
      from web_portal.prior_learning_events e join web_portal.prior_learning l on l.id = e.prior_learning_id
      join ${registrations} on r.id = l.registration_id join products.published_units u on u.id = l.unit_id
      where r.candidate_id = ${candidateId} and ${here}
      union all
      select 'record', g.granted_at, 'Access arrangement granted', null, 'Request ' || g.request_number, null, null
      from web_portal.access_arrangements g
      where g.candidate_id = ${candidateId} and (${centreId}::uuid is null or g.centre_id = ${centreId}::uuid)
      union all
      select 'record', g.ended_at, 'Access arrangement ended', null, g.end_reason, null, null
      from web_portal.access_arrangements g
      where g.candidate_id = ${candidateId} and g.ended_at is not null and (${centreId}::uuid is null or g.centre_id = ${centreId}::uuid)
      union all
      select 'record', q.asked_at, 'The awarding body was asked whether another record is of this person', null, q.reason, null, null
      from web_portal.identity_questions q
      where q.candidate_id = ${candidateId} and (${centreId}::uuid is null or q.centre_id = ${centreId}::uuid)
      union all
      select 'record', q.decided_at, case q.state when 'same' then 'Decided: both records are one person' when 'another' then 'Decided: another person' else 'The question was settled by another decision' end,
        null, null, null, null
      from web_portal.identity_questions q
      where q.candidate_id = ${candidateId} and q.decided_at is not null and (${centreId}::uuid is null or q.centre_id = ${centreId}::uuid)
      union all
      select 'record', e.at, ${words(CORRECTION_ACTS, 'e.act')}, 'A-' || m.number, nullif(e.words, ''), '/web-portal/amendments/' || m.id,
        case when e.side = 'centre' or ${centreId}::uuid is null then e.person_id end
      from web_portal.candidate_amendment_events e join web_portal.candidate_amendments m on m.id = e.amendment_id
      where m.candidate_id = ${candidateId} and (${centreId}::uuid is null or m.centre_id = ${centreId}::uuid)
      union all
      select 'record', i.sent_at, 'Invited to an own account', null, i.email, null, i.sent_by
      from web_portal.account_invitations i
      where i.candidate_id = ${candidateId} and (${centreId}::uuid is null or i.centre_id = ${centreId}::uuid)
      union all
      select 'record', k.at, case k.act when 'linked' then 'Own account linked' else 'Link with the account ended' end, null, k.reason, null, null
      from web_portal.account_links k where k.candidate_id = ${candidateId}
    )
    select e.kind, e.at, e.what, e.about, e.why, e.href,
      (select given_names || ' ' || family_name from accounts.published_people where id = e.person_id) as who
    from events e`);
}
