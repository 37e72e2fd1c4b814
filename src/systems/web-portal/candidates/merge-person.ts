import { sql } from 'kysely';
import type { Merge, MergeLine, PersonMerger } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';

interface Row {
  id: string;
  centre_id: string;
  number: string;
  centre: string;
  other: string | null;
}

function candidatesOf(reader: Pick<Reader, 'rows'>, { keptId, mergedId }: Merge): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select c.id, c.centre_id, c.candidate_number as number, o.name || ' (' || o.number || ')' as centre,
      (select min(k.candidate_number) from web_portal.candidates k where k.centre_id = c.centre_id and k.person_id = ${keptId}) as other
    from web_portal.candidates c join accounts.published_organisations o on o.id = c.centre_id
    where c.person_id = ${mergedId} order by o.number, c.candidate_number`);
}

async function preview(reader: Reader, merge: Merge): Promise<MergeLine[]> {
  return (await candidatesOf(reader, merge)).map(({ number, centre, other }) =>
    other === null
      ? { what: `Candidate ${number} of ${centre} moves, with registrations, results and certificates` }
      : {
          what: `Both are candidates of ${centre}: the numbers ${other} and ${number} both stay, and belong to one person`,
          conflict: true,
        },
  );
}

async function move(writer: Writer, merge: Merge): Promise<void> {
  for (const { id, centre_id: centreId } of await candidatesOf(writer, merge)) {
    await writer.db
      .updateTable('web_portal.candidates')
      .set({ person_id: merge.keptId })
      .where('id', '=', id)
      .where('centre_id', '=', centreId)
      .execute();
  }
}

/** What of the Web Portal names a person. */
export const webPortalMerger: PersonMerger = {
  columns: {
    'web_portal.candidates.person_id': 'moves',
    'web_portal.candidates.created_by': 'stays',
    'web_portal.access_arrangements.granted_by': 'stays',
    'web_portal.access_arrangements.ended_by': 'stays',
    'web_portal.registrations.registered_by': 'stays',
    'web_portal.registration_states.person_id': 'stays',
    'web_portal.unit_achievements.recorded_by': 'stays',
    'web_portal.api_keys.made_by': 'stays',
    'web_portal.api_keys.revoked_by': 'stays',
    'web_portal.webhooks.made_by': 'stays',
    'web_portal.webhooks.ended_by': 'stays',
  },
  preview,
  move,
};
