/** One request as its page tells it: facts, thread, files. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { type Answers, definitionSchema, type FormDefinition } from '../forms/definition.ts';
import type { FileShown } from '../forms/question-field.ts';
import { type Hub, hubOfCentre } from '../hub-page/hub-page.ts';
import { type EntryKind, requestNumber } from '../requests/change-request.ts';
import { mayRead } from '../requests/may-read.ts';
import type { Outcome, RequestState } from '../requests/request-state.ts';

export interface RequestFacts {
  readonly id: string;
  /** "R-10001" */
  readonly number: string;
  readonly centreId: string;
  readonly state: RequestState;
  readonly definition: FormDefinition;
  readonly answers: Answers;
  readonly begunBy: string;
  readonly submittedBy: string | null;
  readonly begunByName: string | null;
  readonly signedName: string | null;
  readonly submittedAt: Date | null;
  readonly dueOn: string | null;
  readonly daysAllowed: number | null;
  readonly pausedAt: Date | null;
  readonly assignedTo: string | null;
  readonly assignedName: string | null;
  readonly decidedAt: Date | null;
  readonly outcome: Outcome | null;
  readonly decisionReasons: string | null;
  readonly feedback: { readonly score: number; readonly words: string | null } | null;
}

export interface ThreadEntry {
  readonly id: string;
  readonly at: Date;
  readonly side: 'centre' | 'body' | 'system';
  readonly kind: EntryKind;
  readonly words: string;
  /** Null where the reader is not told who: a centre reads of "the awarding body". */
  readonly name: string | null;
  readonly files: readonly FileShown[];
}

export interface RequestInQuestion {
  readonly hub: Hub;
  readonly request: RequestFacts;
  readonly thread: readonly ThreadEntry[];
}

interface Row extends Omit<RequestFacts, 'number' | 'definition' | 'feedback'> {
  readonly number: number;
  readonly definition: unknown;
  readonly score: number | null;
  readonly feedbackWords: string | null;
}

/**
 * A request in the reader's scope, with its thread. Throws NotFound for another centre's, and for what the person may not
 * read.
 */
export async function requestInQuestion(
  reader: Reader,
  context: Context<{ requestId: string }>,
): Promise<RequestInQuestion> {
  const { centreId } = reader.identity;
  const [row] = await reader.rows(sql<Row>`
    select r.id, r.number, r.centre_id as "centreId", r.state, v.definition, r.answers, r.begun_by as "begunBy",
      r.submitted_by as "submittedBy",
      p.given_names || ' ' || p.family_name as "begunByName", r.signed_name as "signedName", r.submitted_at as "submittedAt",
      r.due_on as "dueOn", r.days_allowed as "daysAllowed", r.paused_at as "pausedAt", r.assigned_to as "assignedTo",
      a.given_names || ' ' || a.family_name as "assignedName", r.decided_at as "decidedAt", r.outcome,
      r.decision_reasons as "decisionReasons", k.score, k.words as "feedbackWords"
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
      left join accounts.published_people p on p.id = r.begun_by
      left join accounts.published_people a on a.id = r.assigned_to
      left join centres_hub.request_feedback k on k.request_id = r.id
    where r.id = ${context.params.requestId} and (${centreId}::uuid is null or r.centre_id = ${centreId})`);
  if (!row) throw new NotFound();
  const acting = context.acting();
  const { personId } = context.person();
  const forBody = acting.kind === 'awarding_body';
  const definition = definitionSchema.parse(row.definition);
  if (!mayRead({ ...row, definition }, { ...acting, personId })) throw new NotFound();
  const { score, feedbackWords, ...facts } = row;
  return {
    hub: await hubOfCentre(reader, context, row.centreId),
    request: {
      ...facts,
      number: requestNumber(row.number),
      definition,
      feedback: score === null ? null : { score, words: feedbackWords },
    },
    thread: await threadOf(reader, row.id, forBody),
  };
}

async function threadOf(reader: Reader, requestId: string, forBody: boolean): Promise<ThreadEntry[]> {
  const rows = await reader.rows(sql<ThreadEntry>`
    select e.id, e.at, e.side, e.kind, e.words, p.given_names || ' ' || p.family_name as name,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.id)
        from centres_hub.request_files f where f.request_id = e.request_id and f.entry_id = e.id), '[]'::jsonb) as files
    from centres_hub.request_entries e left join accounts.published_people p on p.id = e.person_id
    where e.request_id = ${requestId} and (${forBody}::boolean or e.kind <> 'note') order by e.at, e.id`);
  return rows.map((entry) => (forBody || entry.side === 'centre' ? entry : { ...entry, name: null }));
}
