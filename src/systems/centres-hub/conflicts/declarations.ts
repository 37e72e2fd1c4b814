import { sql } from 'kysely';
import { membersOf } from '#accounts';
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
  /** The other one, when a user of the centre is named. */
  readonly aboutPersonId: string | null;
}

/**
 * Whether somebody may end a declaration: the own one always; another's as coordinator, unless it was made for the
 * awarding body or names the coordinator in person (General Condition A4: who is bound does not unbind). Pure.
 */
export function mayEnd(
  one: Pick<Declaration, 'personId' | 'aboutPersonId'>,
  who: { readonly personId: string; readonly manages: boolean },
  ofCentre: ReadonlySet<string>,
): boolean {
  if (one.personId === who.personId) return true;
  return who.manages && ofCentre.has(one.personId) && one.aboutPersonId !== who.personId;
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
      d.about_name as "aboutName", d.words, d.declared_at as "declaredAt", d.ended_at as "endedAt", d.end_reason as "endReason",
      s.person_id as "aboutPersonId"
    from centres_hub.conflict_declarations d left join accounts.published_people p on p.id = d.person_id
      left join centres_hub.staff_members s on s.id = d.other_staff_member_id
    where d.centre_id = ${centreId} and (${personId}::uuid is null or d.person_id = ${personId})
    order by d.declared_at desc, d.id desc`);
}

/** The people who hold a role at the centre. */
export async function peopleOf(reader: Reader, centreId: string): Promise<ReadonlySet<string>> {
  return new Set((await membersOf(reader, centreId)).map(({ personId }) => personId));
}
