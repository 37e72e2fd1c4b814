/** Views of the list of candidates that a person keeps: saved under a name, shown above the list, removed. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page, Refused, redirect } from '#platform/http/answers.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  crumbs,
  emptyState,
  errorSummary,
  form,
  hiddenField,
  link,
  pageHead,
  submitButton,
  textField,
} from '#ui';
import { viewRemoved, viewSaved } from '../audit.ts';
import { addressOf } from '../list-candidates/address.ts';
import { listQuery } from '../list-candidates/list-query.ts';
import { portalPage } from '../portal-page/portal-page.ts';

const LIST = '/web-portal/candidates';
export const VIEWS = `${LIST}/views`;
const MOST_VIEWS = 20;
/** Characters of the query string of a view. */
const LONGEST_QUERY = 1000;

export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** The list's own query string. */
  readonly query: string;
}

/** The person's own views at the organisation that he or she acts for; the policy of the table lets no others through. */
export function savedViews(reader: Pick<Reader, 'db'>): Promise<SavedView[]> {
  return reader.db
    .selectFrom('web_portal.saved_views')
    .select(['id', 'name', 'query'])
    .orderBy('name')
    .execute() as Promise<SavedView[]>;
}

const viewForm = z.object({
  name: z
    .string('Enter a name')
    .trim()
    .min(1, 'Enter a name for the view, such as Late this month')
    .max(60, 'Shorten the name to 60 characters'),
  query: z.string().max(2000).default(''),
});

/** POST /web-portal/candidates/views: keeps the list as it is narrowed, sorted and laid out; the same name replaces. */
export const saveView = handler(
  {},
  (context): Promise<Answer> =>
    submitForm(context, {
      schema: viewForm,
      page: async (values, errors) => viewsPage(context, String(values.query ?? ''), String(values.name ?? ''), errors),
      action: async (writer, { name, query }) => {
        const asked = listQuery.parse(Object.fromEntries(new URLSearchParams(query)));
        const kept = addressOf(asked, context.acting().kind === 'centre');
        await keep(writer, name, kept);
        return kept ? `${LIST}?${kept}` : LIST;
      },
    }),
);

async function keep(writer: Writer, name: string, query: string): Promise<void> {
  const { personId, centreId } = writer.identity;
  const views = await savedViews(writer);
  if (views.length >= MOST_VIEWS && !views.some((view) => view.name === name))
    throw new Refused([
      { field: 'name', message: `You keep ${MOST_VIEWS} views already. Remove one that you do not need` },
    ]);
  if (query.length > LONGEST_QUERY)
    throw new Refused([
      {
        field: 'name',
        message: 'The list is narrowed by more words than a view can keep. Shorten what you search for',
      },
    ]);
  await writer.rows(sql`
    insert into web_portal.saved_views (person_id, centre_id, name, query, saved_at)
    values (${personId}, ${centreId}, ${name}, ${query}, ${writer.now})
    on conflict (person_id, centre_id, name) do update set query = excluded.query, saved_at = excluded.saved_at`);
  await writer.audit(viewSaved, { kind: 'person', id: personId as string }, { name, query });
}

const params = z.object({ viewId: z.uuid() });

/** POST /web-portal/candidates/views/:viewId/remove */
export const removeView = handler({ params }, async (context): Promise<Answer> => {
  await context.write(async (writer) => {
    const view = (await savedViews(writer)).find(({ id }) => id === context.params.viewId);
    if (!view) throw new NotFound();
    await writer.db.deleteFrom('web_portal.saved_views').where('id', '=', view.id).execute();
    await writer.audit(
      viewRemoved,
      { kind: 'person', id: writer.identity.personId as string },
      { name: view.name, query: view.query },
    );
  });
  return redirect(VIEWS);
});

/** GET /web-portal/candidates/views: the views, each to open or to remove. */
export const showViews = handler({}, async (context): Promise<Answer> => page(await viewsPage(context, '', '', [])));

type Page = Parameters<typeof portalPage>[0];

async function viewsPage(
  context: Page,
  query: string,
  name: string,
  errors: readonly { readonly field: string; readonly message: string }[],
): Promise<Safe> {
  const views = await context.read(savedViews);
  const title = 'Your views';
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors, 'The view is not saved')}
${crumbs([{ label: 'Candidates', href: LIST }, { label: title }])}
${pageHead({ title, lead: 'The list of candidates as you narrowed, sorted and laid it out. Only you see them' })}
${
  errors.length > 0 &&
  card(
    { label: 'Save the view' },
    form(
      { action: VIEWS },
      html`${hiddenField('query', query)}${textField({ name: 'name', label: 'Name of the view', value: name, errors, width: 20 })}${submitButton('Save the view')}`,
    ),
  )
}
${
  views.length === 0
    ? html`<section class="ao-card">${emptyState({ icon: 'filter', title: 'No views yet', text: 'Narrow the list of candidates, choose its columns, and save it under a name.', actions: link('Candidates', LIST) })}</section>`
    : card(
        { title: 'Saved', id: 'saved' },
        html`<ul class="plain">${views.map(
          (view) =>
            html`<li class="row">${link(view.name, view.query ? `${LIST}?${view.query}` : LIST)}${form(
              { action: `${VIEWS}/${view.id}/remove`, class: 'inline push' },
              html`<button class="ao-btn text" type="submit">Remove<span class="govuk-visually-hidden"> ${view.name}</span></button>`,
            )}</li>`,
        )}</ul>`,
      )
}`,
  );
}
