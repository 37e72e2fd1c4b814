import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  linkButton,
  pageHead,
  radios,
  submitButton,
  textareaField,
} from '#ui';
import { type Application, applicationOf } from '../applications/applications.ts';
import { CHECK_NAMES, type CheckName, DUE_DILIGENCE } from '../applications/due-diligence.ts';
import { applicationChecked } from '../centre-audit.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { whoActs } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { onlyIn } from './word-acts.ts';

const params = z.object({ id: z.uuid(), check: z.string() });
type Params = z.infer<typeof params>;

const checkForm = z.object({
  outcome: z.enum(['done', 'failed'], 'Choose what came out'),
  words: reasonField,
});

function checkOf({ check }: Params): CheckName {
  const name = CHECK_NAMES.find((one) => one === check);
  if (!name) throw new NotFound();
  return name;
}

/** GET /centres-hub/applications/:id/checks/:check */
export const showRecordCheck = handler({ params }, async (context) => {
  const name = checkOf(context.params);
  const application = await context.read((reader) => applicationOf(reader, context.params.id));
  return page(await checkPage(context, application, name, await context.keptFields(), []));
});

/** POST /centres-hub/applications/:id/checks/:check: adds what was found; what was found before stays on record. */
export const sendRecordCheck = handler({ params }, (context) =>
  submitForm(context as Context, {
    schema: checkForm,
    page: async (values, errors) => {
      const application = await context.read((reader) => applicationOf(reader, context.params.id));
      return checkPage(context, application, checkOf(context.params), values, errors);
    },
    action: async (writer, { outcome, words }) => {
      const name = checkOf(context.params);
      const application = await applicationOf(writer, context.params.id, true);
      onlyIn(application, ['submitted']);
      await writer.db
        .insertInto('centres_hub.application_checks')
        .values({
          application_id: application.id,
          name,
          outcome,
          words,
          at: writer.now,
          checked_by: writer.identity.personId,
          who: whoActs(writer),
        })
        .execute();
      const subject = { kind: 'application', id: application.id };
      await writer.audit(applicationChecked, subject, { check: name, outcome, words }, null);
      return `/centres-hub/applications/${application.id}`;
    },
  }),
);

async function checkPage(
  context: Context<Params>,
  application: Application,
  name: CheckName,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const back = `/centres-hub/applications/${application.id}`;
  const title = `Check: ${DUE_DILIGENCE[name]}`;
  return bodyPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Applications', href: '/centres-hub/applications' }, { label: application.reference, href: back }, { label: title }])}
${pageHead({ title, lead: application.organisation })}
${card(
  { label: title },
  form(
    { action: `${back}/checks/${name}`, submissionId: crypto.randomUUID() },
    html`${radios({
      name: 'outcome',
      label: 'What came out?',
      value: typed(values, 'outcome') || null,
      errors,
      items: [
        { value: 'done', label: 'Done, nothing stands in the way' },
        { value: 'failed', label: 'Failed' },
      ],
    })}
${textareaField({ name: 'words', label: 'What was looked at, and what was found', value: typed(values, 'words'), errors, rows: 3 })}
${buttonRow(submitButton('Record the check'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
