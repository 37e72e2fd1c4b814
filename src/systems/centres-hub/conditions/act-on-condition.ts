import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
  linkButton,
  pageHead,
  selectField,
  submitButton,
  textareaField,
} from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { conditionMet } from '../centre-audit.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { whoActs } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { conditionFields, conditionSchema } from './condition-form.ts';
import { type Condition, conditionsOf, setCondition } from './conditions.ts';

const PATH = '/centres-hub/conditions';

async function withProducts(reader: Reader, context: Context<unknown, HubQuery>) {
  const hub = await hubOf(reader, context);
  return { hub, products: await approvedProducts(reader, hub.centre.id) };
}

/** GET /centres-hub/conditions/add */
export const showSetCondition = centreHandler({ query: hubQuery }, async (context) => {
  const { hub, products } = await context.read((reader) => withProducts(reader, context));
  return page(setPage(await context.frame(), hub, products, await context.keptFields(), []));
});

/** POST /centres-hub/conditions/add */
export const sendSetCondition = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: conditionSchema(dayInLondon(context.now)),
    page: async (values, errors) => {
      const { hub, products } = await context.read((reader) => withProducts(reader, context));
      return setPage(await context.frame(), hub, products, values, errors);
    },
    action: async (writer, { of, words, dueOn }) => {
      const { hub, products } = await withProducts(writer, context);
      const approval = products.find(({ approvalId }) => approvalId === of);
      if (of !== 'centre' && !approval) {
        throw new Refused([{ field: 'of', message: 'Choose the approval that the condition belongs to' }]);
      }
      await setCondition(writer, {
        words,
        dueOn,
        centreId: hub.centre.id,
        approvalId: approval?.approvalId ?? null,
        applicationId: null,
      });
      return hub.href(PATH, { done: 'set' });
    },
  }),
);

const params = z.object({ conditionId: z.uuid() });

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  const condition = (await conditionsOf(reader, hub.centre.id)).find(({ id }) => id === context.params.conditionId);
  if (!condition) throw new NotFound();
  return { hub, condition };
}

/** GET /centres-hub/conditions/:conditionId/met */
export const showMeetCondition = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, condition } = await context.read((reader) => inQuestion(reader, context));
  return page(metPage(await context.frame(), hub, condition, await context.keptFields(), []));
});

/** POST /centres-hub/conditions/:conditionId/met */
export const sendMeetCondition = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ words: reasonField }),
    page: async (values, errors) => {
      const { hub, condition } = await context.read((reader) => inQuestion(reader, context));
      return metPage(await context.frame(), hub, condition, values, errors);
    },
    action: async (writer, { words }) => {
      const { hub, condition } = await inQuestion(writer, context);
      const met = await writer.db
        .updateTable('centres_hub.conditions')
        .set({
          met_at: writer.now,
          met_by: writer.identity.personId,
          met_by_name: whoActs(writer),
          met_words: words,
        })
        .where('id', '=', condition.id)
        .where('centre_id', '=', hub.centre.id)
        .where('met_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!met) throw new Refused('This condition is met already. There is nothing left to do');
      await writer.audit(conditionMet, { kind: 'condition', id: condition.id }, { words }, hub.centre.id);
      return hub.href(PATH, { done: 'met' });
    },
  }),
);

function setPage(
  frame: Frame,
  hub: Hub,
  products: readonly ApprovedProduct[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  return formPage(frame, hub, errors, {
    title: 'Set a condition',
    action: `${PATH}/add`,
    button: 'Set the condition',
    fields: html`${selectField({
      name: 'of',
      label: 'What does it belong to?',
      placeholder: 'Choose an approval',
      value: typed(values, 'of'),
      errors,
      choices: [
        { value: 'centre', label: 'The approval as a centre' },
        ...products.map(({ approvalId, title }) => ({ value: approvalId, label: title })),
      ],
    })}${conditionFields(values, errors)}`,
  });
}

function metPage(
  frame: Frame,
  hub: Hub,
  condition: Condition,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  return formPage(frame, hub, errors, {
    title: 'The condition is met',
    action: `${PATH}/${condition.id}/met`,
    button: 'Record that it is met',
    fields: html`<p>${condition.words}</p><p class="muted">${condition.productTitle ?? 'The approval as a centre'}, due on ${formatDate(condition.dueOn)}</p>
${textareaField({ name: 'words', label: 'How was it met?', hint: 'The centre reads it.', value: typed(values, 'words'), errors, rows: 3 })}`,
  });
}

function formPage(
  frame: Frame,
  hub: Hub,
  errors: readonly FieldError[],
  { title, action, button, fields }: { title: string; action: string; button: string; fields: Safe },
): Safe {
  const list = hub.href(PATH);
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Conditions', href: list }, { label: title }])}
${pageHead({ title, lead: whose(hub) })}
${card({ label: title }, form({ action: hub.href(action), submissionId: crypto.randomUUID() }, html`${fields}${buttonRow(submitButton(button), linkButton('Cancel', list, { look: 'quiet' }))}`))}`,
  );
}
