import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
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
import { type Site, sitesOf } from '../centres/centres.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';

const params = z.object({ siteId: z.uuid() });

/** What a place is to its centre. */
export const SITE_KINDS: Record<Site['kind'], string> = { site: 'Site', satellite: 'Satellite' };

const detailsForm = z.object({
  kind: z.enum(['site', 'satellite'], 'Choose what the place is'),
  address: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z.string().min(1, 'Enter the address, with town and postcode').max(400, 'Shorten the address to 400 characters'),
    ),
});

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  const site = (await sitesOf(reader, hub.centre.id)).find(({ id }) => id === context.params.siteId);
  if (!site) throw new NotFound();
  return { hub, site };
}

/** GET /centres-hub/sites/:siteId/details */
export const showSiteDetails = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, site } = await context.read((reader) => inQuestion(reader, context));
  const values = { kind: site.kind, address: site.address ?? '', ...(await context.keptFields()) };
  return page(detailsPage(await context.frame(), hub, site, values, []));
});

/** POST /centres-hub/sites/:siteId/details */
export const sendSiteDetails = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: detailsForm,
    page: async (values, errors) => {
      const { hub, site } = await context.read((reader) => inQuestion(reader, context));
      return detailsPage(await context.frame(), hub, site, values, errors);
    },
    action: async (writer, { kind, address }) => {
      const { hub, site } = await inQuestion(writer, context);
      await writer.db
        .updateTable('centres_hub.sites')
        .set({ kind, address })
        .where('id', '=', site.id)
        .where('centre_id', '=', hub.centre.id)
        .execute();
      await recordProfileChanges(writer, hub.centre.id, [
        { what: `${site.name}: kind`, before: SITE_KINDS[site.kind], after: SITE_KINDS[kind] },
        { what: `${site.name}: address`, before: site.address, after: address },
      ]);
      return hub.href('/centres-hub/sites');
    },
  }),
);

function detailsPage(frame: Frame, hub: Hub, site: Site, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/sites');
  const title = `Address of ${site.name}`;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Sites', href: list }, { label: title }])}
${pageHead({ title, lead: whose(hub) })}
${card(
  { label: title },
  form(
    { action: hub.href(`/centres-hub/sites/${site.id}/details`), submissionId: crypto.randomUUID() },
    html`${radios({
      name: 'kind',
      label: 'What is it?',
      value: typed(values, 'kind') || null,
      errors,
      items: [
        { value: 'site', label: 'A site', hint: 'The centre runs it itself' },
        { value: 'satellite', label: 'A satellite', hint: 'Elsewhere, under the quality assurance of the centre' },
      ],
    })}
${textareaField({ name: 'address', label: 'Address', hint: 'With town and postcode', value: typed(values, 'address'), errors, rows: 4 })}
${buttonRow(submitButton('Save'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
