import { z } from 'zod';
import { emailField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, note, pageHead, submitButton, textField } from '#ui';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { tidyUkprn, ukprnProblem } from '../ukprn/ukprn.ts';

const orEmpty = <T>(field: z.ZodType<T>, message: string) =>
  z.union([z.literal('').transform(() => null), field], message);

/** A telephone number as people write it. */
export const telephoneField = z
  .string()
  .trim()
  .max(30, 'Shorten the telephone number to 30 characters')
  .regex(/^\+?[\d ()-]{6,}$/, 'Enter a telephone number such as 01992 123456, or leave it empty');

const WEBSITE_WRONG = 'Enter an address such as www.example.com, or leave it empty';
const website = z
  .string()
  .trim()
  .max(200)
  .transform((text) => (/^https?:\/\//i.test(text) ? text : `https://${text}`))
  .pipe(z.url({ protocol: /^https?$/, hostname: z.regexes.domain, error: WEBSITE_WRONG }));

const detailsForm = z.object({
  telephone: orEmpty(telephoneField, 'Enter a telephone number such as 01992 123456, or leave it empty'),
  email: orEmpty(emailField, 'Enter an e-mail address such as office@example.com, or leave it empty'),
  website: orEmpty(website, WEBSITE_WRONG),
  ukprn: z
    .string()
    .trim()
    .transform((text, check) => {
      const problem = text === '' ? null : ukprnProblem(text);
      if (problem) check.addIssue({ code: 'custom', message: problem });
      return text === '' ? null : tidyUkprn(text);
    }),
});

/** GET /centres-hub/change-details */
export const showChangeDetails = centreHandler({ query: hubQuery }, async (context) => {
  const hub = await context.read((reader) => hubOf(reader, context));
  const { telephone, email, website, ukprn } = hub.centre;
  const now: FormValues = {
    telephone: telephone ?? '',
    email: email ?? '',
    website: website ?? '',
    ukprn: ukprn ?? '',
  };
  return page(detailsPage(await context.frame(), hub, { ...now, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/change-details: in force at once; the history keeps what stood there. */
export const sendChangeDetails = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: detailsForm,
    page: async (values, errors) =>
      detailsPage(await context.frame(), await context.read((reader) => hubOf(reader, context)), values, errors),
    action: async (writer, details) => {
      const { centre, href } = await hubOf(writer, context);
      await writer.db
        .updateTable('centres_hub.centres')
        .set({ telephone: details.telephone, email: details.email, website: details.website, ukprn: details.ukprn })
        .where('id', '=', centre.id)
        .execute();
      await recordProfileChanges(writer, centre.id, [
        { what: 'Telephone', before: centre.telephone, after: details.telephone },
        { what: 'Email', before: centre.email, after: details.email },
        { what: 'Website', before: centre.website, after: details.website },
        { what: 'UKPRN', before: centre.ukprn, after: details.ukprn },
      ]);
      return href('/centres-hub', { done: 'changed' });
    },
  }),
);

function detailsPage(frame: Frame, hub: Hub, values: FormValues, errors: readonly FieldError[]): Safe {
  const back = hub.href('/centres-hub');
  return hubPage(
    frame,
    hub,
    { title: 'Change details', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: hub.centre.name, href: back }, { label: 'Change details' }])}
${pageHead({ title: 'Change details', lead: whose(hub) })}
${note('Name, trading name, address, head of centre and owner change by a request: certificates and visits depend on them.', { class: 'mb' })}
${card(
  { label: 'Details' },
  form(
    { action: hub.href('/centres-hub/change-details'), submissionId: crypto.randomUUID() },
    html`${textField({ name: 'telephone', label: 'Telephone', type: 'tel', value: typed(values, 'telephone'), errors, autocomplete: 'off' })}
${textField({ name: 'email', label: 'Email', type: 'email', value: typed(values, 'email'), errors, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'website', label: 'Website', value: typed(values, 'website'), errors, autocomplete: 'off', spellcheck: false })}
${textField({ name: 'ukprn', label: 'UKPRN', hint: '8 digits beginning with 1', value: typed(values, 'ukprn'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 10 })}
${buttonRow(submitButton('Save'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
