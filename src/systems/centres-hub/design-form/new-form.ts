import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textField } from '#ui';
import { formMade } from '../audit.ts';
import { optionValue } from '../forms/check-definition.ts';
import { emptyDraft } from '../forms/definition.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { designPage, FORMS, formHref } from './design-page.ts';

/** Addresses beside those of forms. */
const TAKEN = ['new', 'export'];
const CODE_WRONG =
  'A code has 3 to 60 small letters, digits and hyphens and begins with a letter, such as "loan-of-tools"';

const newForm = z
  .object({
    title: z.string('Enter the title').trim().min(1, 'Enter the title').max(120, 'Shorten the title to 120 characters'),
    code: z.string().trim().default(''),
  })
  .transform(({ title, code }, check) => {
    const wanted = code || optionValue(title);
    if (!/^[a-z][a-z0-9-]{2,59}$/.test(wanted) || TAKEN.includes(wanted)) {
      check.addIssue({ code: 'custom', path: ['code'], message: CODE_WRONG });
      return z.NEVER;
    }
    return { title, code: wanted };
  });

/** GET /centres-hub/forms/new */
export const showNewForm = handler({}, async (context) =>
  page(newFormPage(await context.frame(), await context.keptFields(), [])),
);

/** POST /centres-hub/forms/new: a draft with nothing but its title. */
export const sendNewForm = handler({}, (context) =>
  submitForm(context, {
    schema: newForm,
    page: async (values, errors) => newFormPage(await context.frame(), values, errors),
    action: async (writer, { title, code }) => {
      const made = await writer.db
        .insertInto('centres_hub.forms')
        .values({
          code,
          made_at: writer.now,
          made_by: writer.identity.personId,
          draft: JSON.stringify(emptyDraft(title)),
          draft_revision: 1,
          draft_saved_at: writer.now,
          draft_saved_by: writer.identity.personId,
        })
        .onConflict((conflict) => conflict.column('code').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made)
        throw new Refused([
          { field: 'code', message: `There is a form with the code ${code} already. Choose another` },
        ]);
      await writer.audit(formMade, { kind: 'form', id: made.id }, { code, title }, null);
      return formHref(code, '/facts');
    },
  }),
);

function newFormPage(frame: Frame, values: FormValues, errors: readonly FieldError[]): Safe {
  return designPage(
    frame,
    { title: 'New form', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: 'New form' }])}
${pageHead({ title: 'New form', lead: 'Centres see nothing of it until you publish it' })}
${card(
  { label: 'New form' },
  form(
    { action: formHref('new'), submissionId: crypto.randomUUID() },
    html`${textField({ name: 'title', label: 'Title', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textField({ name: 'code', label: 'Code (optional)', hint: 'Part of its address for good. Made of the title if you leave it empty', value: typed(values, 'code'), errors, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', width: 30 })}
${buttonRow(submitButton('Begin the form'), linkButton('Cancel', FORMS, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
