import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import type { Role } from '#platform/permissions/capabilities.ts';
import {
  buttonRow,
  card,
  crumbs,
  emptyState,
  form,
  formatDateTime,
  linkButton,
  pageHead,
  plural,
  rowLink,
  submitButton,
  summaryList,
  table,
} from '#ui';
import { requestBegun } from '../audit.ts';
import { requestHref, requestNumber } from '../fill-in/drafts.ts';
import { signersInWords } from '../fill-in/signature.ts';
import { READERS } from '../forms/differences.ts';
import { currentVersions, type FormVersion } from '../forms/forms.ts';
import { paragraphs } from '../forms/question-field.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { type Asking, mayWorkOn } from '../requests/may-read.ts';

export const NEW_REQUEST = '/centres-hub/requests/new';
const params = z.object({ code: z.string().regex(/^[a-z][a-z0-9-]{2,59}$/) });

/** The forms that somebody with these roles is offered. */
const offered = (versions: readonly FormVersion[], roles: readonly Role[]) =>
  versions.filter(({ definition }) => definition.filledBy.some((role) => (roles as readonly string[]).includes(role)));

interface OpenDraft {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly savedAt: Date;
  readonly savedBy: string | null;
  readonly begunBy: string;
  readonly submittedBy: string | null;
  readonly definition: FormVersion['definition'];
}

/** The drafts of the centre that the person works on, the one saved last first. */
async function openDraftsOf(reader: Reader, centreId: string, asking: Asking): Promise<OpenDraft[]> {
  const rows = await reader.rows(sql<OpenDraft>`
    select r.id, r.number, v.definition->>'title' as title, v.definition, r.saved_at as "savedAt",
      r.begun_by as "begunBy", r.submitted_by as "submittedBy",
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = r.saved_by) as "savedBy"
    from centres_hub.requests r join centres_hub.form_versions v on v.id = r.form_version_id
    where r.centre_id = ${centreId} and r.state = 'draft' order by r.saved_at desc limit 100`);
  return rows.filter((draft) => mayWorkOn(draft, asking));
}

/** GET /centres-hub/requests/new: the forms with what each is for, and the drafts that were begun. */
export const chooseForm = centreHandler({ query: hubQuery }, async (context) => {
  const acting = context.acting();
  const { hub, versions, drafts } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return {
      hub,
      versions: offered(await currentVersions(reader), acting.roles),
      drafts: await openDraftsOf(reader, hub.centre.id, { ...acting, personId: context.person().personId }),
    };
  });
  return page(choosePage(await context.frame(), hub, versions, drafts));
});

async function inQuestion(reader: Reader, context: Context<{ code: string }, HubQuery>) {
  const hub = await hubOf(reader, context);
  const version = offered(await currentVersions(reader), context.acting().roles).find(
    ({ code }) => code === context.params.code,
  );
  if (!version) throw new NotFound();
  return { hub, version };
}

/** GET /centres-hub/requests/new/:code: what the form asks for, before anything is begun. */
export const showBegin = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, version } = await context.read((reader) => inQuestion(reader, context));
  return page(beginPage(await context.frame(), hub, version));
});

/**
 * POST /centres-hub/requests/new/:code: an empty draft, which everybody at the centre whose role fills it in can go on
 * with; one of a confidential form is of whoever began it alone.
 */
export const sendBegin = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async () => {
      const { hub, version } = await context.read((reader) => inQuestion(reader, context));
      return beginPage(await context.frame(), hub, version);
    },
    action: async (writer) => {
      const { hub, version } = await inQuestion(writer, context);
      const personId = context.person().personId;
      const made = await writer.db
        .insertInto('centres_hub.requests')
        .values({
          form_version_id: version.id,
          centre_id: hub.centre.id,
          begun_at: writer.now,
          begun_by: personId,
          saved_at: writer.now,
          saved_by: personId,
        })
        .returning(['id', 'number'])
        .executeTakeFirstOrThrow();
      const payload = { number: made.number, code: version.code };
      await writer.audit(requestBegun, { kind: 'request', id: made.id }, payload, hub.centre.id);
      return requestHref(made.id, '/fill-in');
    },
  }),
);

function choosePage(frame: Frame, hub: Hub, versions: readonly FormVersion[], drafts: readonly OpenDraft[]): Safe {
  return hubPage(
    frame,
    hub,
    { title: 'New request' },
    html`${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: 'New request' }])}
${pageHead({ title: 'New request', lead: 'Choose the form that fits. What you type is saved as a draft until you submit it.' })}
<div class="stack">
${
  drafts.length > 0 &&
  card(
    { title: plural(drafts.length, 'draft'), id: 'drafts', flush: true },
    table<OpenDraft>({
      caption: 'Open drafts',
      rows: drafts,
      columns: [
        { label: 'Form', header: true, cell: (row) => rowLink(row.title, requestHref(row.id, '/fill-in')) },
        { label: 'Number', code: true, cell: (row) => requestNumber(row.number) },
        {
          label: 'Saved',
          cell: (row) => `${formatDateTime(row.savedAt, 'list')}${row.savedBy ? `, ${row.savedBy}` : ''}`,
        },
      ],
    }),
  )
}
${card(
  { title: 'Forms', id: 'forms', flush: versions.length > 0 },
  versions.length === 0
    ? emptyState({
        icon: 'doc',
        title: 'No forms for your role',
        text: 'Ask your centre coordinator to send the request.',
      })
    : table<FormVersion>({
        caption: 'What each form is for',
        rows: versions,
        columns: [
          {
            label: 'Form',
            header: true,
            cell: ({ code, definition }) =>
              html`${rowLink(definition.title, `${NEW_REQUEST}/${code}`)}<br><span class="small muted">${definition.summary}</span>`,
          },
          { label: 'Answer within', cell: ({ definition }) => plural(definition.daysAllowed, 'working day') },
        ],
      }),
)}</div>`,
  );
}

function beginPage(frame: Frame, hub: Hub, { code, definition }: FormVersion): Safe {
  const { signature } = definition;
  return hubPage(
    frame,
    hub,
    { title: definition.title },
    html`${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: 'New request', href: NEW_REQUEST }, { label: definition.title }])}
${pageHead({ title: definition.title, lead: definition.summary })}
${card(
  { label: definition.title },
  html`${paragraphs(definition.introduction)}
${summaryList([
  ['It asks for', definition.sections.map(({ title }) => title).join(', ')],
  signature && ['Signed by', signersInWords(signature)],
  definition.confidential && ['Read by', READERS.confidential],
  ['Answer within', plural(definition.daysAllowed, 'working day')],
])}
${form(
  { action: `${NEW_REQUEST}/${code}`, submissionId: crypto.randomUUID() },
  buttonRow(submitButton('Begin'), linkButton('Choose another form', NEW_REQUEST, { look: 'quiet' })),
)}`,
)}`,
  );
}
