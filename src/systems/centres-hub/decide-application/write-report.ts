import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  pageHead,
  radios,
  readDate,
  submitButton,
  textareaField,
} from '#ui';
import { type Application, applicationOf } from '../applications/applications.ts';
import { applicationParams } from '../applications/view-application.ts';
import { applicationReported } from '../centre-audit.ts';
import { conditionFields, conditionSchema } from '../conditions/condition-form.ts';
import { setCondition } from '../conditions/conditions.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { whoActs } from '../profile-changes/record.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';
import { onlyIn } from './word-acts.ts';

const reportSchema = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const manner = fields.manner === 'visit' ? ('visit' as const) : ('desk' as const);
    const held = readDate(fields, 'heldOn', 'day of the visit or decision', { required: true });
    const words = String(fields.words ?? '').trim();
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    if (fields.manner !== 'visit' && fields.manner !== 'desk') refuse('manner', 'Choose a visit or a desk decision');
    if (!held.ok) refuse(held.error.field, held.error.message);
    else if ((held.date as string) > today) refuse('heldOn', 'The day has not come yet. Enter today or an earlier day');
    if (words.length < 20) refuse('words', 'Write what was seen and what you recommend, so that others can follow it');
    if (words.length > 6000) refuse('words', 'Shorten the report to 6000 characters');
    return { manner, heldOn: (held.ok && held.date) || today, words };
  });

/** GET /centres-hub/applications/:id/report */
export const showWriteReport = handler({ params: applicationParams }, async (context) => {
  const application = await context.read((reader) => applicationOf(reader, context.params.id));
  return page(await reportPage(context, application, await context.keptFields(), []));
});

/** POST /centres-hub/applications/:id/report */
export const sendWriteReport = handler({ params: applicationParams }, (context) =>
  submitForm(context as Context, {
    schema: reportSchema(dayInLondon(context.now)),
    page: async (values, errors) => {
      const application = await context.read((reader) => applicationOf(reader, context.params.id));
      return reportPage(context, application, values, errors);
    },
    action: async (writer, { manner, heldOn, words }) => {
      const application = await applicationOf(writer, context.params.id, true);
      onlyIn(application, ['review']);
      await writer.db
        .insertInto('centres_hub.application_reports')
        .values({
          application_id: application.id,
          manner,
          held_on: heldOn,
          words,
          at: writer.now,
          written_by: writer.identity.personId,
          who: whoActs(writer),
        })
        .execute();
      await writer.audit(applicationReported, { kind: 'application', id: application.id }, { manner, heldOn }, null);
      return `/centres-hub/applications/${application.id}`;
    },
  }),
);

/** GET /centres-hub/applications/:id/conditions/add */
export const showAddCondition = handler({ params: applicationParams }, async (context) => {
  const application = await context.read((reader) => applicationOf(reader, context.params.id));
  return page(await conditionPage(context, application, await context.keptFields(), []));
});

/** POST /centres-hub/applications/:id/conditions/add */
export const sendAddCondition = handler({ params: applicationParams }, (context) =>
  submitForm(context as Context, {
    schema: conditionSchema(dayInLondon(context.now)),
    page: async (values, errors) => {
      const application = await context.read((reader) => applicationOf(reader, context.params.id));
      return conditionPage(context, application, values, errors);
    },
    action: async (writer, { words, dueOn }) => {
      const application = await applicationOf(writer, context.params.id, true);
      onlyIn(application, ['review']);
      await setCondition(writer, { words, dueOn, centreId: null, approvalId: null, applicationId: application.id });
      return `/centres-hub/applications/${application.id}`;
    },
  }),
);

async function reportPage(
  context: Context<{ id: string }>,
  application: Application,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  return formPage(context, application, errors, {
    title: 'Report',
    path: 'report',
    button: 'Save the report',
    fields: html`${radios({
      name: 'manner',
      label: 'How was it decided?',
      value: typed(values, 'manner') || null,
      errors,
      items: [
        { value: 'visit', label: 'By a visit' },
        { value: 'desk', label: 'From the desk', hint: 'The evidence was enough without a visit' },
      ],
    })}
${dateField({ name: 'heldOn', label: 'Day of the visit or decision', value: typedDate(values, 'heldOn'), errors })}
${textareaField({ name: 'words', label: 'Report', hint: 'What was seen, and what you recommend', value: typed(values, 'words'), errors, rows: 8 })}`,
  });
}

async function conditionPage(
  context: Context<{ id: string }>,
  application: Application,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  return formPage(context, application, errors, {
    title: 'Set a condition',
    path: 'conditions/add',
    button: 'Set the condition',
    fields: conditionFields(values, errors),
  });
}

async function formPage(
  context: Context<{ id: string }>,
  application: Application,
  errors: readonly FieldError[],
  { title, path, button, fields }: { title: string; path: string; button: string; fields: Safe },
): Promise<Safe> {
  const back = `/centres-hub/applications/${application.id}`;
  return bodyPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Applications', href: '/centres-hub/applications' }, { label: application.reference, href: back }, { label: title }])}
${pageHead({ title, lead: application.organisation })}
${card({ label: title }, form({ action: `${back}/${path}`, submissionId: crypto.randomUUID() }, html`${fields}${buttonRow(submitButton(button), linkButton('Cancel', back, { look: 'quiet' }))}`))}`,
  );
}
