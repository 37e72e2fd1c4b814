import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { candidatesMerged } from '../audit.ts';
import { tellWebhooks } from '../webhooks/tell.ts';
import { type CandidateMerge, joinedCandidateMergers } from './merger.ts';
import { ownMerger } from './own-merger.ts';

export interface CandidateMergePreview {
  /** What the merged record holds, which moves. */
  readonly moves: readonly string[];
  /** What has to be done first; the merge is refused while there is any. */
  readonly obstacles: readonly string[];
}

/** What would happen. In the scope of the awarding body. */
export async function previewCandidateMerge(reader: Reader, merge: CandidateMerge): Promise<CandidateMergePreview> {
  const moves: string[] = [];
  const obstacles: string[] = [];
  for (const merger of [ownMerger, ...joinedCandidateMergers()]) {
    moves.push(...((await merger.preview?.(reader, merge)) ?? []));
    obstacles.push(...((await merger.obstacles?.(reader, merge)) ?? []));
  }
  return { moves, obstacles };
}

interface Locked {
  readonly id: string;
  readonly number: string;
  readonly mergedIntoNumber: string | null;
}

/**
 * Locks two records, in one order whoever asks, and the entering of candidates at their centres: two merges of the same
 * record wait for one another. Refused when one of them was merged meanwhile.
 */
export async function lockCandidates(writer: Writer, one: string, other: string): Promise<void> {
  await writer.rows(sql`
    select pg_advisory_xact_lock(hashtextextended('web-portal.candidates:' || centre_id, 0))
    from (select distinct j.centre_id from web_portal.centre_candidates j where j.candidate_id in (${one}, ${other}) order by 1) joined`);
  const rows = await writer.rows(sql<Locked>`
    select c.id, c.candidate_number as number,
      (select k.candidate_number from web_portal.candidates k where k.id = c.merged_into) as "mergedIntoNumber"
    from web_portal.candidates c where c.id in (${one}, ${other}) order by c.id for update of c`);
  for (const { number, mergedIntoNumber } of rows) {
    if (mergedIntoNumber !== null) {
      throw new Refused(
        `Candidate ${number} was merged into ${mergedIntoNumber} meanwhile. Nothing is left to decide here`,
      );
    }
  }
}

/**
 * Makes one candidate of two records that are locked, in the writer's transaction: everything moves to the record that
 * stays, and the other's number leads to it for ever. Refused, with what has to be done first, where it cannot be.
 */
export async function mergeCandidates(
  writer: Writer,
  { keptId, mergedId, questionId, reason }: CandidateMerge & { readonly questionId: string; readonly reason: string },
): Promise<void> {
  const merge = { keptId, mergedId };
  const { moves, obstacles } = await previewCandidateMerge(writer, merge);
  if (obstacles.length > 0) throw new Refused(obstacles.map((message) => ({ field: 'decision', message })));
  const [record] = await writer.rows(sql<{ asItWas: object; number: string; kept: string }>`
    select to_jsonb(c) - 'search_text' - 'name_key' || jsonb_build_object('centres', coalesce((
        select jsonb_agg(jsonb_build_object('centre_id', j.centre_id, 'centre_reference', j.centre_reference, 'how', j.how, 'joined_at', j.joined_at))
        from web_portal.centre_candidates j where j.candidate_id = c.id), '[]')) as "asItWas",
      c.candidate_number as number, (select k.candidate_number from web_portal.candidates k where k.id = ${keptId}) as kept
    from web_portal.candidates c where c.id = ${mergedId}`);
  if (!record) throw new Error(`There is no candidate ${mergedId} to merge`);
  // Only centres that knew the record under its former number: others learn nothing of it.
  const told = await writer.db
    .selectFrom('web_portal.centre_candidates')
    .select('centre_id')
    .where('candidate_id', '=', mergedId)
    .orderBy('centre_id')
    .execute();
  for (const merger of [ownMerger, ...joinedCandidateMergers()]) await merger.move?.(writer, merge);
  await writer.db
    .insertInto('web_portal.candidate_merges')
    .values({
      question_id: questionId,
      kept_id: keptId,
      merged_id: mergedId,
      merged_record: JSON.stringify(record.asItWas),
      moved: JSON.stringify(moves),
      reason,
      merged_at: writer.now,
      merged_by: writer.identity.personId,
    })
    .execute();
  await writer.audit(
    candidatesMerged,
    { kind: 'candidate', id: keptId },
    { keptNumber: record.kept, mergedNumber: record.number, mergedId, moved: moves.length, reason },
  );
  const happened = {
    candidateId: keptId,
    candidateNumber: record.kept,
    formerCandidateId: mergedId,
    formerCandidateNumber: record.number,
  };
  for (const { centre_id } of told) await tellWebhooks(writer, centre_id, 'candidate.merged', [happened]);
}
