/** One form for one part of a draft: shown, saved, refused with what was typed, and a choice where two changed it. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  submitButton,
  table,
} from '#ui';
import type { Content } from '../drafts/content.ts';
import { editedByCode } from '../drafts/drafts.ts';
import {
  CODE,
  changeDraft,
  draftOrBack,
  EDITING,
  editHref,
  editingPage,
  markOf,
  orChoose,
  typed,
} from './editing-page.ts';

/** Params of a page of a draft: the product's code, and what names the part. */
const partParams = z.object({ code: z.string().regex(CODE), unit: z.string().max(40).optional() });
export type PartParams = z.infer<typeof partParams>;

export interface PartForm<T> {
  /** The end of its address. */
  readonly path: (params: PartParams) => string;
  readonly title: (params: PartParams) => string;
  readonly lead?: string;
  /** What is saved, for the record and the button: 'the facts'. */
  readonly what: (params: PartParams) => string;
  /** The part of the draft that the form shows; null: there is no such part. */
  readonly part: (content: Content, params: PartParams) => unknown;
  readonly values: (content: Content, params: PartParams) => FormValues;
  readonly schema: (content: Content, params: PartParams) => z.ZodType<T>;
  readonly change: (content: Content, value: T, params: PartParams) => Content;
  /** The part in words, to compare two of it. */
  readonly words: (content: Content, params: PartParams, value?: T) => readonly (readonly [string, string])[];
  readonly fields: (values: FormValues, errors: readonly FieldError[], content: Content) => Safe;
  /** Where to go when it is saved. */
  readonly done?: string;
}

/** GET and POST of a part. */
export function partForm<T>(one: PartForm<T>) {
  const show = handler({ params: partParams }, async (context) => {
    const { params } = context;
    const { draft, back } = await context.read(async (reader) => draftOrBack(await editedByCode(reader, params.code)));
    if (back) return back;
    const part = one.part(draft.content, params);
    if (part === null) throw new NotFound();
    const values = { ...one.values(draft.content, params), seen: markOf(part), ...(await context.keptFields()) };
    return page(formPage(await context.frame(), one, params, draft.content, values, []));
  });
  const send = handler({ params: partParams }, async (context) => {
    const { params, fields } = context;
    const { draft, back } = await context.read(async (reader) => draftOrBack(await editedByCode(reader, params.code)));
    if (back) return back;
    const schema = one.schema(draft.content, params);
    return orChoose(
      () =>
        submitForm(context, {
          schema,
          page: async (values, errors) => formPage(await context.frame(), one, params, draft.content, values, errors),
          action: async (writer, value) => {
            await changeDraft(writer, {
              code: params.code,
              seen: typed(fields, 'seen'),
              part: (content) => one.part(content, params),
              change: (content) => one.change(content, value, params),
              what: one.what(params),
            });
            return editHref(params.code, one.done ?? '?done=saved');
          },
        }),
      async ({ draft: theirs }) => {
        const content = theirs?.content as Content;
        const mine = schema.parse(fields);
        const part = one.part(content, params);
        return choosePage(await context.frame(), {
          code: params.code,
          title: one.title(params),
          action: editHref(params.code, one.path(params)),
          who: theirs?.savedBy ?? 'Somebody',
          when: theirs?.savedAt ?? null,
          theirs: part === null ? [] : one.words(content, params),
          mine: one.words(asChanged(one, content, mine, params), params, mine),
          fields,
          mark: part === null ? null : markOf(part),
        });
      },
    );
  });
  return { show, send };
}

/** The draft with this part as typed; where that is refused by now, the draft as it is. */
function asChanged<T>(one: PartForm<T>, content: Content, value: T, params: PartParams): Content {
  try {
    return one.change(content, value, params);
  } catch (error) {
    if (error instanceof Refused) return content;
    throw error;
  }
}

function formPage<T>(
  frame: Frame,
  one: PartForm<T>,
  params: PartParams,
  content: Content,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { code } = params;
  const title = one.title(params);
  return editingPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: title }])}
${pageHead({ title, lead: one.lead ?? 'Saved in the draft. Centres see nothing of it until you publish.' })}
${card(
  { label: title },
  form(
    { action: editHref(code, one.path(params)), submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', typed(values, 'seen'))}${one.fields(values, errors, content)}
${buttonRow(submitButton(`Save ${one.what(params)}`), linkButton('Cancel', editHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}

interface Choice {
  readonly code: string;
  readonly title: string;
  readonly action: string;
  readonly who: string;
  readonly when: Date | null;
  readonly theirs: readonly (readonly [string, string])[];
  readonly mine: readonly (readonly [string, string])[];
  readonly fields: FormValues;
  /** That of the part as it is now; null: it was removed meanwhile. */
  readonly mark: string | null;
}

/** Two editors changed the same part: both texts side by side, and a clear choice. Nothing of either is lost. */
function choosePage(frame: Frame, choice: Choice): Safe {
  const { code, title, action, who, when, mark } = choice;
  const saved = new Map(choice.theirs);
  const own = new Map(choice.mine);
  const rows = [...new Set([...saved.keys(), ...own.keys()])]
    .map((label) => ({ label, theirs: saved.get(label) ?? '', mine: own.get(label) ?? '' }))
    .filter((row) => row.theirs !== row.mine);
  const { seen: _, submissionId: __, ...fields } = choice.fields;
  const empty = html`<span class="muted">Empty</span>`;
  const at = when ? ` at ${formatTime(when)}` : '';
  return editingPage(
    frame,
    { title: `${title}: choose one` },
    html`${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: 'Choose one' }])}
${pageHead({ title: `${title}: choose one` })}
<div class="stack">
${note(
  mark === null
    ? `${who} has removed this${at}. What you typed is below: copy what you need.`
    : `${who} has saved this part of the draft${at}, after you opened it. Nothing of yours is saved yet, and nothing is lost.`,
  { tone: 'warn', announce: true },
)}
${card(
  { title: 'What differs', id: 'differs', flush: true },
  table<(typeof rows)[number]>({
    caption: 'Both texts',
    rows,
    columns: [
      { label: 'What', header: true, cell: (row) => row.label },
      { label: 'As saved now', class: 'ao-text', cell: (row) => row.theirs || empty },
      { label: 'As you typed it', class: 'ao-text', cell: (row) => row.mine || empty },
    ],
  }),
)}
${
  mark === null
    ? buttonRow(linkButton('Back to the draft', editHref(code)))
    : form(
        { action, submissionId: crypto.randomUUID() },
        html`${Object.entries(fields).flatMap(([name, value]) => [value].flat().map((text) => hiddenField(name, text)))}${hiddenField('seen', mark)}${buttonRow(
          submitButton('Keep mine'),
          linkButton('Keep what is saved', action, { look: 'quiet' }),
        )}`,
      )
}</div>`,
  );
}
