/** One form for one change of the rule's tree; a change by somebody else meanwhile is shown, and what was typed stays. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, hiddenField, linkButton, pageHead, submitButton } from '#ui';
import type { Content } from '../drafts/content.ts';
import { editedByCode } from '../drafts/drafts.ts';
import {
  ChangedMeanwhile,
  changeDraft,
  codeParams,
  draftOrBack,
  EDITING,
  editHref,
  editingPage,
  markOf,
} from '../editing-page/editing-page.ts';
import { wordsList } from '../product-parts/product-parts.ts';
import type { Rule } from '../rule-of-combination/rule.ts';
import { ruleInWords } from '../rule-of-combination/rule-in-words.ts';

const PATH = /^(\d{1,3}(\.\d{1,3}){0,40})?$/;
/** The path of a part of the rule, from the query or a field. */
export const pathField = z.string().regex(PATH).catch('');

export interface RuleForm<T> {
  /** The end of its address, and which part it is about. */
  readonly path: string;
  readonly title: (content: Content, at: string) => string;
  readonly button: string;
  /** False: there is nothing at this path that the form could change. */
  readonly fits: (content: Content, at: string) => boolean;
  readonly values: (content: Content, at: string) => FormValues;
  readonly schema: (content: Content) => z.ZodType<T>;
  readonly change: (rule: Rule, value: T, at: string) => Rule;
  readonly fields: (values: FormValues, errors: readonly FieldError[], content: Content, at: string) => Safe;
}

const withAt = z.looseObject({ at: pathField });

/** GET and POST of a change of the rule. */
export function ruleForm<T>(one: RuleForm<T>) {
  const draftOf = (context: Context<{ code: string }>) =>
    context.read(async (reader) => draftOrBack(await editedByCode(reader, context.params.code)));
  const show = handler({ params: codeParams, query: withAt }, async (context) => {
    const { draft, back } = await draftOf(context);
    if (back) return back;
    const { at } = context.query;
    if (!one.fits(draft.content, at)) throw new NotFound();
    const values = { ...one.values(draft.content, at), ...(await context.keptFields()) };
    return page(await formPage(context, one, draft.content, at, values, []));
  });
  const send = handler({ params: codeParams }, async (context) => {
    const { draft, back } = await draftOf(context);
    if (back) return back;
    const { code } = context.params;
    const { at, seen } = z.object({ at: pathField, seen: z.string().catch('') }).parse(context.fields);
    return submitForm(context, {
      schema: one.schema(draft.content),
      // Read afresh: the page says how the rule stands now, and carries the mark of that.
      page: async (values, errors) => {
        const now = await draftOf(context);
        if (now.back) throw new NotFound();
        return formPage(context, one, now.draft.content, at, values, errors);
      },
      action: async (writer, value) => {
        try {
          await changeDraft(writer, {
            code,
            seen,
            part: ({ rule }) => rule,
            change: (content) => {
              if (!one.fits(content, at)) throw new NotFound();
              return { ...content, rule: one.change(content.rule, value, at) };
            },
            what: `the rule of combination: ${one.button.toLowerCase()}`,
          });
        } catch (error) {
          if (!(error instanceof ChangedMeanwhile)) throw error;
          const who = error.edited.draft?.savedBy ?? 'Somebody';
          throw new Refused(
            `${who} changed the rule after you opened this page. It is shown below as it is now, and what you typed is kept: look again, then save`,
          );
        }
        return editHref(code, '/rule?done=saved');
      },
    });
  });
  return { show, send };
}

async function formPage<T>(
  context: Context<{ code: string }>,
  one: RuleForm<T>,
  content: Content,
  at: string,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const { code } = context.params;
  const title = one.fits(content, at) ? one.title(content, at) : 'Rule of combination';
  const rule = editHref(code, '/rule');
  return editingPage(
    await context.frame(),
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: 'Rule of combination', href: rule }, { label: title }])}
${pageHead({ title })}
<div class="split"><div class="stack">${card(
      { label: title },
      form(
        { action: editHref(code, one.path), submissionId: crypto.randomUUID() },
        html`${hiddenField('seen', markOf(content.rule))}${hiddenField('at', at)}${one.fits(content, at) && one.fields(values, errors, content, at)}
${buttonRow(submitButton(one.button), linkButton('Cancel', rule, { look: 'quiet' }))}`,
      ),
    )}</div><div class="stack">${card({ title: 'The rule now', id: 'words' }, wordsList(ruleInWords(content.rule)))}</div></div>`,
  );
}
