import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  emptyState,
  errorSummary,
  form,
  linkButton,
  pageHead,
  plural,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { siteAdded, siteRoomsChanged } from '../audit.ts';
import { type Site, sitesOf } from '../centres/centres.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { checkInWords, type RoomCheck, roomChecksOf } from './check-room.ts';
import { SITE_KINDS } from './site-details.ts';

/** One room a line; blank lines and repetitions do not count. */
const roomsField = z
  .string('Enter at least one room')
  .transform((text) => [
    ...new Set(
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ])
  .pipe(
    z
      .array(z.string().max(60, 'Shorten the name of each room to 60 characters'))
      .min(1, 'Enter at least one room, such as "Test room 1"')
      .max(100, 'Enter 100 rooms at most'),
  );

const addSiteForm = z.object({
  name: z
    .string('Enter the name of the site')
    .trim()
    .min(1, 'Enter the name of the site')
    .max(100, 'Shorten the name to 100 characters'),
  rooms: roomsField,
});

/** GET /centres-hub/sites */
export const listSites = centreHandler({ query: hubQuery }, async (context) => {
  const { hub, sites, checks } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const { id } = hub.centre;
    return { hub, sites: await sitesOf(reader, id), checks: await roomChecksOf(reader, id) };
  });
  return page(sitesPage(await context.frame(), hub, sites, checks));
});

/** GET /centres-hub/sites/add */
export const showAddSite = centreHandler({ query: hubQuery }, async (context) => {
  const hub = await context.read((reader) => hubOf(reader, context));
  return page(siteForm(await context.frame(), hub, null, await context.keptFields(), []));
});

/** POST /centres-hub/sites/add */
export const sendAddSite = centreHandler({ query: hubQuery }, (context) =>
  submitForm(context, {
    schema: addSiteForm,
    page: async (values, errors) =>
      siteForm(await context.frame(), await context.read((reader) => hubOf(reader, context)), null, values, errors),
    action: async (writer, { name, rooms }) => {
      const hub = await hubOf(writer, context);
      const made = await writer.db
        .insertInto('centres_hub.sites')
        .values({ centre_id: hub.centre.id, name, rooms })
        .onConflict((conflict) => conflict.columns(['centre_id', 'name']).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made)
        throw new Refused([{ field: 'name', message: `There is a site called ${name} already. Choose another name` }]);
      await writer.audit(siteAdded, { kind: 'site', id: made.id }, { name, rooms }, hub.centre.id);
      return hub.href('/centres-hub/sites');
    },
  }),
);

const params = z.object({ siteId: z.uuid() });

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  const site = (await sitesOf(reader, hub.centre.id)).find(({ id }) => id === context.params.siteId);
  if (!site) throw new NotFound();
  return { hub, site };
}

/** GET /centres-hub/sites/:siteId/rooms */
export const showRooms = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, site } = await context.read((reader) => inQuestion(reader, context));
  const kept = await context.keptFields();
  return page(siteForm(await context.frame(), hub, site, { rooms: site.rooms.join('\n'), ...kept }, []));
});

/** POST /centres-hub/sites/:siteId/rooms */
export const sendRooms = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ rooms: roomsField }),
    page: async (values, errors) => {
      const { hub, site } = await context.read((reader) => inQuestion(reader, context));
      return siteForm(await context.frame(), hub, site, values, errors);
    },
    action: async (writer, { rooms }) => {
      const { hub, site } = await inQuestion(writer, context);
      const before = await writer.db
        .selectFrom('centres_hub.sites')
        .select('rooms')
        .where('id', '=', site.id)
        .where('centre_id', '=', hub.centre.id)
        .forUpdate()
        .executeTakeFirstOrThrow();
      await writer.db
        .updateTable('centres_hub.sites')
        .set({ rooms })
        .where('id', '=', site.id)
        .where('centre_id', '=', hub.centre.id)
        .execute();
      const payload = { name: site.name, before: before.rooms, after: rooms };
      await writer.audit(siteRoomsChanged, { kind: 'site', id: site.id }, payload, hub.centre.id);
      return hub.href('/centres-hub/sites');
    },
  }),
);

function sitesPage(frame: Frame, hub: Hub, sites: readonly Site[], checks: readonly RoomCheck[]): Safe {
  const manages = hub.may('centres-hub.manage-users');
  const add = manages && linkButton('Add a site', hub.href('/centres-hub/sites/add'));
  const rooms = sites.reduce((sum, site) => sum + site.rooms.length, 0);
  return hubPage(
    frame,
    hub,
    { title: 'Sites' },
    html`${pageHead({
      title: 'Sites',
      lead: whose(hub) ?? `${plural(sites.length, 'site')} with ${plural(rooms, 'room')}`,
      actions: add,
    })}
${
  sites.length === 0
    ? card(
        { label: 'Sites' },
        emptyState({
          icon: 'hub',
          title: 'No sites yet',
          text: 'Places where candidates are assessed and tested appear here.',
          actions: add,
        }),
      )
    : html`<div class="grid g2">${sites.map((site) =>
        card(
          {
            title: site.name,
            id: `site-${site.id}`,
            aside:
              manages &&
              html`<a href="${hub.href(`/centres-hub/sites/${site.id}/rooms`)}">Change rooms<span class="govuk-visually-hidden"> of ${site.name}</span></a>`,
          },
          siteBody(hub, site, checks),
        ),
      )}</div>`
}`,
  );
}

function siteBody(hub: Hub, site: Site, checks: readonly RoomCheck[]): Safe {
  const manages = hub.may('centres-hub.manage-users');
  const here = `/centres-hub/sites/${site.id}`;
  return html`<p>${SITE_KINDS[site.kind]}${
    site.address ? html`: ${site.address.split('\n').join(', ')}` : html`. <span class="muted">No address yet</span>`
  }${manages && html`. <a href="${hub.href(`${here}/details`)}">Change<span class="govuk-visually-hidden"> the address of ${site.name}</span></a>`}</p>
<ul>${site.rooms.map((room, index) => {
    const check = checks.find((one) => one.siteId === site.id && one.room === room);
    return html`<li>${room}<br><span class="small muted">${check ? checkInWords(check) : 'Not checked for tests yet'}${check?.note && html`. ${check.note}`}</span>${
      manages &&
      html` <a class="small" href="${hub.href(`${here}/rooms/${index + 1}/check`)}">Record a check<span class="govuk-visually-hidden"> of ${room}, ${site.name}</span></a>`
    }</li>`;
  })}</ul>`;
}

function siteForm(frame: Frame, hub: Hub, site: Site | null, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/sites');
  const title = site ? `Rooms of ${site.name}` : 'Add a site';
  const action = site ? hub.href(`/centres-hub/sites/${site.id}/rooms`) : hub.href('/centres-hub/sites/add');
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
    { action, submissionId: crypto.randomUUID() },
    html`${!site && textField({ name: 'name', label: 'Name of the site', value: typed(values, 'name'), errors, autocomplete: 'off' })}
${textareaField({ name: 'rooms', label: 'Rooms', hint: 'One room on each line', value: typed(values, 'rooms'), errors, rows: 6 })}
${buttonRow(submitButton(site ? 'Save the rooms' : 'Add the site'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
