import { z } from 'zod';
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
  pageHead,
  radios,
  selectField,
  submitButton,
} from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { type Site, sitesOf } from '../centres/centres.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { dateAsTyped, typed, typedDate } from '../typed-fields/typed-fields.ts';
import { functionBegun } from './audit.ts';
import { type Colleague, colleaguesOf, entryFor } from './colleagues.ts';
import { FUNCTION_HINTS, FUNCTION_KEYS, FUNCTION_NAMES } from './functions.ts';
import { formWithDates } from './typed-fields.ts';

const query = hubQuery.extend({ who: z.uuid().optional().catch(undefined) });
type Query = z.infer<typeof query>;

const everyOr = (missing: string) => z.union([z.literal('all').transform(() => null), z.uuid()], missing);

const putDownForm = formWithDates(
  z.object({
    who: z.uuid('Choose who it is'),
    function: z.enum(FUNCTION_KEYS, 'Choose the function'),
    productId: everyOr('Choose a product, or every product'),
    siteId: everyOr('Choose a site, or every site'),
  }),
  { startsOn: { what: 'first day', required: true } },
);

interface Offered {
  readonly hub: Hub;
  readonly colleagues: readonly Colleague[];
  readonly products: readonly ApprovedProduct[];
  readonly sites: readonly Site[];
}

async function offered(reader: Reader, context: Context<unknown, Query>): Promise<Offered> {
  const hub = await hubOf(reader, context);
  return {
    hub,
    colleagues: await colleaguesOf(reader, hub.centre.id),
    products: await approvedProducts(reader, hub.centre.id),
    sites: await sitesOf(reader, hub.centre.id),
  };
}

/** GET /centres-hub/who-does-what/add */
export const showPutDown = centreHandler({ query }, async (context) => {
  const found = await context.read((reader) => offered(reader, context));
  const begun: FormValues = {
    productId: 'all',
    siteId: 'all',
    ...(context.query.who ? { who: context.query.who } : {}),
    ...dateAsTyped('startsOn', dayInLondon(context.now)),
  };
  return page(putDownPage(await context.frame(), found, { ...begun, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/who-does-what/add */
export const sendPutDown = centreHandler({ query }, (context) =>
  submitForm(context, {
    schema: putDownForm,
    page: async (values, errors) =>
      putDownPage(await context.frame(), await context.read((reader) => offered(reader, context)), values, errors),
    action: async (writer, value) => {
      const { hub, colleagues, products, sites } = await offered(writer, context);
      const { productId, siteId } = value;
      const colleague = colleagues.find(({ id }) => id === value.who);
      const errors: FieldError[] = [];
      if (!colleague) errors.push({ field: 'who', message: 'Choose somebody from the list' });
      if (productId !== null && !products.some((one) => one.productId === productId))
        errors.push({ field: 'productId', message: 'Choose a product that the centre is approved for' });
      if (siteId !== null && !sites.some(({ id }) => id === siteId))
        errors.push({ field: 'siteId', message: 'Choose a site from the list' });
      if (value.function === 'invigilator' && colleague && !colleague.roles.includes('invigilator'))
        errors.push({
          field: 'function',
          message: `${colleague.name} needs the role invigilator first. Add the role on the page of the user`,
        });
      if (!colleague || errors.length > 0) throw new Refused(errors);
      const startsOn = value.startsOn as string;
      const made = await writer.db
        .insertInto('centres_hub.staff_functions')
        .values({
          centre_id: hub.centre.id,
          staff_member_id: await entryFor(writer, hub.centre.id, colleague),
          function: value.function,
          product_id: productId,
          site_id: siteId,
          starts_on: startsOn,
          recorded_at: writer.now,
          recorded_by: writer.identity.personId,
        })
        .onConflict((conflict) =>
          conflict
            .columns(['staff_member_id', 'function', 'product_id', 'site_id'])
            .where('ended_at', 'is', null)
            .doNothing(),
        )
        .returning('id')
        .executeTakeFirst();
      if (!made)
        throw new Refused([
          {
            field: 'function',
            message: `${colleague.name} is put down for exactly this already. Choose something else`,
          },
        ]);
      await writer.audit(
        functionBegun,
        { kind: 'staff-function', id: made.id },
        { name: colleague.name, function: value.function, productId, siteId, startsOn },
        hub.centre.id,
      );
      return hub.href('/centres-hub/who-does-what', { done: 'begun' });
    },
  }),
);

function putDownPage(frame: Frame, found: Offered, values: FormValues, errors: readonly FieldError[]): Safe {
  const { hub, colleagues, products, sites } = found;
  const list = hub.href('/centres-hub/who-does-what');
  return hubPage(
    frame,
    hub,
    { title: 'Put somebody down', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Who does what', href: list }, { label: 'Put somebody down' }])}
${pageHead({ title: 'Put somebody down', lead: whose(hub) ?? 'Who does what, for which product, at which site' })}
${card(
  { label: 'Who does what' },
  form(
    { action: hub.href('/centres-hub/who-does-what/add'), submissionId: crypto.randomUUID() },
    html`${selectField({
      name: 'who',
      label: 'Who',
      placeholder: 'Choose a user or staff member',
      value: typed(values, 'who'),
      errors,
      choices: colleagues.map(({ id, familyName, givenNames, job }) => ({
        value: id,
        label: `${familyName}, ${givenNames}${job ? ` (${job})` : ''}`,
      })),
    })}
${radios({
  name: 'function',
  label: 'Function',
  value: typed(values, 'function') || null,
  errors,
  items: FUNCTION_KEYS.map((value) => ({ value, label: FUNCTION_NAMES[value], hint: FUNCTION_HINTS[value] })),
})}
${selectField({
  name: 'productId',
  label: 'Product',
  value: typed(values, 'productId'),
  errors,
  choices: [
    { value: 'all', label: 'Every product of the centre' },
    ...products.map(({ productId, title }) => ({ value: productId, label: title })),
  ],
})}
${selectField({
  name: 'siteId',
  label: 'Site',
  value: typed(values, 'siteId'),
  errors,
  choices: [{ value: 'all', label: 'Every site' }, ...sites.map(({ id, name }) => ({ value: id, label: name }))],
})}
${dateField({ name: 'startsOn', label: 'From', value: typedDate(values, 'startsOn'), errors })}
${buttonRow(submitButton('Put down'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
