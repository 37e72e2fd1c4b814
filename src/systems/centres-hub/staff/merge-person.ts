import { sql } from 'kysely';
import type { Merge, MergeLine, PersonMerger } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';

import { competenceColumns, moveCompetence, moveDeclarations } from '../competence/merge-person.ts';

interface Entry {
  id: string;
  centre_id: string;
  centre: string;
  twice: boolean;
}

function entriesOf(reader: Pick<Reader, 'rows'>, { keptId, mergedId }: Merge): Promise<Entry[]> {
  return reader.rows(sql<Entry>`
    select s.id, s.centre_id, o.name || ' (' || o.number || ')' as centre, exists (select from centres_hub.staff_members k
      where k.centre_id = s.centre_id and k.person_id = ${keptId} and k.left_at is null) as twice
    from centres_hub.staff_members s join accounts.published_organisations o on o.id = s.centre_id
    where s.person_id = ${mergedId} and s.left_at is null order by o.number`);
}

async function preview(reader: Reader, merge: Merge): Promise<MergeLine[]> {
  return (await entriesOf(reader, merge)).map(({ centre, twice }) =>
    twice
      ? {
          what: `Both stand on the centre profile of ${centre}: the entry of the record that stays is kept`,
          conflict: true,
        }
      : { what: `The entry on the centre profile of ${centre} moves` },
  );
}

async function move(writer: Writer, merge: Merge): Promise<void> {
  for (const { id, centre_id: centreId, twice } of await entriesOf(writer, merge)) {
    const left = {
      left_at: writer.now,
      left_by: writer.identity.personId,
      left_reason: 'Merged with another record of the same person',
    };
    await writer.db
      .updateTable('centres_hub.staff_members')
      .set(twice ? left : { person_id: merge.keptId })
      .where('id', '=', id)
      .where('centre_id', '=', centreId)
      .execute();
    if (twice) await moveCompetence(writer, { centreId, keptId: merge.keptId, fromEntryId: id });
  }
  await moveDeclarations(writer, merge);
}

/** What of Centres Hub names a person. */
export const centresHubMerger: PersonMerger = {
  columns: {
    'centres_hub.staff_members.person_id': 'moves',
    'centres_hub.staff_members.recorded_by': 'stays',
    'centres_hub.staff_members.left_by': 'stays',
    ...competenceColumns,
    'centres_hub.approvals.granted_by': 'stays',
    'centres_hub.approvals.ended_by': 'stays',
    'centres_hub.capability_switches.switched_off_by': 'stays',
    'centres_hub.capability_switches.switched_on_by': 'stays',
    'centres_hub.help_videos.added_by': 'stays',
    'centres_hub.help_videos.removed_by': 'stays',
    'centres_hub.forms.made_by': 'stays',
    'centres_hub.forms.draft_saved_by': 'stays',
    'centres_hub.form_versions.published_by': 'stays',
    'centres_hub.form_versions.withdrawn_by': 'stays',
    'centres_hub.requests.begun_by': 'stays',
    'centres_hub.requests.saved_by': 'stays',
    'centres_hub.requests.submitted_by': 'stays',
    'centres_hub.requests.assigned_to': 'stays',
    'centres_hub.requests.decided_by': 'stays',
    'centres_hub.request_entries.person_id': 'stays',
    'centres_hub.request_files.added_by': 'stays',
    'centres_hub.request_feedback.given_by': 'stays',
    'centres_hub.profile_changes.person_id': 'stays',
    'centres_hub.granted_changes.granted_by': 'stays',
    'centres_hub.contacts.recorded_by': 'stays',
    'centres_hub.contacts.ended_by': 'stays',
    'centres_hub.room_checks.recorded_by': 'stays',
    'centres_hub.documents.recorded_by': 'stays',
    'centres_hub.documents.ended_by': 'stays',
    'centres_hub.agreement_versions.published_by': 'stays',
    'centres_hub.agreement_signatures.signed_by': 'stays',
    'centres_hub.application_steps.person_id': 'stays',
    'centres_hub.application_checks.checked_by': 'stays',
    'centres_hub.application_reports.written_by': 'stays',
    'centres_hub.conditions.set_by': 'stays',
    'centres_hub.conditions.met_by': 'stays',
    'centres_hub.withdrawals.asked_by': 'stays',
    'centres_hub.withdrawals.ended_by': 'stays',
  },
  preview,
  move,
};
