/** The answers of a past sitting of the demonstration: a chain as a seat would have sent it, of right and wrong letters. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { letterOf, lettersOf } from '#qti';
import { loadItemContents, loadKeys } from '../item-bank/load-items.ts';
import { eventText } from '../protocol/wire.ts';
import { type LockedSitting, lockSitting } from '../sitting/change-sitting.ts';
import type { PaperQuestion } from '../start-sitting/paper.ts';
import { paperOf } from '../start-sitting/show-paper.ts';

export interface PastAnswers {
  /** How many of the first questions are answered, and how many of those rightly. */
  readonly answered: number;
  readonly right: number;
  /** From the start to the last answer. */
  readonly lastMs: number;
}

/** Writes the answers of a running sitting into the ledger and returns the sitting with its new head. The writer is the system's. */
export async function writeAnswers(
  writer: Writer,
  sitting: LockedSitting,
  { answered, right, lastMs }: PastAnswers,
): Promise<LockedSitting> {
  const { questions } = await paperOf(writer, sitting.id);
  const ids = questions.map(({ itemVersionId }) => itemVersionId);
  const contents = await loadItemContents(writer, ids);
  const keys = await loadKeys(writer, ids);
  const startedAt = sitting.startedAt?.getTime() ?? writer.now.getTime();
  const values = questions.slice(0, answered).map((question, index) => {
    const content = contents.get(question.itemVersionId);
    const key = keys.get(question.itemVersionId);
    if (!content || !key) throw new Error(`item version ${question.itemVersionId} has no content or key`);
    const rightOnes = lettersOf(content, question.order, key.correct);
    // Wrong answers lie among the right ones, not all at the end.
    const isRight = Math.floor(((index + 1) * right) / answered) > Math.floor((index * right) / answered);
    return (isRight ? rightOnes : wrongLetters(question, rightOnes)).join(',');
  });
  let head = sitting.head;
  const events = values.map((value, index) => {
    const seq = index + 1;
    const monotonicMs = Math.round((lastMs * seq) / values.length);
    const event = { seq, kind: 'answer' as const, item: seq, value, monotonicMs };
    const previous = head;
    head = createHash('sha256')
      .update(previous)
      .update(eventText(sitting.id, sitting.epoch, event), 'utf8')
      .digest();
    return { ...event, previous, head, at: new Date(startedAt + monotonicMs) };
  });
  if (events.length === 0) return sitting;
  await writer.db
    .insertInto('online_assessments.answers')
    .values(
      events.map(({ monotonicMs, ...event }) => ({
        ...event,
        sitting_id: sitting.id,
        epoch: sitting.epoch,
        monotonic_ms: monotonicMs,
      })),
    )
    .execute();
  await writer.rows(sql`update online_assessments.sittings
    set last_seq = ${events.length}, head = ${head}, seen_at = ${events.at(-1)?.at} where id = ${sitting.id}`);
  return lockSitting(writer, sitting.id);
}

/** As many letters as are right, but not the right ones. */
function wrongLetters({ order }: PaperQuestion, right: readonly string[]): string[] {
  const letters = order.map((_, place) => letterOf(place));
  const wrong = letters.filter((letter) => !right.includes(letter));
  return [...wrong, ...right].slice(0, right.length).sort();
}
