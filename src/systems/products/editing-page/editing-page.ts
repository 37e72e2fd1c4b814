import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import type { HtmlValue, Safe } from '#platform/html/html.ts';
import { type Answer, page, Refused, redirect } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { may, type Principal } from '#platform/permissions/principal.ts';
import { type StaffPageOptions, staffPage, type Tab } from '#ui';
import { productDraftSaved } from '../audit.ts';
import type { Content } from '../drafts/content.ts';
import { type Draft, type Edited, lockEdited, storeDraft } from '../drafts/drafts.ts';

export const SYSTEM_NAME = 'Products & Documents';
export const EDITING = '/products/editing';
export const CODE = /^[A-Z][A-Z0-9-]{1,19}$/;
export const codeParams = z.object({ code: z.string().regex(CODE) });
export const editHref = (code: string, rest = ''): string => `${EDITING}/${code}${rest}`;

/** The tabs of those who edit; everybody else needs none. */
export function productTabs(principal: Principal): Tab[] {
  if (!may(principal, 'products.edit')) return [];
  return [
    { href: '/products', label: 'Products' },
    { href: EDITING, label: 'Editing' },
  ];
}

/** A page of those who edit products. */
export function editingPage(
  frame: Frame,
  options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors'>,
  body: HtmlValue,
): Safe {
  return staffPage({ ...frame, ...options, system: { name: SYSTEM_NAME, tabs: productTabs(frame.principal) } }, body);
}

/** A text of a posted form, as it was typed. */
export const typed = (values: FormValues, name: string): string => String(values[name] ?? '');
/** All values of a field that may have several. */
export const typedList = (values: FormValues, name: string): string[] =>
  values[name] === undefined ? [] : [values[name]].flat();

/** What a form was made upon: a mark of the part it changes, to see whether somebody changed it since. */
export function markOf(part: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(part) ?? '')
    .digest('hex')
    .slice(0, 16);
}

/** Somebody else has changed the part of the draft that this save would overwrite. */
export class ChangedMeanwhile extends Error {
  readonly edited: Edited;
  constructor(edited: Edited) {
    super('The draft was changed meanwhile.');
    this.edited = edited;
  }
}

export interface DraftChange {
  readonly code: string;
  /** The mark that the form carried; null: it does not matter what the draft was. */
  readonly seen: unknown;
  /** The part of the draft that the form shows. */
  readonly part: (content: Content) => unknown;
  readonly change: (content: Content) => Content;
  /** For the record: 'the unit "ARH-1"'. */
  readonly what: string;
}

/** The one way to change a draft: nobody's change of the same part is overwritten unseen. Throws `ChangedMeanwhile`. */
export async function changeDraft(writer: Writer, { code, seen, part, change, what }: DraftChange): Promise<void> {
  const edited = await lockEdited(writer, code);
  const { draft } = edited;
  if (draft === null) throw new Refused('The draft was published or thrown away meanwhile. Begin a new draft');
  if (seen !== null && seen !== markOf(part(draft.content))) throw new ChangedMeanwhile(edited);
  await storeDraft(writer, draft, change(draft.content));
  await writer.audit(productDraftSaved, { kind: 'product', id: draft.id }, { code, what }, null);
}

/** Answers a save that came upon an older state with the page that shows both. */
export async function orChoose(
  save: () => Promise<Answer>,
  choose: (edited: Edited) => Promise<Safe>,
): Promise<Answer> {
  try {
    return await save();
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return page(await choose(error.edited), 409);
    throw error;
  }
}

/** The draft; without one the editor is led to the product's page, where a draft can be begun. */
export function draftOrBack(edited: Edited): { draft: Draft; back?: never } | { draft?: never; back: Answer } {
  return edited.draft === null ? { back: redirect(editHref(edited.code)) } : { draft: edited.draft };
}
