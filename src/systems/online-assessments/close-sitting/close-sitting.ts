/** Closes a sitting and, in the same transaction, marks it, releases the result and signs the submission receipt. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import type { Keys } from '#platform/keys/keys.ts';
import type { ItemContent, ItemKey } from '#qti';
import { recordUnitAchievement } from '#web-portal';
import { resultHeld, resultReleased } from '../audit.ts';
import { nextSittingFrom } from '../availability/availability.ts';
import { tellReleased } from '../notifications.ts';
import { type HandInAnswer, submissionText } from '../protocol/wire.ts';
import { changeSitting, type LockedSitting, reportIncident, type SittingEvent } from '../sitting/change-sitting.ts';
import { paperOf } from '../start-sitting/show-paper.ts';
import { type Marked, scoreLog } from './score.ts';
import { newWords } from './words.ts';

export interface ClosedSitting {
  readonly sitting: LockedSitting;
  readonly submission: HandInAnswer;
  readonly released: boolean;
}

/**
 * `writer` is the system's (it alone reads keys); `event` is hand_in, time_out or end. After the commit the sitting is
 * released, or held when the markers do not agree. Throws Refused when the sitting is not open.
 */
export async function closeSitting(
  writer: Writer,
  keys: Keys,
  sitting: LockedSitting,
  event: SittingEvent,
): Promise<ClosedSitting> {
  const ended = await changeSitting(writer, sitting, event);
  const submission = await signSubmission(writer, keys, ended);
  const marked = await recorded(writer, ended, await mark(writer, ended));
  const withMark = await changeSitting(writer, ended, { kind: 'mark', reason: 'Marked twice by independent markers' });
  if (!marked.agreed) {
    await writeResult(writer, withMark, marked, false);
    const held = await changeSitting(writer, withMark, { kind: 'hold', reason: marked.why });
    await reportIncident(writer, {
      centreId: held.centreId,
      sessionId: held.sessionId,
      sittingId: held.id,
      kind: 'result-held',
      detail: marked.why,
    });
    await writer.audit(resultHeld, { kind: 'sitting', id: held.id }, { why: marked.why }, held.centreId);
    return { sitting: held, submission, released: false };
  }
  await writeResult(writer, withMark, marked, true);
  const released = await changeSitting(writer, withMark, { kind: 'release', reason: 'Both markers agree' });
  const { score, max, passed } = marked.score;
  await writer.audit(
    resultReleased,
    { kind: 'sitting', id: released.id },
    { score, maximum: max, passed },
    released.centreId,
  );
  await tellReleased(writer, released);
  return { sitting: released, submission, released: true };
}

/**
 * Tells the Web Portal of a pass. Should that fail, the sitting must still close: the result is held for a person to
 * look at, and nothing of the failed step remains. What may succeed at a second try (a lost connection, a deadlock) throws.
 */
async function recorded(writer: Writer, sitting: LockedSitting, marked: Marked): Promise<Marked> {
  if (!marked.agreed || !marked.score.passed) return marked;
  await writer.rows(sql`savepoint achievement`);
  try {
    await recordUnitAchievement(writer, {
      registrationId: sitting.registrationId,
      unitId: sitting.unitId,
      sourceKind: 'sitting',
      sourceId: sitting.id,
      at: writer.now,
    });
    return marked;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code && !/^2[23]/.test(code)) throw error;
    await writer.rows(sql`rollback to savepoint achievement`);
    return { agreed: false, score: marked.score, why: `The unit could not be recorded as achieved: ${message}` };
  }
}

/** Marks the log as it stands in the transaction. */
async function mark(writer: Writer, sitting: LockedSitting): Promise<Marked> {
  const paper = await paperOf(writer, sitting.id);
  const ids = paper.questions.map(({ itemVersionId }) => itemVersionId);
  const rows = await writer.rows(sql<{ id: string; content: ItemContent; key: ItemKey | null }>`
    select v.id, v.content, k.key from online_assessments.item_versions v
    left join online_assessments.item_keys k on k.item_version_id = v.id where v.id = any (${ids}::uuid[])`);
  const log = await writer.rows(sql<{ item: number; value: string }>`
    select item, value from online_assessments.answers where sitting_id = ${sitting.id} and kind = 'answer' order by seq`);
  const form = await formOf(writer, sitting.testFormId);
  return scoreLog({
    paper,
    contents: new Map(rows.map(({ id, content }) => [id, content])),
    keys: new Map(rows.flatMap(({ id, key }) => (key ? [[id, key] as const] : []))),
    log,
    passMark: form.pass_mark,
  });
}

const formOf = (writer: Writer, id: string) =>
  writer.db
    .selectFrom('online_assessments.test_forms')
    .select(['code', 'version', 'pass_mark', 'hours_after_fail'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

async function writeResult(writer: Writer, sitting: LockedSitting, marked: Marked, release: boolean): Promise<void> {
  const { score } = marked;
  const form = await formOf(writer, sitting.testFormId);
  await writer.db
    .insertInto('online_assessments.results')
    .values({
      centre_id: sitting.centreId,
      sitting_id: sitting.id,
      candidate_id: sitting.candidateId,
      registration_id: sitting.registrationId,
      unit_id: sitting.unitId,
      version: 1,
      score: score.score,
      maximum: score.max,
      pass_mark: score.passMark,
      passed: score.passed,
      topics: JSON.stringify(score.topics),
      log_head: sitting.head,
      scoring_version: String(score.scoringVersion),
      released_at: release ? writer.now : null,
      next_sitting_from: score.passed ? null : nextSittingFrom(sitting.endedAt ?? writer.now, form.hours_after_fail),
      created_at: writer.now,
    })
    .execute();
}

/** The receipt of the whole sitting: what was handed in, when, with a short code in words. */
async function signSubmission(writer: Writer, keys: Keys, sitting: LockedSitting): Promise<HandInAnswer> {
  const form = await formOf(writer, sitting.testFormId);
  const content: HandInAnswer['content'] = {
    sittingId: sitting.id,
    form: `${form.code} version ${form.version}`,
    count: sitting.lastSeq,
    head: sitting.head.toString('base64url'),
    at: (sitting.endedAt ?? writer.now).toISOString(),
  };
  const signature = keys.receipts.sign(submissionText(content));
  const { kid } = keys.receipts;
  for (;;) {
    const words = newWords();
    const [inserted] = await writer.rows(sql<{ sitting_id: string }>`
      insert into online_assessments.submission_receipts (sitting_id, centre_id, content, signature, words, at)
      values (${sitting.id}, ${sitting.centreId}, ${JSON.stringify({ ...content, kid })}::jsonb, ${signature}, ${words}, ${writer.now})
      on conflict (words) do nothing returning sitting_id`);
    if (inserted) return { content, kid, signature, words };
  }
}

/** The submission receipt of a sitting that has ended, as it was first given; null before. */
export async function submissionOf(reader: Pick<Writer, 'rows'>, sittingId: string): Promise<HandInAnswer | null> {
  const [row] = await reader.rows(
    sql<{
      content: HandInAnswer['content'] & { kid: string };
      signature: string;
      words: string;
    }>`select content, signature, words from online_assessments.submission_receipts where sitting_id = ${sittingId}`,
  );
  if (!row) return null;
  const { kid, ...content } = row.content;
  return { content, kid, signature: row.signature, words: row.words };
}
