import { sql } from 'kysely';
import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayAfterBegins, dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  dateField,
  form,
  linkButton,
  radios,
  readDate,
  selectField,
  submitButton,
  textareaField,
} from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { capabilitySwitchedOff } from '../audit.ts';
import { CAPABILITY_NAMES, HUB_CAPABILITIES } from '../capabilities/capability-answer.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { somethingWasStopped, tellCentre } from '../notifications.ts';
import { whoActs } from '../profile-changes/record.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';

const switchOffForm = z.object({
  capability: z.enum(HUB_CAPABILITIES, 'Choose what to stop'),
  productId: z.union(
    [z.literal('all').transform(() => null), z.uuid()],
    'Choose a product, or every product of the centre',
  ),
  reason: reasonField,
});

/** The choices, and the last day on which it is stopped; without one it holds until somebody allows it again. */
const switchOffFields = z.record(z.string(), z.unknown()).transform((fields, check) => {
  const parsed = switchOffForm.safeParse(fields);
  const until = readDate(fields, 'until', 'last day on which it is stopped');
  const errors = [
    ...(parsed.success ? [] : parsed.error.issues.map((one) => ({ field: String(one.path[0]), message: one.message }))),
    ...(until.ok ? [] : [until.error]),
  ];
  for (const { field, message } of errors) check.addIssue({ code: 'custom', path: [field], message });
  return parsed.success && until.ok ? { ...parsed.data, lastDay: until.date } : z.NEVER;
});

async function inQuestion(reader: Reader, context: Context<unknown, HubQuery>) {
  const hub = await hubOf(reader, context);
  return { hub, products: await approvedProducts(reader, hub.centre.id) };
}

/** GET /centres-hub/approvals/switches/off */
export const showSwitchOff = centreHandler({ query: hubQuery }, async (context) => {
  const { hub, products } = await context.read((reader) => inQuestion(reader, context));
  return page(switchOffPage(await context.frame(), hub, products, await context.keptFields(), []));
});

/** POST /centres-hub/approvals/switches/off: in force with the next question anybody asks. */
export const sendSwitchOff = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: switchOffFields,
    page: async (values, errors) => {
      const { hub, products } = await context.read((reader) => inQuestion(reader, context));
      return switchOffPage(await context.frame(), hub, products, values, errors);
    },
    action: async (writer, { capability, productId, reason, lastDay }) => {
      const { hub, products } = await inQuestion(writer, context);
      if (productId !== null && !products.some((product) => product.productId === productId)) {
        throw new Refused([{ field: 'productId', message: 'Choose a product that the centre is approved for' }]);
      }
      if (lastDay !== null && lastDay < dayInLondon(writer.now)) {
        throw new Refused([
          { field: 'until', message: 'The day lies in the past. Enter a later day, or leave it empty' },
        ]);
      }
      const until = lastDay === null ? null : dayAfterBegins(lastDay);
      // One whose time has passed is closed, so that it does not stand in the way of a new one.
      await writer.db
        .updateTable('centres_hub.capability_switches')
        .set({
          switched_on_at: writer.now,
          switched_on_by: writer.identity.personId,
          switched_on_reason: 'Its time had passed',
        })
        .where('centre_id', '=', hub.centre.id)
        .where('switched_on_at', 'is', null)
        .where('until', '<=', writer.now)
        .execute();
      const [made] = await writer.rows(sql<{ id: string }>`
        insert into centres_hub.capability_switches (centre_id, product_id, capability, switched_off_at, switched_off_by, switched_off_by_name, reason, until)
        values (${hub.centre.id}, ${productId}, ${capability}, ${writer.now}, ${writer.identity.personId}, ${whoActs(writer)}, ${reason}, ${until})
        on conflict do nothing returning id`);
      if (!made)
        throw new Refused([{ field: 'capability', message: 'This is stopped already. Choose something else' }]);
      const subject = { kind: 'capability-switch', id: made.id };
      await writer.audit(capabilitySwitchedOff, subject, { capability, productId, reason }, hub.centre.id);
      const title = products.find((product) => product.productId === productId)?.title ?? 'every product';
      await tellCentre(writer, somethingWasStopped, hub.centre.id, {
        subject: `Stopped: ${CAPABILITY_NAMES[capability].toLowerCase()}`,
        body: `At ${hub.centre.name} this is stopped for ${title}: ${CAPABILITY_NAMES[capability].toLowerCase()}. The reason: ${reason}`,
      });
      return hub.href('/centres-hub/approvals', { done: 'stopped' });
    },
  }),
);

function switchOffPage(
  frame: Frame,
  hub: Hub,
  products: readonly ApprovedProduct[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href('/centres-hub/approvals');
  return formPage(
    frame,
    hub,
    {
      title: 'Stop something',
      crumbs: [{ label: 'Approvals', href: list }, { label: 'Stop something' }],
      errors,
      mayChooseCentre: true,
    },
    html`${card(
      { label: 'What to stop' },
      form(
        { action: hub.href('/centres-hub/approvals/switches/off'), submissionId: crypto.randomUUID() },
        html`${radios({
          name: 'capability',
          label: 'What is stopped?',
          value: typed(values, 'capability') || null,
          errors,
          items: [
            { value: 'register', label: CAPABILITY_NAMES.register },
            { value: 'sit', label: CAPABILITY_NAMES.sit, hint: 'Tests that are running go on; no new one begins' },
            { value: 'claim', label: CAPABILITY_NAMES.claim },
            {
              value: 'claim_direct',
              label: CAPABILITY_NAMES.claim_direct,
              hint: 'Claims are looked at by an external quality assurer first',
            },
          ],
        })}
${selectField({
  name: 'productId',
  label: 'For which product?',
  placeholder: 'Choose a product',
  value: typed(values, 'productId'),
  errors,
  choices: [
    { value: 'all', label: 'Every product of the centre' },
    ...products.map(({ productId, title }) => ({ value: productId, label: title })),
  ],
})}
${dateField({ name: 'until', label: 'Last day (leave empty until somebody allows it again)', value: typedDate(values, 'until'), errors })}
${textareaField({ name: 'reason', label: 'Reason', hint: 'The centre reads it wherever it is stopped.', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Stop it now', { look: 'bad' }), linkButton('Cancel', list, { look: 'quiet' }))}`,
      ),
    )}`,
  );
}
