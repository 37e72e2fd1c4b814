import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  readDate,
  selectField,
  submitButton,
  textareaField,
} from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';
import { datesProblems } from './withdrawal-rules.ts';
import { askWithdrawal } from './withdrawals.ts';

const PATH = '/centres-hub/withdrawals';

const withdrawalSchema = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const errors: { field: string; message: string }[] = [];
    const subject = String(fields.productId ?? '');
    if (subject === '') errors.push({ field: 'productId', message: 'Choose a product, or the whole centre' });
    const day = (name: string, what: string) => {
      const read = readDate(fields, name, what, { required: true });
      if (!read.ok) errors.push(read.error);
      return read.ok ? (read.date as string) : null;
    };
    const lastRegistrationOn = day('lastRegistrationOn', 'last day for registrations');
    const lastCertificationOn = day('lastCertificationOn', 'last day for certification');
    const reason = reasonField.safeParse(fields.reason);
    if (!reason.success) errors.push({ field: 'reason', message: reason.error.issues[0]?.message ?? 'Say why' });
    if (lastRegistrationOn && lastCertificationOn) {
      errors.push(...datesProblems({ lastRegistrationOn, lastCertificationOn }, today));
    }
    for (const { field, message } of errors) check.addIssue({ code: 'custom', path: [field], message });
    if (errors.length > 0 || !lastRegistrationOn || !lastCertificationOn || !reason.success) return z.NEVER;
    return { subject, lastRegistrationOn, lastCertificationOn, reason: reason.data };
  });

async function inQuestion(reader: Reader, context: Context<unknown, HubQuery>) {
  const hub = await hubOf(reader, context);
  return { hub, products: await approvedProducts(reader, hub.centre.id) };
}

/** GET /centres-hub/withdrawals/ask, for the centre; /centres-hub/withdrawals/start, for the awarding body. */
export const showAskWithdrawal = centreHandler({ query: hubQuery }, async (context) => {
  const { hub, products } = await context.read((reader) => inQuestion(reader, context));
  return page(askPage(await context.frame(), hub, products, await context.keptFields(), []));
});

/** POST of both: leads to the page that shows what stands in the way. */
export const sendAskWithdrawal = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: withdrawalSchema(dayInLondon(context.now)),
    page: async (values, errors) => {
      const { hub, products } = await context.read((reader) => inQuestion(reader, context));
      return askPage(await context.frame(), hub, products, values, errors);
    },
    action: async (writer, { subject, ...asked }) => {
      const { hub, products } = await inQuestion(writer, context);
      const product = products.find(({ productId }) => productId === subject);
      if (subject !== 'centre' && !product) {
        throw new Refused([{ field: 'productId', message: 'Choose a product that the centre is approved for' }]);
      }
      const id = await askWithdrawal(writer, hub.centre, {
        ...asked,
        side: hub.forBody ? 'body' : 'centre',
        productId: product?.productId ?? null,
        productTitle: product?.title ?? null,
      });
      return hub.href(`${PATH}/${id}`, { done: 'asked' });
    },
  }),
);

function askPage(
  frame: Frame,
  hub: Hub,
  products: readonly ApprovedProduct[],
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const title = hub.forBody ? 'Start a withdrawal' : 'Ask for a withdrawal';
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Withdrawals', href: hub.href(PATH) }, { label: title }])}
${pageHead({ title, lead: whose(hub) })}
${note('Nothing takes effect yet. The next page shows what stands in the way, and the awarding body decides.', { class: 'mb' })}
${card(
  { label: title },
  form(
    { action: hub.href(`${PATH}/${hub.forBody ? 'start' : 'ask'}`), submissionId: crypto.randomUUID() },
    html`${selectField({
      name: 'productId',
      label: 'What is withdrawn?',
      placeholder: 'Choose a product',
      value: typed(values, 'productId'),
      errors,
      choices: [
        ...products.map(({ productId, title: label }) => ({ value: productId, label })),
        { value: 'centre', label: 'The whole centre' },
      ],
    })}
${dateField({ name: 'lastRegistrationOn', label: 'Last day for registrations', value: typedDate(values, 'lastRegistrationOn'), errors })}
${dateField({ name: 'lastCertificationOn', label: 'Last day for certification', hint: 'Candidates who are registered finish by then, or are transferred', value: typedDate(values, 'lastCertificationOn'), errors })}
${textareaField({ name: 'reason', label: 'Reason', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('See what stands in the way'), linkButton('Cancel', hub.href(PATH), { look: 'quiet' }))}`,
  ),
)}`,
  );
}
