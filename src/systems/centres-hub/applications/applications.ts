import { sql } from 'kysely';
import { hashToken, newToken } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { currentAgreement } from '../agreement/agreement-versions.ts';
import { applicationMoved } from '../centre-audit.ts';
import { whoActs } from '../profile-changes/record.ts';
import { type ApplicationAnswers, answersSchema, missingFrom } from './application-form.ts';
import {
  APPLICATION_ACTS,
  type ApplicationAct,
  type ApplicationState,
  applicationProblem,
} from './application-state.ts';
import { checksOpen } from './due-diligence.ts';

export interface Application {
  readonly id: string;
  /** "A-20001" */
  readonly reference: string;
  readonly state: ApplicationState;
  readonly stateChangedAt: Date;
  readonly organisation: string;
  readonly contactName: string;
  readonly email: string;
  readonly postcode: string;
  readonly products: string;
  readonly message: string;
  readonly askedAt: Date;
  readonly answers: ApplicationAnswers;
  readonly revision: number;
  readonly savedAt: Date | null;
  readonly agreementVersionId: string | null;
  readonly signedName: string | null;
  readonly signedAt: Date | null;
  readonly centreId: string | null;
}

const COLUMNS = sql`a.id, 'A-' || a.number as reference, a.state, a.state_changed_at as "stateChangedAt", a.organisation,
  a.contact_name as "contactName", a.email, a.postcode, a.products, a.message, a.asked_at as "askedAt", a.answers, a.revision,
  a.saved_at as "savedAt", a.agreement_version_id as "agreementVersionId", a.signed_name as "signedName",
  a.signed_at as "signedAt", a.centre_id as "centreId"`;

type Asking = Pick<Reader, 'rows'>;

async function one(reader: Asking, where: ReturnType<typeof sql>, lock = false): Promise<Application | null> {
  const [row] = await reader.rows(
    sql<Application>`select ${COLUMNS} from centres_hub.applications a where ${where} ${lock ? sql`for update` : sql``}`,
  );
  return row ? { ...row, answers: answersSchema.parse(row.answers) } : null;
}

/** An application; 404 when there is none. `lock` until the end of the transaction. */
export async function applicationOf(reader: Asking, id: string, lock = false): Promise<Application> {
  const found = await one(reader, sql`a.id = ${id}`, lock);
  if (!found) throw new NotFound();
  return found;
}

/** The one of a mailed link that has not expired, or null. */
export function applicationOfToken(reader: Pick<Reader, 'rows' | 'now'>, token: string): Promise<Application | null> {
  return one(reader, sql`a.token_hash = ${hashToken(token)} and a.token_expires_at > ${reader.now}`);
}

/** The newest one of this confirmed address that has come to the application itself, or null. */
export function applicationOfEmail(reader: Asking, email: string): Promise<Application | null> {
  return one(
    reader,
    sql`a.id = (select n.id from centres_hub.applications n where lower(n.email) = lower(${email})
      and n.state not in ('asked', 'interested') order by n.asked_at desc limit 1)`,
  );
}

const LINK_DAYS = { confirm: 7, application: 60 } as const;

/** A new link for the applicant; earlier ones stop working. Returns the token. */
export async function newApplicantLink(
  writer: Writer,
  applicationId: string,
  purpose: keyof typeof LINK_DAYS,
): Promise<string> {
  const token = newToken();
  await writer.db
    .updateTable('centres_hub.applications')
    .set({
      token_hash: hashToken(token),
      token_expires_at: new Date(writer.now.getTime() + LINK_DAYS[purpose] * 86_400_000),
    })
    .where('id', '=', applicationId)
    .execute();
  return token;
}

export interface Step {
  readonly at: Date;
  readonly who: string;
  readonly act: ApplicationAct | 'ask';
  readonly words: string | null;
  readonly personId: string | null;
}

/** What happened to it, newest first. */
export function stepsOf(reader: Asking, applicationId: string): Promise<Step[]> {
  return reader.rows(sql<Step>`select at, who, act, words, person_id as "personId" from centres_hub.application_steps
    where application_id = ${applicationId} order by id desc`);
}

export interface Check {
  readonly name: string;
  readonly outcome: 'done' | 'failed';
  readonly words: string;
  readonly at: Date;
  readonly who: string;
}

/** The newest of each due-diligence check. */
export function checksOf(reader: Asking, applicationId: string): Promise<Check[]> {
  return reader.rows(sql<Check>`select distinct on (name) name, outcome, words, at, who from centres_hub.application_checks
    where application_id = ${applicationId} order by name, id desc`);
}

export interface Report {
  readonly manner: 'visit' | 'desk';
  readonly heldOn: string;
  readonly words: string;
  readonly at: Date;
  readonly who: string;
}

/** Reports of visits and desk decisions, newest first. */
export function reportsOf(reader: Asking, applicationId: string): Promise<Report[]> {
  return reader.rows(sql<Report>`select manner, held_on as "heldOn", words, at, who from centres_hub.application_reports
    where application_id = ${applicationId} order by id desc`);
}

/**
 * The one way from state to state: locks the application, asks the rule, writes the state and the step, and records.
 * `by` names who acts for the organisation, which need not be logged in. Refuses with a sentence.
 */
export async function moveApplication(
  writer: Writer,
  applicationId: string,
  act: ApplicationAct,
  { words = null, by, centreId }: { words?: string | null; by?: string; centreId?: string } = {},
): Promise<Application> {
  const application = await mayMove(writer, applicationId, act);
  const { to } = APPLICATION_ACTS[act];
  await writer.db
    .updateTable('centres_hub.applications')
    .set({ state: to, state_changed_at: writer.now, ...(centreId ? { centre_id: centreId } : {}) })
    .where('id', '=', applicationId)
    .execute();
  await recordStep(writer, applicationId, { act, to, words, by: by ?? null });
  return { ...application, state: to };
}

/** Locks the application and asks the rule whether the act may be; throws Refused with its sentence. */
export async function mayMove(writer: Writer, applicationId: string, act: ApplicationAct): Promise<Application> {
  const application = await applicationOf(writer, applicationId, true);
  const refusal = (await stepsOf(writer, applicationId)).find((step) => step.act === 'refuse');
  const problem = applicationProblem(application.state, act, {
    checksOpen: checksOpen(await checksOf(writer, applicationId)),
    hasReport: (await reportsOf(writer, applicationId)).length > 0,
    missing: missingFrom(application.answers).map(({ message }) => message),
    agreementPublished: (await currentAgreement(writer)) !== null,
    actorRefused: refusal !== undefined && refusal.personId === writer.identity.personId,
  });
  if (problem) throw new Refused(problem);
  return application;
}

/** Writes a step into the history and into the ledger. */
export async function recordStep(
  writer: Writer,
  applicationId: string,
  {
    act,
    to,
    words,
    by,
  }: { act: ApplicationAct | 'ask'; to: ApplicationState; words: string | null; by: string | null },
): Promise<void> {
  await writer.db
    .insertInto('centres_hub.application_steps')
    .values({
      application_id: applicationId,
      at: writer.now,
      person_id: writer.identity.personId,
      who: by ?? whoActs(writer),
      act,
      to_state: to,
      words,
    })
    .execute();
  await writer.audit(applicationMoved, { kind: 'application', id: applicationId }, { act, to, words }, null);
}
