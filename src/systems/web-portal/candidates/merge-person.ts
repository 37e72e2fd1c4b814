import { sql } from 'kysely';
import type { Merge, MergeLine, PersonMerger } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';

interface Row {
  id: string;
  number: string;
  centre: string;
  other: string | null;
}

function candidatesOf(reader: Pick<Reader, 'rows'>, { keptId, mergedId }: Merge): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select c.id, c.candidate_number as number, string_agg(o.name || ' (' || o.number || ')', ', ' order by o.number) as centre,
      (select min(k.candidate_number) from web_portal.candidates k where k.merged_into is null and k.person_id = ${keptId}) as other
    from web_portal.candidates c
    join web_portal.centre_candidates j on j.candidate_id = c.id
    join accounts.published_organisations o on o.id = j.centre_id
    where c.person_id = ${mergedId} group by c.id order by c.candidate_number`);
}

async function preview(reader: Reader, merge: Merge): Promise<MergeLine[]> {
  return (await candidatesOf(reader, merge)).map(({ number, centre, other }) =>
    other === null
      ? { what: `Candidate ${number} of ${centre} moves, with registrations, results and certificates` }
      : {
          what: `Both are candidates: the numbers ${other} and ${number} (${centre}) both stay, and belong to one person. Merge the two candidate records in the Web Portal`,
          conflict: true,
        },
  );
}

async function move(writer: Writer, merge: Merge): Promise<void> {
  await moveViews(writer, merge);
  await writer.db
    .updateTable('web_portal.candidates')
    .set({ person_id: merge.keptId })
    .where('person_id', '=', merge.mergedId)
    .execute();
}

/** Views go along; of two with one name the kept person's stays. */
async function moveViews(writer: Writer, { keptId, mergedId }: Merge): Promise<void> {
  await writer.rows(sql`
    delete from web_portal.saved_views m using web_portal.saved_views k
    where m.person_id = ${mergedId} and k.person_id = ${keptId} and k.name = m.name and k.centre_id is not distinct from m.centre_id`);
  await writer.db
    .updateTable('web_portal.saved_views')
    .set({ person_id: keptId })
    .where('person_id', '=', mergedId)
    .execute();
}

/** What of the Web Portal names a person. */
export const webPortalMerger: PersonMerger = {
  columns: {
    'web_portal.candidates.person_id': 'moves',
    'web_portal.candidates.created_by': 'stays',
    'web_portal.centre_candidates.joined_by': 'stays',
    'web_portal.identity_questions.asked_by': 'stays',
    'web_portal.identity_questions.decided_by': 'stays',
    'web_portal.candidate_merges.merged_by': 'stays',
    'web_portal.access_arrangements.granted_by': 'stays',
    'web_portal.access_arrangements.ended_by': 'stays',
    'web_portal.registrations.registered_by': 'stays',
    'web_portal.registration_states.person_id': 'stays',
    'web_portal.unit_achievements.recorded_by': 'stays',
    'web_portal.prior_learning.proposed_by': 'stays',
    'web_portal.prior_learning_events.person_id': 'stays',
    'web_portal.prior_learning_files.added_by': 'stays',
    'web_portal.saved_views.person_id': 'moves',
    'web_portal.account_invitations.sent_by': 'stays',
    'web_portal.account_codes.person_id': 'stays',
    'web_portal.account_links.person_id': 'stays',
    'web_portal.account_links.by_person_id': 'stays',
    'web_portal.transfers.asked_by': 'stays',
    'web_portal.transfer_events.person_id': 'stays',
    'web_portal.candidate_amendments.asked_by': 'stays',
    'web_portal.candidate_amendment_events.person_id': 'stays',
    'web_portal.candidate_amendment_files.added_by': 'stays',
    'web_portal.registration_drafts.begun_by': 'stays',
    'web_portal.registration_drafts.saved_by': 'stays',
    'web_portal.pathway_choices.person_id': 'stays',
    'web_portal.imports.uploaded_by': 'stays',
    'web_portal.imports.confirmed_by': 'stays',
    'web_portal.import_states.person_id': 'stays',
    'web_portal.api_keys.made_by': 'stays',
    'web_portal.api_keys.revoked_by': 'stays',
    'web_portal.webhooks.made_by': 'stays',
    'web_portal.webhooks.ended_by': 'stays',
  },
  preview,
  move,
};
