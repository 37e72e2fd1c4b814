import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { recoveryClosed } from './audit.ts';
import { type RecoveryAct, type RecoveryState, recoveryTransition } from './recovery-state.ts';

export interface Recovery {
  readonly id: string;
  readonly number: number;
  readonly centreId: string;
  readonly centre: string;
  readonly centreNumber: string;
  readonly personId: string;
  readonly name: string;
  readonly state: RecoveryState;
  readonly reasons: string;
  readonly askedAt: Date;
  readonly closedAt: Date | null;
  readonly closingWords: string | null;
  readonly fileId: string | null;
  readonly fileName: string | null;
  readonly objections: number;
}

const RECOVERY = sql`r.id, r.number, r.centre_id as "centreId", o.name as centre, o.number as "centreNumber", r.person_id as "personId",
  coalesce(p.given_names || ' ' || p.family_name, 'Somebody') as name, r.state, r.reasons, r.asked_at as "askedAt", r.closed_at as "closedAt",
  r.closing_words as "closingWords", f.id as "fileId", f.name as "fileName",
  (select count(*)::int from centres_hub.coordinator_objections b where b.recovery_id = r.id) as objections
  from centres_hub.coordinator_recoveries r
  join accounts.published_organisations o on o.id = r.centre_id
  left join accounts.published_people p on p.id = r.person_id
  left join centres_hub.evidence_files f on f.recovery_id = r.id`;

/** The requests of one centre, or of all in the reader's scope, the newest first. */
export function recoveriesOf(reader: Pick<Reader, 'rows'>, centreId: string | null): Promise<Recovery[]> {
  return reader.rows(sql<Recovery>`
    select ${RECOVERY} where (${centreId}::uuid is null or r.centre_id = ${centreId}) order by r.number desc`);
}

/** One of a centre; 404 for any other. */
export async function recoveryOf(reader: Pick<Reader, 'rows'>, centreId: string, id: string): Promise<Recovery> {
  const [found] = await reader.rows(sql<Recovery>`select ${RECOVERY} where r.id = ${id} and r.centre_id = ${centreId}`);
  if (!found) throw new NotFound();
  return found;
}

export interface Objection {
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly writtenAt: Date;
}

export function objectionsOf(reader: Pick<Reader, 'rows'>, recoveryId: string, centreId: string): Promise<Objection[]> {
  return reader.rows(sql<Objection>`
    select b.id, coalesce(p.given_names || ' ' || p.family_name, 'A coordinator') as name, b.words, b.written_at as "writtenAt"
    from centres_hub.coordinator_objections b left join accounts.published_people p on p.id = b.person_id
    where b.recovery_id = ${recoveryId} and b.centre_id = ${centreId} order by b.written_at`);
}

/** Locks the request and asks the rule whether the act may be; throws Refused with its sentence. */
export async function lockRecovery(
  writer: Writer,
  centreId: string,
  id: string,
  act: RecoveryAct,
): Promise<{ readonly recovery: Recovery; readonly state: RecoveryState }> {
  await writer.rows(sql`
    select id from centres_hub.coordinator_recoveries where id = ${id} and centre_id = ${centreId} for update`);
  const recovery = await recoveryOf(writer, centreId, id);
  const moved = recoveryTransition(recovery.state, act);
  if (!moved.ok) throw new Refused(moved.message);
  return { recovery, state: moved.state };
}

/** Closes a locked request, with the record of it. */
export async function closeRecovery(
  writer: Writer,
  recovery: Recovery,
  state: Exclude<RecoveryState, 'waiting'>,
  words: string | null,
): Promise<void> {
  await writer.db
    .updateTable('centres_hub.coordinator_recoveries')
    .set({ state, closed_at: writer.now, closed_by: writer.identity.personId, closing_words: words })
    .where('id', '=', recovery.id)
    .where('centre_id', '=', recovery.centreId)
    .execute();
  await writer.audit(
    recoveryClosed,
    { kind: 'coordinator-recovery', id: recovery.id },
    { number: recovery.number, name: recovery.name, state, reason: words },
    recovery.centreId,
  );
}
