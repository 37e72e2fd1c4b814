/** Forms and their versions as they are stored. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { definitionSchema, draftSchema, type FormDefinition } from './definition.ts';

export interface FormVersion {
  readonly id: string;
  readonly formId: string;
  /** Of the form: "reasonable-adjustment". */
  readonly code: string;
  readonly number: number;
  readonly definition: FormDefinition;
  readonly publishedAt: Date;
  /** Null: it came with the product. */
  readonly publishedBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
}

export interface Form {
  readonly id: string;
  readonly code: string;
  readonly draft: FormDefinition | null;
  readonly draftRevision: number;
  readonly draftSavedAt: Date | null;
  /** The name of whoever saved last. */
  readonly draftSavedBy: string | null;
  /** The version that centres fill in, if any. */
  readonly current: FormVersion | null;
}

const VERSION = sql`v.id, v.form_id as "formId", f.code, v.number, v.definition, v.published_at as "publishedAt",
  v.withdrawn_at as "withdrawnAt", v.withdrawn_reason as "withdrawnReason"`;
const NAME = sql`(select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = v.published_by)`;

const versionOf = (row: FormVersion): FormVersion => ({ ...row, definition: definitionSchema.parse(row.definition) });

/** The versions that centres may fill in today, by title. */
export async function currentVersions(reader: Pick<Reader, 'rows'>): Promise<FormVersion[]> {
  const rows = await reader.rows(sql<FormVersion>`
    select ${VERSION}, null as "publishedBy" from centres_hub.form_versions v join centres_hub.forms f on f.id = v.form_id
    where v.withdrawn_at is null order by v.definition->>'title', f.code`);
  return rows.map(versionOf);
}

/** All versions of a form, the newest first. */
export async function versionsOf(reader: Pick<Reader, 'rows'>, formId: string): Promise<FormVersion[]> {
  const rows = await reader.rows(sql<FormVersion>`
    select ${VERSION}, null as "publishedBy" from centres_hub.form_versions v join centres_hub.forms f on f.id = v.form_id
    where v.form_id = ${formId} order by v.number desc`);
  return rows.map(versionOf);
}

/** The same with the names of those who published; for the awarding body. */
export async function historyOf(reader: Pick<Reader, 'rows'>, formId: string): Promise<FormVersion[]> {
  const rows = await reader.rows(sql<FormVersion>`
    select ${VERSION}, ${NAME} as "publishedBy" from centres_hub.form_versions v join centres_hub.forms f on f.id = v.form_id
    where v.form_id = ${formId} order by v.number desc`);
  return rows.map(versionOf);
}

/** A version by its id; 404 when there is none. */
export async function versionById(reader: Pick<Reader, 'rows'>, id: string): Promise<FormVersion> {
  const [row] = await reader.rows(sql<FormVersion>`
    select ${VERSION}, null as "publishedBy" from centres_hub.form_versions v join centres_hub.forms f on f.id = v.form_id
    where v.id = ${id}`);
  if (!row) throw new NotFound();
  return versionOf(row);
}

interface FormRow {
  id: string;
  code: string;
  draft: unknown;
  draftRevision: number;
  draftSavedAt: Date | null;
  draftSavedBy: string | null;
}

/** A form with its draft, for its designers; 404 when there is none. */
export async function formByCode(reader: Pick<Reader, 'rows'>, code: string): Promise<Form> {
  const [row] = await reader.rows(sql<FormRow>`
    select f.id, f.code, f.draft, f.draft_revision as "draftRevision", f.draft_saved_at as "draftSavedAt",
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = f.draft_saved_by) as "draftSavedBy"
    from centres_hub.forms f where f.code = ${code}`);
  if (!row) throw new NotFound();
  const current = (await historyOf(reader, row.id)).find(({ withdrawnAt }) => withdrawnAt === null) ?? null;
  return { ...row, draft: row.draft === null ? null : draftSchema.parse(row.draft), current };
}

/** The form, which nobody else changes until the end of the transaction. */
export async function lockForm(writer: Writer, code: string): Promise<Form> {
  await writer.rows(sql`select id from centres_hub.forms where code = ${code} for update`);
  return formByCode(writer, code);
}

/** Stores the draft, under the next revision. The form must be locked. */
export async function storeDraft(writer: Writer, form: Form, draft: FormDefinition): Promise<void> {
  await writer.db
    .updateTable('centres_hub.forms')
    .set({
      draft: JSON.stringify(draftSchema.parse(draft)),
      draft_revision: form.draftRevision + 1,
      draft_saved_at: writer.now,
      draft_saved_by: writer.identity.personId,
    })
    .where('id', '=', form.id)
    .execute();
}

/** Publishes a definition as the next version; the current one, if any, gives way to it. The form must be locked. */
export async function storeVersion(
  writer: Writer,
  form: Pick<Form, 'id' | 'current'>,
  definition: FormDefinition,
  reason: string,
): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from centres_hub.form_versions where form_id = ${form.id}`.execute(
    writer.db,
  );
  const number = rows[0]?.next ?? 1;
  if (form.current) await endVersion(writer, form.current.id, `Replaced by version ${number}: ${reason}`);
  await writer.db
    .insertInto('centres_hub.form_versions')
    .values({
      form_id: form.id,
      number,
      definition: JSON.stringify(definitionSchema.parse(definition)),
      published_at: writer.now,
      published_by: writer.identity.personId,
    })
    .execute();
  return number;
}

/** From now on the version takes no requests. */
export async function endVersion(writer: Writer, versionId: string, reason: string): Promise<void> {
  await writer.db
    .updateTable('centres_hub.form_versions')
    .set({ withdrawn_at: writer.now, withdrawn_by: writer.identity.personId, withdrawn_reason: reason })
    .where('id', '=', versionId)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** How many drafts of centres stand on any version of the form. */
export async function openDrafts(reader: Pick<Reader, 'rows'>, formId: string): Promise<number> {
  const [row] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
    where v.form_id = ${formId} and r.state = 'draft'`);
  return row?.count ?? 0;
}
