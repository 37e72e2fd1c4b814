/** The only writer of a request's state: each act asks the rule, moves the clock, writes the thread and the audit. */
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { requestChanged } from '../audit.ts';
import { type Answers, definitionSchema, type FormDefinition } from '../forms/definition.ts';
import { dueAfterPause, dueOn } from './request-clock.ts';
import { type Outcome, type RequestAct, type RequestState, transition } from './request-state.ts';

/** A request, locked until the end of the transaction. */
export interface LockedRequest {
  readonly id: string;
  /** "R-10001" */
  readonly number: string;
  readonly centreId: string;
  readonly state: RequestState;
  readonly definition: FormDefinition;
  readonly answers: Answers;
  readonly begunBy: string;
  readonly submittedBy: string | null;
  readonly assignedTo: string | null;
  readonly dueOn: string | null;
  readonly pausedAt: Date | null;
}

/** What people call a request: "R-10001". */
export const requestNumber = (number: number): string => `R-${number}`;

interface Row extends Omit<LockedRequest, 'number' | 'definition' | 'answers'> {
  readonly number: number;
  readonly definition: unknown;
  readonly answers: Answers;
}

/** Locks a request in the writer's scope. Throws NotFound when there is none. */
export async function lockRequest(writer: Writer, id: string): Promise<LockedRequest> {
  const { centreId } = writer.identity;
  const [row] = await writer.rows(sql<Row>`
    select r.id, r.number, r.centre_id as "centreId", r.state, v.definition, r.answers, r.begun_by as "begunBy",
      r.submitted_by as "submittedBy", r.assigned_to as "assignedTo", r.due_on as "dueOn", r.paused_at as "pausedAt"
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
    where r.id = ${id} and (${centreId}::uuid is null or r.centre_id = ${centreId}) for update of r`);
  if (!row) throw new NotFound();
  return { ...row, number: requestNumber(row.number), definition: definitionSchema.parse(row.definition) };
}

/** Something that happens to a request. `words` go into the thread. */
export type RequestEvent =
  | { readonly act: 'submit'; readonly words: string; readonly signedName: string | null }
  | { readonly act: 'ask' | 'answer' | 'withdraw'; readonly words: string }
  | { readonly act: 'decide'; readonly words: string; readonly outcome: Outcome };

const ENTRY_KINDS = {
  submit: 'submitted',
  ask: 'question',
  answer: 'answer',
  withdraw: 'withdrawn',
  decide: 'decided',
} as const satisfies Record<RequestAct, string>;

/** Moves a locked request on. Throws Refused with the rule's sentence. Returns the id of the thread's entry. */
export async function changeRequest(writer: Writer, request: LockedRequest, event: RequestEvent): Promise<string> {
  const next = transition(request.state, event.act);
  if (!next.ok) throw new Refused(next.message);
  const today = dayInLondon(writer.now);
  const stopped =
    request.pausedAt && request.dueOn ? { dueOn: request.dueOn, pausedOn: dayInLondon(request.pausedAt) } : null;
  const by = writer.identity.personId;
  await writer.db
    .updateTable('centres_hub.requests')
    .set({
      state: next.state,
      ...(event.act === 'submit' && {
        submitted_at: writer.now,
        submitted_by: by,
        signed_name: event.signedName,
        days_allowed: request.definition.daysAllowed,
        due_on: dueOn(today, request.definition.daysAllowed),
      }),
      paused_at: next.state === 'question' ? writer.now : null,
      ...(stopped && next.state === 'submitted' && { due_on: dueAfterPause(stopped, today) }),
      ...(event.act === 'decide' && {
        decided_at: writer.now,
        decided_by: by,
        outcome: event.outcome,
        decision_reasons: event.words,
      }),
    })
    .where('id', '=', request.id)
    .where('centre_id', '=', request.centreId)
    .execute();
  const entryId = await writeEntry(writer, request, { kind: ENTRY_KINDS[event.act], words: event.words });
  await writer.audit(
    requestChanged,
    { kind: 'request', id: request.id },
    {
      number: request.number,
      act: event.act,
      from: request.state,
      to: next.state,
      outcome: event.act === 'decide' ? event.outcome : null,
    },
    request.centreId,
  );
  return entryId;
}

export type EntryKind =
  | 'submitted'
  | 'question'
  | 'answer'
  | 'remark'
  | 'note'
  | 'assigned'
  | 'decided'
  | 'effect'
  | 'withdrawn';

/** Adds to the thread of a request; returns the entry's id. A `note` is read by the awarding body alone. */
export async function writeEntry(
  writer: Writer,
  request: Pick<LockedRequest, 'id' | 'centreId'>,
  { kind, words }: { readonly kind: EntryKind; readonly words: string },
): Promise<string> {
  const { personId, centreId } = writer.identity;
  const { id } = await writer.db
    .insertInto('centres_hub.request_entries')
    .values({
      request_id: request.id,
      centre_id: request.centreId,
      at: writer.now,
      person_id: kind === 'effect' ? null : personId,
      side: kind === 'effect' ? 'system' : centreId === null ? 'body' : 'centre',
      kind,
      words,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
