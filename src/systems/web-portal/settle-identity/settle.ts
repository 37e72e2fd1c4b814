import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { holdersOf } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { identitySettled } from '../audit.ts';
import {
  type CandidateMergePreview,
  lockCandidates,
  mergeCandidates,
  previewCandidateMerge,
} from '../merge-candidates/merge.ts';
import { identityDecided } from '../notifications.ts';
import { type IdentityQuestion, QUESTION_STATES, questionById } from './question.ts';

/** A question with what each record holds. */
export interface QuestionLook {
  readonly question: IdentityQuestion;
  /** What moves when the record entered is merged into the one known; and the other way about. */
  readonly ofEntered: CandidateMergePreview;
  readonly ofKnown: CandidateMergePreview;
  /** What this look showed, as a digest: it is decided as it was shown, or not at all. */
  readonly seen: string;
}

/** What an officer decides about. Throws NotFound. */
export async function lookAtQuestion(reader: Reader, questionId: string): Promise<QuestionLook> {
  const question = await questionById(reader, questionId);
  if (!question) throw new NotFound();
  const { entered, known } = question;
  const ofEntered = await previewCandidateMerge(reader, { keptId: known.id, mergedId: entered.id });
  const ofKnown = await previewCandidateMerge(reader, { keptId: entered.id, mergedId: known.id });
  const seen = createHash('sha256')
    .update(JSON.stringify([entered, known, ofEntered, ofKnown]))
    .digest('base64url');
  return { question, ofEntered, ofKnown, seen };
}

export interface Decision {
  readonly questionId: string;
  /** Which record stays, or that these are two people. */
  readonly decision: 'keep_entered' | 'keep_known' | 'another';
  readonly reason: string;
  readonly seen: string;
}

/**
 * Decides an open question: one transition, from open to "same" with a merge, or to "another", after which nobody is
 * asked about the two again. Of two officers who decide at the same time the second is told, whichever way each decides.
 */
export async function settleQuestion(writer: Writer, { questionId, decision, reason, seen }: Decision): Promise<void> {
  const before = await questionById(writer, questionId);
  if (!before) throw new NotFound();
  await lockCandidates(writer, before.entered.id, before.known.id);
  const look = await lookAtQuestion(writer, questionId);
  const { state, decidedBy, entered, known, numbers, centreId } = look.question;
  if (state !== 'open') {
    throw new Refused(
      `This was decided meanwhile${decidedBy ? ` by ${decidedBy}` : ''}: ${QUESTION_STATES[state].toLowerCase()}`,
    );
  }
  if (look.seen !== seen)
    throw new Refused('Something of the two records changed since you looked. Read them again, then decide');
  const same = decision !== 'another';
  await writer.db
    .updateTable('web_portal.identity_questions')
    .set({
      state: same ? 'same' : 'another',
      decided_at: writer.now,
      decided_by: writer.identity.personId,
      decision_reason: reason,
    })
    .where('id', '=', questionId)
    .execute();
  await writer.audit(
    identitySettled,
    { kind: 'identity-question', id: questionId },
    { decision: same ? 'same' : 'another', numbers: [...numbers], reason },
    centreId,
  );
  await tellAsker(writer, look.question, same);
  if (!same) {
    await tellNumberIsAnother(writer, look.question);
    return;
  }
  const [keptId, mergedId] = decision === 'keep_known' ? [known.id, entered.id] : [entered.id, known.id];
  await mergeCandidates(writer, { keptId, mergedId, questionId, reason });
  await followMerge(writer, keptId, mergedId, keptId === known.id ? known.number : entered.number);
}

/** The centre that asked learns how it ended: never whom it was asked about, nor why. */
async function tellAsker(writer: Writer, { centreId, entered }: IdentityQuestion, same: boolean): Promise<void> {
  await writer.notify({
    kind: identityDecided,
    personIds: await holdersOf(writer, centreId, ['coordinator', 'administrator']),
    subject: `Decided: ${same ? `candidate ${entered.number} and another record are one person` : `candidate ${entered.number} is another person`}`,
    body: same
      ? 'The awarding body found that two records were one person. Former numbers lead to the one that stays.'
      : 'The awarding body found that the records are of two people. Both stay as they are.',
    href: `/web-portal/candidates/${entered.id}`,
    organisationId: centreId,
  });
}

/** A number that was set aside is the other person's: the record says so, instead of that it is asked about. */
async function tellNumberIsAnother(writer: Writer, { entered, ulnSetAside, scottishNumberSetAside }: IdentityQuestion) {
  if ((ulnSetAside ?? scottishNumberSetAside) === null || entered.ulnAbsentReason === null) return;
  await writer.db
    .updateTable('web_portal.candidates')
    .set({ uln_absent_reason: 'The number given belongs to somebody else' })
    .where('id', '=', entered.id)
    .execute();
}

/** Other questions about the merged record are about the one that stays; those that thereby ask nothing more are closed. */
async function followMerge(writer: Writer, keptId: string, mergedId: string, number: string): Promise<void> {
  const why = `Settled by the merge with candidate ${number}`;
  await writer.rows(sql`
    update web_portal.identity_questions q
    set state = 'overtaken', decided_at = ${writer.now}, decided_by = ${writer.identity.personId}, decision_reason = ${why}
    where q.state = 'open' and ${mergedId}::uuid in (q.candidate_id, q.other_id)
      and (${keptId}::uuid in (q.candidate_id, q.other_id) or exists (
        select from web_portal.identity_questions o where o.id <> q.id and o.state in ('open', 'another')
          and ${keptId}::uuid in (o.candidate_id, o.other_id)
          and case when q.candidate_id = ${mergedId} then q.other_id else q.candidate_id end in (o.candidate_id, o.other_id)))`);
  // Those that are left lead on, so that two people who were kept apart stay so.
  await writer.rows(sql`
    update web_portal.identity_questions q
    set candidate_id = case when q.candidate_id = ${mergedId} then ${keptId}::uuid else q.candidate_id end,
      other_id = case when q.other_id = ${mergedId} then ${keptId}::uuid else q.other_id end
    where q.state in ('open', 'another') and ${mergedId}::uuid in (q.candidate_id, q.other_id)
      and not ${keptId}::uuid in (q.candidate_id, q.other_id)`);
}
