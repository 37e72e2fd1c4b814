/** Drafts of registrations as they are stored. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { registrationDraftEnded } from '../audit.ts';
import { differingParts, draftFacts, draftFields } from './draft-parts.ts';

/** So many days after its last change a draft is deleted: it holds the data of somebody who is not registered. */
export const DRAFT_DAYS = 90;

export interface RegistrationDraft {
  readonly id: string;
  /** The known candidate it is about, for a further product; null: somebody new. */
  readonly candidateId: string | null;
  readonly fields: FormValues;
  readonly revision: number;
  /** As typed, family name first; '' when none was. */
  readonly name: string;
  readonly savedAt: Date;
  readonly savedBy: string | null;
}

const DRAFT = sql`d.id, d.candidate_id as "candidateId", d.fields, d.revision, d.name, d.saved_at as "savedAt",
  (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = d.saved_by) as "savedBy"`;

/** A draft of the centre, or null: another centre's, or one that is registered, thrown away or too old. */
export async function draftById(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  id: string,
): Promise<RegistrationDraft | null> {
  const [row] = await reader.rows(sql<RegistrationDraft>`
    select ${DRAFT} from web_portal.registration_drafts d where d.id = ${id} and d.centre_id = ${centreId}`);
  return row ?? null;
}

/** The same, which nobody else saves or ends until the end of the transaction. */
export async function lockDraft(writer: Writer, centreId: string, id: string): Promise<RegistrationDraft | null> {
  await writer.rows(sql`
    select id from web_portal.registration_drafts where id = ${id} and centre_id = ${centreId} for update`);
  return draftById(writer, centreId, id);
}

/** What a page sends of the draft it shows. */
export interface TypedDraft {
  readonly id: string;
  /** The revision the page was made upon; 0: none was saved yet. */
  readonly revision: number;
  readonly candidateId: string | null;
  readonly fields: FormValues;
}

export type SavedDraft =
  | { readonly kind: 'saved'; readonly id: string; readonly revision: number; readonly anew: boolean }
  /** Somebody saved another text since the page was made: nothing is stored. */
  | { readonly kind: 'older'; readonly draft: RegistrationDraft };

/** Whether storing what was typed would overwrite a text that its page did not show. */
export function overwrites(draft: RegistrationDraft, typed: Pick<TypedDraft, 'revision' | 'fields'>): boolean {
  return draft.revision !== typed.revision && differingParts(typed.fields, draft.fields).length > 0;
}

/**
 * Saves what was typed, unless somebody else saved since the page was made. A draft that was registered or thrown away
 * meanwhile is begun anew, under another id, so that what was typed is not lost.
 */
export async function saveDraft(writer: Writer, centreId: string, typed: TypedDraft): Promise<SavedDraft> {
  const draft = await lockDraft(writer, centreId, typed.id);
  if (!draft) {
    const anew = typed.revision > 0;
    const id = anew ? randomUUID() : typed.id;
    if (await insertDraft(writer, centreId, { ...typed, id })) return { kind: 'saved', id, revision: 1, anew };
  }
  return draft ? saveOver(writer, centreId, draft, typed) : saveBeside(writer, centreId, typed);
}

/** Another save of the same draft was first by a moment; else its id is taken by a draft of another centre. */
async function saveBeside(writer: Writer, centreId: string, typed: TypedDraft): Promise<SavedDraft> {
  const draft = await lockDraft(writer, centreId, typed.id);
  if (!draft) throw new NotFound();
  return saveOver(writer, centreId, draft, typed);
}

async function saveOver(
  writer: Writer,
  centreId: string,
  draft: RegistrationDraft,
  typed: TypedDraft,
): Promise<SavedDraft> {
  if (draft.candidateId !== typed.candidateId) throw new NotFound();
  if (overwrites(draft, typed)) return { kind: 'older', draft };
  const same = differingParts(typed.fields, draft.fields).length === 0;
  const revision = same ? draft.revision : await storeDraft(writer, centreId, draft, typed.fields);
  return { kind: 'saved', id: draft.id, revision, anew: false };
}

async function insertDraft(writer: Writer, centreId: string, typed: Omit<TypedDraft, 'revision'>): Promise<boolean> {
  const { personId } = writer.identity;
  const { name, productId, programmeStart } = draftFacts(typed.fields);
  const [row] = await writer.rows(sql<{ id: string }>`
    insert into web_portal.registration_drafts (id, centre_id, candidate_id, fields, name, product_id, programme_start,
      begun_at, begun_by, saved_at, saved_by)
    values (${typed.id}, ${centreId}, ${typed.candidateId}, ${JSON.stringify(typed.fields)}, ${name},
      (select id from products.published_products where id = ${productId}), ${programmeStart},
      ${writer.now}, ${personId}, ${writer.now}, ${personId})
    on conflict do nothing returning id`);
  return row !== undefined;
}

/** Stores a text under the next revision; the draft must be locked. Returns the revision. */
export async function storeDraft(
  writer: Writer,
  centreId: string,
  draft: Pick<RegistrationDraft, 'id' | 'revision'>,
  fields: FormValues,
): Promise<number> {
  const { name, productId, programmeStart } = draftFacts(fields);
  await writer.rows(sql`
    update web_portal.registration_drafts
    set fields = ${JSON.stringify(draftFields(fields))}, revision = ${draft.revision + 1}, name = ${name},
      product_id = (select id from products.published_products where id = ${productId}),
      programme_start = ${programmeStart}, saved_at = ${writer.now}, saved_by = ${writer.identity.personId}
    where id = ${draft.id} and centre_id = ${centreId}`);
  return draft.revision + 1;
}

/** Deletes a draft of the centre and notes how it ended, never what it held. Nothing happens when it is gone already. */
export async function endDraft(
  writer: Writer,
  centreId: string,
  id: string,
  how: 'registered' | 'thrown away',
): Promise<void> {
  const [row] = await writer.rows(sql<{ id: string }>`
    delete from web_portal.registration_drafts where id = ${id} and centre_id = ${centreId} returning id`);
  if (row) await writer.audit(registrationDraftEnded, { kind: 'registration-draft', id }, { how }, centreId);
}
