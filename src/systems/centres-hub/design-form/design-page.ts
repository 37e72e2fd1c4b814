import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { markOf } from '#platform/drafts/two-texts.ts';
import type { HtmlValue, Safe } from '#platform/html/html.ts';
import { type Answer, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { type StaffPageOptions, staffPage } from '#ui';
import { formDraftSaved } from '../audit.ts';
import type { FormDefinition } from '../forms/definition.ts';
import { type Form, lockForm, storeDraft } from '../forms/forms.ts';
import { bodyTabs, SYSTEM_NAME } from '../hub-page/hub-page.ts';

export const FORMS = '/centres-hub/forms';
export const formParams = z.object({ code: z.string().regex(/^[a-z][a-z0-9-]{2,59}$/) });
export const formHref = (code: string, rest = ''): string => `${FORMS}/${code}${rest}`;

/** A page about the forms themselves, which belong to no centre. */
export function designPage(
  frame: Frame,
  options: Pick<StaffPageOptions, 'title' | 'form' | 'hasErrors' | 'scripts'>,
  body: HtmlValue,
): Safe {
  return staffPage({ ...frame, ...options, system: { name: SYSTEM_NAME, tabs: bodyTabs(frame.principal) } }, body);
}

/** What a form of the designer was made upon: a mark of the part it changes, to see whether somebody changed it since. */
export { markOf };

/** Somebody else has changed the part of the draft that this save would overwrite. */
export class ChangedMeanwhile extends Error {
  readonly form: Form;
  constructor(form: Form) {
    super('The draft was changed meanwhile.');
    this.form = form;
  }
}

export interface DraftChange {
  readonly code: string;
  /** The mark that the form carried; null: it does not matter what the draft was. */
  readonly seen: unknown;
  /** The part of the draft that the form shows. */
  readonly part: (draft: FormDefinition) => unknown;
  readonly change: (draft: FormDefinition) => FormDefinition;
  /** For the record: 'the question "candidate"'. */
  readonly what: string;
}

/** The one way to change a draft: nobody's change of the same part is overwritten unseen. Throws `ChangedMeanwhile`. */
export async function changeDraft(writer: Writer, { code, seen, part, change, what }: DraftChange): Promise<void> {
  const form = await lockForm(writer, code);
  if (form.draft === null) throw new Refused('The draft was published or thrown away meanwhile. Begin a new draft');
  if (seen !== null && seen !== markOf(part(form.draft))) throw new ChangedMeanwhile(form);
  await storeDraft(writer, form, change(form.draft));
  await writer.audit(formDraftSaved, { kind: 'form', id: form.id }, { code, what }, null);
}

/** Answers a save that came upon an older state with the page that shows both. */
export async function orChoose(save: () => Promise<Answer>, choose: (form: Form) => Promise<Safe>): Promise<Answer> {
  try {
    return await save();
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return page(await choose(error.form), 409);
    throw error;
  }
}

/** The draft of a form; without one the designer is led to the form's page, where a draft can be begun. */
export function draftOrBack(form: Form): { draft: FormDefinition } | { back: Answer } {
  return form.draft === null ? { back: redirect(formHref(form.code)) } : { draft: form.draft };
}
