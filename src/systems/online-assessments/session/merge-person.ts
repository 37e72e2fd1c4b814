import { sql } from 'kysely';
import type { Merge, MergeLine, PersonMerger } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { plural } from '#ui';

/** Sessions that are still to be run, invigilated by the merged record and not by the other. */
const TO_MOVE = ({ keptId, mergedId }: Merge) => sql`
  from online_assessments.session_invigilators i join online_assessments.sessions s on s.id = i.session_id
  where i.person_id = ${mergedId} and s.state in ('planned', 'open') and not exists (
    select from online_assessments.session_invigilators k where k.session_id = i.session_id and k.person_id = ${keptId})`;

async function preview(reader: Reader, merge: Merge): Promise<MergeLine[]> {
  const [row] = await reader.rows(sql<{ count: number }>`select count(*)::int as count ${TO_MOVE(merge)}`);
  const count = row?.count ?? 0;
  return count > 0 ? [{ what: `Invigilation of ${plural(count, 'session')} still to be run moves` }] : [];
}

async function move(writer: Writer, merge: Merge): Promise<void> {
  await writer.rows(sql`
    update online_assessments.session_invigilators set person_id = ${merge.keptId}
    where person_id = ${merge.mergedId} and session_id in (select i.session_id ${TO_MOVE(merge)})`);
}

/** What of Online Assessments names a person. Sessions that were run say who ran them then. */
export const assessmentsMerger: PersonMerger = {
  columns: {
    'online_assessments.session_invigilators.person_id': 'moves',
    'online_assessments.item_banks.created_by': 'stays',
    'online_assessments.imports.imported_by': 'stays',
    'online_assessments.test_forms.created_by': 'stays',
    'online_assessments.test_forms.published_by': 'stays',
    'online_assessments.sessions.created_by': 'stays',
    'online_assessments.sessions.opened_by': 'stays',
    'online_assessments.sessions.closed_by': 'stays',
    'online_assessments.sittings.booked_by': 'stays',
    'online_assessments.sittings.identity_confirmed_by': 'stays',
    'online_assessments.sitting_states.person_id': 'stays',
    'online_assessments.incidents.reported_by': 'stays',
  },
  preview,
  move,
};
