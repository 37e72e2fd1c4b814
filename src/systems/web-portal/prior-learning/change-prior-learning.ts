/** The only writer of a claim of prior learning after it was proposed: asks the rule, writes the history and the audit. */
import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import { conflictBetween } from '#centres-hub';
import type { Writer } from '#platform/database/database.ts';
import type { ReceivedFile } from '#platform/files/receive-form.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { priorLearningChanged } from '../audit.ts';
import { priorLearningMoved } from '../notifications.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';
import {
  eventsOf,
  PRIOR_LEARNING,
  type PriorLearning,
  priorLearningById,
  priorLearningNumber,
  proposersOf,
} from './prior-learning.ts';
import { type Actor, moveOf, type PriorLearningAct, type PriorLearningState } from './prior-learning-state.ts';

export interface PriorLearningChange {
  readonly id: string;
  readonly act: Exclude<PriorLearningAct, 'propose'>;
  readonly actor: Actor;
  /** Why; read by both sides. */
  readonly words: string;
}

/**
 * Moves a claim on, in the scope of whoever acts. A grant records the unit as achieved in the same transaction. Throws
 * NotFound out of scope, and Refused with the rule's sentence. Returns it as it was before.
 */
export async function changePriorLearning(writer: Writer, change: PriorLearningChange): Promise<PriorLearning> {
  const { id, act, actor, words } = change;
  const { centreId } = writer.identity;
  const [locked] = await writer.rows(sql<{ id: string }>`
    select id from web_portal.prior_learning where id = ${id} and (${centreId}::uuid is null or centre_id = ${centreId}::uuid) for update`);
  if (!locked) throw new NotFound();
  const one = await priorLearningById(writer, id, centreId);
  const proposers = proposersOf(await eventsOf(writer, id, true));
  const move = moveOf(one.state, act, actor, proposers);
  if (!move.ok) throw new Refused(move.message);
  if (act !== 'mend' && act !== 'withdraw') await refuseInterest(writer, one, actor.personId);
  await writer.db
    .updateTable('web_portal.prior_learning')
    .set({ state: move.to, state_changed_at: writer.now })
    .where('id', '=', id)
    .where('centre_id', '=', one.centreId)
    .execute();
  await noteEvent(writer, one, act, words);
  await writer.audit(
    priorLearningChanged,
    { kind: 'prior-learning', id },
    { number: priorLearningNumber(one.number), act, from: one.state, to: move.to },
    one.centreId,
  );
  if (act === 'grant') await record(writer, one);
  await tell(writer, one, move.to, proposers, words);
  return one;
}

/** Nobody judges the work of somebody in whom an interest is declared (General Condition A4). */
async function refuseInterest(writer: Writer, one: PriorLearning, personId: string): Promise<void> {
  const conflict = await conflictBetween(writer, {
    centreId: one.centreId,
    personId,
    candidateId: one.candidateId,
  });
  if (conflict) throw new Refused(`${conflict.words} Ask a colleague to do it`);
}

async function record(writer: Writer, one: PriorLearning): Promise<void> {
  const { outcome } = await recordUnitAchievement(writer, {
    registrationId: one.registrationId,
    unitId: one.unitId,
    sourceKind: one.kind,
    sourceId: one.id,
    at: writer.now,
    grade: one.grade,
  });
  if (outcome === 'already_recorded')
    throw new Refused('The unit has been achieved in another way meanwhile. Refuse this, and say so');
  if (outcome === 'void') throw new Refused('The registration is void: it takes no units. Refuse this, and say so');
}

/** Adds to the history of a claim. */
export async function noteEvent(
  writer: Writer,
  { id, centreId }: Pick<PriorLearning, 'id' | 'centreId'>,
  act: PriorLearningAct,
  words: string,
): Promise<void> {
  await writer.db
    .insertInto('web_portal.prior_learning_events')
    .values({
      prior_learning_id: id,
      centre_id: centreId,
      act,
      at: writer.now,
      person_id: writer.identity.personId,
      side: writer.identity.centreId === null ? 'body' : 'centre',
      words,
    })
    .execute();
}

/** Keeps evidence with a claim. */
export async function storeEvidence(
  writer: Writer,
  { id, centreId }: Pick<PriorLearning, 'id' | 'centreId'>,
  files: readonly ReceivedFile[],
): Promise<void> {
  for (const { name, kind, content, sha256 } of files)
    await writer.db
      .insertInto('web_portal.prior_learning_files')
      .values({
        prior_learning_id: id,
        centre_id: centreId,
        name,
        media_type: kind?.mediaType ?? 'application/octet-stream',
        bytes: content.length,
        sha256,
        content,
        added_at: writer.now,
        added_by: writer.identity.personId as string,
      })
      .execute();
}

const TOLD: Partial<Record<PriorLearningState, string>> = {
  returned: 'Returned',
  granted: 'Granted',
  refused: 'Refused',
};

/** Whoever proposed it, and the office of the centre, learn how it went. */
async function tell(
  writer: Writer,
  one: PriorLearning,
  to: PriorLearningState,
  proposers: readonly string[],
  words: string,
): Promise<void> {
  const how = TOLD[to];
  if (!how) return;
  const office = await holdersOf(writer, one.centreId, ['coordinator', 'administrator']);
  await writer.notify({
    kind: priorLearningMoved,
    personIds: [...new Set([...proposers, ...office])].filter((personId) => personId !== writer.identity.personId),
    subject: `${how}: prior learning of ${one.candidateName}, ${one.unitTitle}`,
    body: words,
    href: `${PRIOR_LEARNING}/${one.id}`,
    organisationId: one.centreId,
  });
}
