import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Relation } from './conflict-rule.ts';

export interface Declaration {
  readonly id: string;
  readonly personId: string;
  readonly by: string;
  readonly relation: Relation;
  readonly about: 'candidate' | 'colleague' | 'other' | 'none';
  readonly aboutName: string | null;
  readonly words: string;
  readonly declaredAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** The declarations made at a centre, of everybody or of one person, the newest first; ended ones are among them. */
export function declarationsOf(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  personId: string | null,
): Promise<Declaration[]> {
  return reader.rows(sql<Declaration>`
    select d.id, d.person_id as "personId", coalesce(p.given_names || ' ' || p.family_name, 'Somebody of the awarding body') as by,
      d.relation, case when d.candidate_id is not null then 'candidate' when d.other_staff_member_id is not null then 'colleague'
        when d.about_name is not null then 'other' else 'none' end as about,
      d.about_name as "aboutName", d.words, d.declared_at as "declaredAt", d.ended_at as "endedAt", d.end_reason as "endReason"
    from centres_hub.conflict_declarations d left join accounts.published_people p on p.id = d.person_id
    where d.centre_id = ${centreId} and (${personId}::uuid is null or d.person_id = ${personId})
    order by d.declared_at desc, d.id desc`);
}
