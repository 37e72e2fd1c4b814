import { sql } from 'kysely';
import type { Merge, PersonMerger } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { closeRecovery, lockRecovery } from '../coordinator-recovery/recoveries.ts';

/** Competence hangs on the entry of the profile, and moves with it; what somebody declared or asked for is the person's. */
export const competenceColumns: PersonMerger['columns'] = {
  'centres_hub.staff_functions.recorded_by': 'stays',
  'centres_hub.staff_functions.ended_by': 'stays',
  'centres_hub.competence_records.recorded_by': 'stays',
  'centres_hub.competence_records.withdrawn_by': 'stays',
  'centres_hub.competence_decisions.decided_by': 'stays',
  'centres_hub.competence_decisions.ended_by': 'stays',
  'centres_hub.conflict_declarations.person_id': 'moves',
  'centres_hub.conflict_declarations.ended_by': 'stays',
  'centres_hub.coordinator_recoveries.person_id': 'moves',
  'centres_hub.coordinator_recoveries.closed_by': 'stays',
  'centres_hub.coordinator_objections.person_id': 'stays',
  'centres_hub.evidence_files.added_by': 'stays',
  'centres_hub.equipment_declarations.declared_by': 'stays',
};

/** Both records stood on one profile: what hangs on the entry that goes moves to the one that stays. */
export async function moveCompetence(
  writer: Writer,
  {
    centreId,
    keptId,
    fromEntryId,
  }: { readonly centreId: string; readonly keptId: string; readonly fromEntryId: string },
): Promise<void> {
  const [kept] = await writer.rows(sql<{ id: string }>`
    select id from centres_hub.staff_members where centre_id = ${centreId} and person_id = ${keptId} and left_at is null`);
  if (!kept) return;
  // What both were put down for stays once.
  await writer.rows(sql`
    update centres_hub.staff_functions f set ended_at = ${writer.now}, ended_by = ${writer.identity.personId},
      end_reason = 'Merged with another record of the same person'
    where f.staff_member_id = ${fromEntryId} and f.ended_at is null and exists (select from centres_hub.staff_functions k
      where k.staff_member_id = ${kept.id} and k.ended_at is null and k.function = f.function
        and k.product_id is not distinct from f.product_id and k.site_id is not distinct from f.site_id)`);
  const tables = ['staff_functions', 'competence_records', 'competence_decisions', 'competence_reminders'] as const;
  for (const table of tables) {
    await writer.db
      .updateTable(`centres_hub.${table}`)
      .set({ staff_member_id: kept.id })
      .where('staff_member_id', '=', fromEntryId)
      .where('centre_id', '=', centreId)
      .execute();
  }
  await writer.db
    .updateTable('centres_hub.conflict_declarations')
    .set({ other_staff_member_id: kept.id })
    .where('other_staff_member_id', '=', fromEntryId)
    .where('centre_id', '=', centreId)
    .execute();
}

export async function moveDeclarations(writer: Writer, { keptId, mergedId }: Merge): Promise<void> {
  await writer.db
    .updateTable('centres_hub.conflict_declarations')
    .set({ person_id: keptId })
    .where('person_id', '=', mergedId)
    .execute();
  // Of two requests that wait at one centre, the one of the record that stays is kept.
  const twice = await writer.rows(sql<{ id: string; centreId: string }>`
    select r.id, r.centre_id as "centreId" from centres_hub.coordinator_recoveries r
    where r.person_id = ${mergedId} and r.state = 'waiting' and exists (select from centres_hub.coordinator_recoveries k
      where k.person_id = ${keptId} and k.centre_id = r.centre_id and k.state = 'waiting')`);
  for (const { id, centreId } of twice) {
    const { recovery } = await lockRecovery(writer, centreId, id, 'withdraw');
    await closeRecovery(writer, recovery, 'withdrawn', 'The two records of the person became one');
  }
  await writer.db
    .updateTable('centres_hub.coordinator_recoveries')
    .set({ person_id: keptId })
    .where('person_id', '=', mergedId)
    .execute();
}
