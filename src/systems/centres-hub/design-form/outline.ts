/** Moving and removing sections and questions. */
import { z } from 'zod';
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import { NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, hiddenField, linkButton, pageHead, submitButton } from '#ui';
import { type FormDefinition, questionOf } from '../forms/definition.ts';
import { questionInWords } from '../forms/differences.ts';
import { formByCode } from '../forms/forms.ts';
import {
  ChangedMeanwhile,
  changeDraft,
  designPage,
  draftOrBack,
  FORMS,
  formHref,
  formParams,
  markOf,
} from './design-page.ts';
import { questionParams } from './questions.ts';
import { sectionParams } from './sections.ts';

/** What a designer sees of the order: a move is made upon this order only. */
export const outlineOf = (draft: FormDefinition) =>
  draft.sections.map(({ title, questions }) => [title, questions.map(({ key }) => key)]);

function swapped<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [a, b] = [copy[from], copy[to]];
  if (a === undefined || b === undefined) return copy;
  copy[from] = b;
  copy[to] = a;
  return copy;
}

/** A section one place up (-1) or down (1); at the edge nothing changes. */
export function moveSection(draft: FormDefinition, position: number, by: -1 | 1): FormDefinition {
  return { ...draft, sections: swapped(draft.sections, position - 1, position - 1 + by) };
}

/** A question one place up or down; over the edge of its section it goes into the next one. */
export function moveQuestion(draft: FormDefinition, key: string, by: -1 | 1): FormDefinition {
  const at = draft.sections.findIndex(({ questions }) => questions.some((one) => one.key === key));
  const section = draft.sections[at];
  const question = questionOf(draft, key);
  if (!section || !question) return draft;
  const index = section.questions.findIndex((one) => one.key === key);
  const inside = index + by >= 0 && index + by < section.questions.length;
  if (!inside && !draft.sections[at + by]) return draft;
  return {
    ...draft,
    sections: draft.sections.map((one, number) => {
      if (inside) return number === at ? { ...one, questions: swapped(one.questions, index, index + by) } : one;
      if (number === at) return { ...one, questions: one.questions.filter((each) => each.key !== key) };
      if (number !== at + by) return one;
      return { ...one, questions: by === 1 ? [question, ...one.questions] : [...one.questions, question] };
    }),
  };
}

const moveForm = z.object({
  what: z.string().regex(/^(section:\d{1,2}|question:[a-z][A-Za-z0-9]{0,39})$/),
  way: z.enum(['up', 'down']),
});

/** POST /centres-hub/forms/:code/move */
export const sendMove = handler({ params: formParams }, async (context) => {
  const { code } = context.params;
  const { fields } = context;
  const back = formHref(code, '?done=order');
  try {
    return await submitForm(context, {
      schema: moveForm,
      page: async () => {
        throw new NotFound();
      },
      action: async (writer, { what, way }) => {
        const [kind = '', name = ''] = what.split(':');
        const by = way === 'up' ? -1 : 1;
        await changeDraft(writer, {
          code,
          seen: fields.seen ?? '',
          part: outlineOf,
          change: (draft) =>
            kind === 'section' ? moveSection(draft, Number(name), by) : moveQuestion(draft, name, by),
          what: `the order: ${kind} ${name} ${way}`,
        });
        return formHref(code, kind === 'section' ? '?done=saved' : `?done=saved#question-${name}`);
      },
    });
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return { kind: 'redirect', location: back };
    throw error;
  }
});

interface Removal {
  readonly title: string;
  readonly what: HtmlValue;
  readonly mark: string;
}

function removePage(frame: Frame, code: string, action: string, removal: Removal, errors: readonly FieldError[]): Safe {
  return designPage(
    frame,
    { title: removal.title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: code, href: formHref(code) }, { label: 'Remove' }])}
${pageHead({ title: removal.title })}
${card(
  { label: 'What is removed' },
  form(
    { action, submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', removal.mark)}${removal.what}
<p class="muted">Versions that are published stay as they are. What has been submitted keeps this part.</p>
${buttonRow(submitButton('Remove', { look: 'bad' }), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}

const CHANGED = 'It was changed after you opened this page. Look at it again, then remove it';

function questionRemoval(draft: FormDefinition, key: string): Removal {
  const question = questionOf(draft, key);
  if (!question) throw new NotFound();
  return {
    title: `Remove "${question.label}"`,
    what: html`<p>${questionInWords(draft, question)}</p>`,
    mark: markOf(question),
  };
}

function sectionRemoval(draft: FormDefinition, position: number): Removal {
  const section = draft.sections[position - 1];
  if (!section) throw new NotFound();
  const what =
    section.questions.length === 0
      ? html`<p>The section has no questions.</p>`
      : html`<p>These questions go with it:</p><ul>${section.questions.map(({ label }) => html`<li>${label}</li>`)}</ul>`;
  return { title: `Remove the section "${section.title}"`, what, mark: markOf(section) };
}

/** A page that shows what goes, and the act; both read the thing to remove afresh. */
function removing<P extends { code: string }>(
  params: z.ZodType<P>,
  path: (given: P) => string,
  removalOf: (draft: FormDefinition, given: P) => Removal,
  partOf: (draft: FormDefinition, given: P) => unknown,
  without: (draft: FormDefinition, given: P) => FormDefinition,
) {
  const show = handler({ params }, async (context) => {
    const found = draftOrBack(await context.read((reader) => formByCode(reader, context.params.code)));
    if ('back' in found) return found.back;
    const { code } = context.params;
    return page(
      removePage(
        await context.frame(),
        code,
        formHref(code, path(context.params)),
        removalOf(found.draft, context.params),
        [],
      ),
    );
  });
  const send = handler({ params }, async (context) => {
    const { code } = context.params;
    const again = async (errors: readonly FieldError[]) => {
      const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
      if ('back' in found) throw new NotFound();
      return removePage(
        await context.frame(),
        code,
        formHref(code, path(context.params)),
        removalOf(found.draft, context.params),
        errors,
      );
    };
    return submitForm(context, {
      schema: z.object({ seen: z.string().default('') }),
      page: async (_values, errors) => again(errors),
      action: async (writer, { seen }) => {
        try {
          await changeDraft(writer, {
            code,
            seen,
            part: (draft) => partOf(draft, context.params),
            change: (draft) => without(draft, context.params),
            what: `removed: ${path(context.params)}`,
          });
        } catch (error) {
          if (error instanceof ChangedMeanwhile) throw new Refused(CHANGED);
          throw error;
        }
        return formHref(code, '?done=removed');
      },
    });
  });
  return { show, send };
}

/** GET and POST /centres-hub/forms/:code/questions/:key/remove */
export const removeQuestion = removing(
  questionParams,
  ({ key }) => `/questions/${key}/remove`,
  (draft, { key }) => questionRemoval(draft, key),
  (draft, { key }) => questionOf(draft, key),
  (draft, { key }) => ({
    ...draft,
    sections: draft.sections.map((one) => ({ ...one, questions: one.questions.filter((each) => each.key !== key) })),
  }),
);

/** GET and POST /centres-hub/forms/:code/sections/:position/remove */
export const removeSection = removing(
  sectionParams,
  ({ position }) => `/sections/${position}/remove`,
  (draft, { position }) => sectionRemoval(draft, position),
  (draft, { position }) => draft.sections[position - 1],
  (draft, { position }) => ({ ...draft, sections: draft.sections.filter((_, index) => index !== position - 1) }),
);
