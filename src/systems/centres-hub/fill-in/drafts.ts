/** Drafts of requests as they are stored, and as they stand in the version of today. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotAllowed, NotFound } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import type { Answers } from '../forms/definition.ts';
import { type FormVersion, versionById, versionsOf } from '../forms/forms.ts';
import type { HubQuery } from '../hub-page/hub-page.ts';
import { maySeeDraft } from '../requests/may-read.ts';
import { carryAnswers } from './carry-draft.ts';
import { mayFillIn } from './signature.ts';

export const requestParams = z.object({ id: z.uuid() });
export type RequestContext = Context<z.infer<typeof requestParams>, HubQuery>;

export interface StoredRequest {
  readonly id: string;
  readonly number: number;
  readonly centreId: string;
  readonly versionId: string;
  readonly state: 'draft' | 'submitted' | 'question' | 'decided' | 'withdrawn';
  readonly answers: Answers;
  readonly revision: number;
  readonly savedAt: Date;
  readonly savedBy: string | null;
  /** The person who began it. */
  readonly begunBy: string;
  readonly signedName: string | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly submittedByName: string | null;
  readonly dueOn: string | null;
}

export { requestNumber } from '../requests/change-request.ts';
export const requestHref = (id: string, rest = ''): string => `/centres-hub/requests/${id}${rest}`;

type InScope = Pick<Reader, 'rows' | 'identity'>;

const REQUEST = sql`r.id, r.number, r.centre_id as "centreId", r.form_version_id as "versionId", r.state, r.answers, r.revision,
  r.saved_at as "savedAt", r.signed_name as "signedName", r.begun_by as "begunBy", r.submitted_by as "submittedBy",
  r.submitted_at as "submittedAt", r.due_on as "dueOn",
  (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = r.saved_by) as "savedBy",
  (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = r.submitted_by) as "submittedByName"`;

/** A request in the reader's scope; 404 for any other. */
export async function requestById(reader: InScope, id: string): Promise<StoredRequest> {
  const { centreId } = reader.identity;
  const [row] = await reader.rows(sql<StoredRequest>`select ${REQUEST} from centres_hub.requests r
    where r.id = ${id} and (${centreId}::uuid is null or r.centre_id = ${centreId})`);
  if (!row) throw new NotFound();
  return row;
}

export interface Draft {
  readonly request: StoredRequest;
  /** The version it is filled in now: the current one, or its own when the form is withdrawn. */
  readonly version: FormVersion;
  /** All versions, for the words of what was left behind. */
  readonly versions: readonly FormVersion[];
  /** The answers as they stand in `version`. */
  readonly answers: Answers;
  /** The version it stood on before, when a newer one has taken its place. */
  readonly carriedFrom: FormVersion | null;
}

/**
 * A draft of the centre, led to the current version of its form. 404 for any other centre's, for what is no draft, and
 * for a confidential one that somebody else began.
 */
export async function draftById(reader: InScope, centreId: string, id: string): Promise<Draft> {
  const request = await requestById(reader, id);
  if (request.centreId !== centreId || request.state !== 'draft') throw new NotFound();
  const own = await versionById(reader, request.versionId);
  const versions = await versionsOf(reader, own.formId);
  const current = versions.find(({ withdrawnAt }) => withdrawnAt === null);
  const seen = (version: FormVersion) =>
    maySeeDraft({ ...request, definition: version.definition }, reader.identity.personId);
  if (!seen(own) || (current && !seen(current))) throw new NotFound();
  if (!current || current.id === own.id)
    return { request, version: own, versions, answers: request.answers, carriedFrom: null };
  return {
    request,
    version: current,
    versions,
    answers: carryAnswers(request.answers, own, current.definition),
    carriedFrom: own,
  };
}

/** The same, which nobody else saves or submits until the end of the transaction. */
export async function lockDraft(writer: Writer, centreId: string, id: string): Promise<Draft> {
  await writer.rows(sql`select id from centres_hub.requests where id = ${id} and centre_id = ${centreId} for update`);
  return draftById(writer, centreId, id);
}

/** Stops somebody whose roles neither fill in nor sign this form. */
export function mustFillIn(draft: Pick<Draft, 'version'>, roles: readonly Role[]): void {
  const { definition } = draft.version;
  if (mayFillIn(definition, roles)) return;
  const who = [...new Set([...definition.filledBy, ...(definition.signature?.signedBy ?? [])])];
  throw new NotAllowed(
    new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(who.map((role) => ROLE_NAMES[role])),
  );
}

/** Stores the answers under the next revision, and the version they stand on. The draft must be locked. Returns the revision. */
export async function storeAnswers(writer: Writer, draft: Draft, answers: Answers): Promise<number> {
  const revision = draft.request.revision + 1;
  await writer.db
    .updateTable('centres_hub.requests')
    .set({
      answers: JSON.stringify(answers),
      form_version_id: draft.version.id,
      revision,
      saved_at: writer.now,
      saved_by: writer.identity.personId as string,
    })
    .where('id', '=', draft.request.id)
    .where('centre_id', '=', draft.request.centreId)
    .where('state', '=', 'draft')
    .execute();
  return revision;
}
