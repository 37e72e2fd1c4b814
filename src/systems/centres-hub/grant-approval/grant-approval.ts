import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { allProducts, type Product } from '#products';
import { readDate } from '#ui';
import { approvedProducts } from '../approvals/approvals.ts';
import { centreHandler, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { type Grant, grantApproval } from './grant.ts';
import { termsProblems } from './grant-rules.ts';
import { grantPage } from './page.ts';

const choices = z.object({
  productId: z.uuid('Choose a product'),
  directClaims: z.enum(['yes', 'no'], 'Choose whether the centre may claim directly'),
});

/** Fields to terms: the choices, three dates, and whether they fit together. */
const grantForm = z.record(z.string(), z.unknown()).transform((fields, check): Grant => {
  const parsed = choices.safeParse(fields);
  const errors: { field: string; message: string }[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors.push({ field: String(issue.path[0]), message: issue.message });
  }
  const date = (name: string, what: string, required = false): string | null => {
    const read = readDate(fields, name, what, { required });
    if (!read.ok) errors.push(read.error);
    return read.ok ? read.date : null;
  };
  const terms = {
    approvedFrom: date('approvedFrom', 'first day of the approval', true) ?? '',
    lastRegistrationOn: date('lastRegistrationOn', 'last day for registrations'),
    lastCertificationOn: date('lastCertificationOn', 'last day for certification'),
  };
  if (errors.length === 0) errors.push(...termsProblems(terms));
  for (const { field, message } of errors) check.addIssue({ code: 'custom', path: [field], message });
  if (errors.length > 0 || !parsed.success) return z.NEVER;
  return { productId: parsed.data.productId, directClaims: parsed.data.directClaims === 'yes', ...terms };
});

async function inQuestion(reader: Reader, context: Context<unknown, HubQuery>) {
  const hub = await hubOf(reader, context);
  const has = new Set((await approvedProducts(reader, hub.centre.id)).map(({ productId }) => productId));
  const products: Product[] = (await allProducts(reader)).filter(({ id }) => !has.has(id));
  return { hub, products };
}

/** GET /centres-hub/approvals/grant */
export const showGrant = centreHandler({ query: hubQuery }, async (context) => {
  const { hub, products } = await context.read((reader) => inQuestion(reader, context));
  const kept = await context.keptFields();
  const [year, month, day] = dayInLondon(context.now).split('-');
  const today: FormValues = {
    'approvedFrom-day': String(Number(day)),
    'approvedFrom-month': String(Number(month)),
    'approvedFrom-year': String(year),
  };
  return page(grantPage(await context.frame(), hub, products, { ...today, ...kept }, []));
});

/** POST /centres-hub/approvals/grant */
export const sendGrant = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: grantForm,
    page: async (values, errors) => {
      const { hub, products } = await context.read((reader) => inQuestion(reader, context));
      return grantPage(await context.frame(), hub, products, values, errors);
    },
    action: async (writer, grant) => {
      const hub = await hubOf(writer, context);
      await grantApproval(writer, hub.centre, grant);
      return hub.href('/centres-hub/approvals', { done: 'granted' });
    },
  }),
);
