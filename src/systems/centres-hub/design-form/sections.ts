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
  hiddenField,
  linkButton,
  pageHead,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { type FormDefinition, LIMITS, type Section } from '../forms/definition.ts';
import { formByCode } from '../forms/forms.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { chooseVersionPage } from './choose-version.ts';
import { changeDraft, designPage, draftOrBack, FORMS, formHref, formParams, markOf, orChoose } from './design-page.ts';

export const sectionParams = formParams.extend({ position: z.coerce.number().int().min(1).max(LIMITS.sections) });

const sectionForm = z.object({
  title: z
    .string('Enter the title of the section')
    .trim()
    .min(1, 'Enter the title of the section')
    .max(120, 'Shorten the title to 120 characters'),
  guidance: z
    .string()
    .default('')
    .transform((words) => words.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(2000, 'Shorten the guidance to 2,000 characters')),
});

const headOf = (section: Section | undefined) => section && { title: section.title, guidance: section.guidance };

/** GET /centres-hub/forms/:code/sections/add */
export const showAddSection = handler({ params: formParams }, async (context) => {
  const { code } = context.params;
  const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
  if ('back' in found) return found.back;
  return page(sectionPage(await context.frame(), code, null, await context.keptFields(), []));
});

/** POST /centres-hub/forms/:code/sections/add */
export const sendAddSection = handler({ params: formParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: sectionForm,
    page: async (values, errors) => sectionPage(await context.frame(), code, null, values, errors),
    action: async (writer, section) => {
      await changeDraft(writer, {
        code,
        seen: null,
        part: () => null,
        change: (draft) => {
          if (draft.sections.length >= LIMITS.sections)
            throw new Refused(`A form has ${LIMITS.sections} sections at most. Remove one first`);
          return { ...draft, sections: [...draft.sections, { ...section, questions: [] }] };
        },
        what: `the section "${section.title}" was added`,
      });
      return formHref(code, '?done=saved');
    },
  });
});

/** GET /centres-hub/forms/:code/sections/:position */
export const showSection = handler({ params: sectionParams }, async (context) => {
  const { code, position } = context.params;
  const found = draftOrBack(await context.read((reader) => formByCode(reader, code)));
  if ('back' in found) return found.back;
  const head = headOf(found.draft.sections[position - 1]);
  if (!head) throw new NotFound();
  const kept = await context.keptFields();
  return page(sectionPage(await context.frame(), code, position, { ...head, seen: markOf(head), ...kept }, []));
});

/** POST /centres-hub/forms/:code/sections/:position */
export const sendSection = handler({ params: sectionParams }, (context) => {
  const { code, position } = context.params;
  const { fields } = context;
  return orChoose(
    () =>
      submitForm(context, {
        schema: sectionForm,
        page: async (values, errors) => sectionPage(await context.frame(), code, position, values, errors),
        action: async (writer, section) => {
          await changeDraft(writer, {
            code,
            seen: fields.seen ?? '',
            part: (draft) => headOf(draft.sections[position - 1]),
            change: (draft) => ({
              ...draft,
              sections: draft.sections.map((one, index) => (index === position - 1 ? { ...one, ...section } : one)),
            }),
            what: `the section "${section.title}"`,
          });
          return formHref(code, '?done=saved');
        },
      }),
    async (theirs) => {
      const mine = sectionForm.parse(fields);
      const now = headOf((theirs.draft as FormDefinition).sections[position - 1]);
      return chooseVersionPage(await context.frame(), theirs, {
        title: `Section ${position}`,
        action: formHref(code, now ? `/sections/${position}` : '/sections/add'),
        values: fields,
        mark: now ? markOf(now) : null,
        rows: [
          { label: 'Title', theirs: now?.title ?? '', mine: mine.title },
          { label: 'Guidance', theirs: now?.guidance ?? '', mine: mine.guidance },
        ],
      });
    },
  );
});

function sectionPage(
  frame: Frame,
  code: string,
  position: number | null,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const title = position === null ? 'Add a section' : `Section ${position}`;
  return designPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: code, href: formHref(code) }, { label: title }])}
${pageHead({ title })}
${card(
  { label: title },
  form(
    {
      action: formHref(code, position === null ? '/sections/add' : `/sections/${position}`),
      submissionId: crypto.randomUUID(),
    },
    html`${position !== null && hiddenField('seen', typed(values, 'seen'))}
${textField({ name: 'title', label: 'Title of the section', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textareaField({ name: 'guidance', label: 'Guidance (optional)', hint: 'Stands above its questions', value: typed(values, 'guidance'), errors, rows: 4 })}
${buttonRow(submitButton(position === null ? 'Add the section' : 'Save the section'), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}
