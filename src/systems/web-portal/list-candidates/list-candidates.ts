import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { type Filter, linkButton, listHref, listPage, plural, submitButton } from '#ui';
import { cohortsOf } from '../cohorts/cohorts.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { type SavedView, savedViews } from '../saved-views/saved-views.ts';
import { viewsAbove } from '../saved-views/views-above.ts';
import { addressOf, linkedOf } from './address.ts';
import { columnsFor, keysShown } from './columns.ts';
import {
  type Counts,
  directionOf,
  type ListQuery,
  listCounts,
  listQuery,
  listRows,
  type Row,
  STATUS_WORDS,
  STATUSES,
} from './list-query.ts';
import { shortTitle } from './short-title.ts';

const PATH = '/web-portal/candidates';
const PAGE_SIZE = 50;

/** GET /web-portal/candidates: the registrations of the centre with their candidates; the awarding body sees all centres. */
export const listCandidates = handler({ query: listQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const centreId = actingCentreId(context.principal);
  const offset = (query.page - 1) * PAGE_SIZE;
  const found = await context.read(async (reader) => ({
    // One row more than is shown tells whether there is a next page, where nothing is counted.
    rows: await listRows(reader, query, centreId, { limit: PAGE_SIZE + 1, offset }),
    ...(await listCounts(reader, query, centreId)),
    cohorts: centreId ? await cohortsOf(reader, centreId) : [],
    views: await savedViews(reader),
  }));
  return page(await candidatesPage(context, { ...found, centreId }));
});

interface CandidatesPage {
  readonly rows: readonly Row[];
  readonly counts: Counts | null;
  readonly products: readonly { id: string; title: string }[];
  readonly cohorts: readonly string[];
  readonly views: readonly SavedView[];
  readonly centreId: string | null;
}

function candidatesPage(context: Context<unknown, ListQuery>, found: CandidatesPage): Promise<Safe> {
  const { query } = context;
  const { rows, counts, products, cohorts, centreId } = found;
  const shown = rows.slice(0, PAGE_SIZE);
  const direction = directionOf(query);
  const isCentre = centreId !== null;
  const linked = linkedOf(query, isCentre);
  const keys = keysShown(query.columns, centreId);
  const mayRegister = may(context.principal, 'web-portal.register');
  const registerButton =
    mayRegister &&
    html`${linkButton('Register many', '/web-portal/imports/new', { look: 'quiet' })}${linkButton('Register a candidate', `${PATH}/register`)}`;
  const href = (number: number) => listHref(PATH, linked, { page: number > 1 ? String(number) : undefined });
  const total = counts && (query.status ? counts[query.status] : counts.all);
  return portalPage(
    context,
    { title: 'Candidates' },
    listPage<Row>({
      title: 'Candidates',
      lead: counts ? countsInWords(counts, Boolean(query.q || query.product || query.cohort)) : 'All centres',
      actions: registerButton,
      above: viewsAbove({ views: found.views, query: addressOf(query, isCentre), linked, shown: keys, isCentre }),
      path: PATH,
      query: linked,
      noun: ['registration', 'registrations'],
      filters: filtersFor(products, cohorts, centreId),
      narrowedBy: ['status'],
      chips: [
        {
          label: 'All',
          ...(counts && { count: counts.all }),
          href: listHref(PATH, linked, { status: undefined }),
          current: !query.status,
        },
        ...STATUSES.filter((status) => status !== 'no_uln' || query.status === status).map((status) => ({
          label: STATUS_WORDS[status],
          ...(counts && { count: counts[status] }),
          href: listHref(PATH, linked, { status }),
          current: query.status === status,
        })),
      ],
      keep: ['columns'],
      columns: columnsFor(keys, context.now, PATH),
      rows: shown,
      sort: { by: query.sort, direction },
      paging:
        total === null
          ? {
              shown: shownInWords(query.page, shown.length),
              previous: query.page > 1 ? href(query.page - 1) : undefined,
              next: rows.length > PAGE_SIZE ? href(query.page + 1) : undefined,
            }
          : { page: query.page, pageSize: PAGE_SIZE, total, href },
      exportPath: `${PATH}/export`,
      ...(mayRegister && {
        bulk: {
          action: `${PATH}/chosen`,
          name: 'registration',
          value: (row: Row) => row.id,
          label: (row: Row) => `${row.givenNames} ${row.familyName}, ${shortTitle(row.title)}`,
          buttons: submitButton('Cohort or invitation', { look: 'quiet' }),
        },
      }),
      firstUse: {
        icon: 'users',
        title: 'No candidates yet',
        text: mayRegister
          ? 'Everybody you register appears here with number, product and progress.'
          : 'Everybody who is registered appears here with number, product and progress.',
        actions: registerButton,
      },
      filtersInWords: filtersInWords(query, products, centreId),
    }),
  );
}

function countsInWords(counts: Counts, narrowed: boolean): string {
  if (counts.all === 0) return narrowed ? 'Nothing matches' : 'Nobody is registered';
  const parts = [`${plural(counts.candidates, 'candidate')}, ${plural(counts.all, 'registration')}`];
  if (counts.ready > 0) parts.push(`${counts.ready} with all units achieved`);
  if (counts.late > 0) parts.push(`${counts.late} registered late`);
  return parts.join(', ');
}

function shownInWords(page: number, count: number): string {
  const from = (page - 1) * PAGE_SIZE;
  return count === 0 ? 'Nothing on this page' : `${from + 1} to ${from + count}`;
}

function filtersFor(
  products: CandidatesPage['products'],
  cohorts: CandidatesPage['cohorts'],
  centreId: string | null,
): Filter[] {
  const choices = products.map(({ id, title }) => ({ value: id, label: shortTitle(title) }));
  return [
    { kind: 'search', name: 'q', label: 'Name, candidate number, ULN or e-mail' },
    { kind: 'select', name: 'product', label: 'Product', choices: [{ value: '', label: 'All products' }, ...choices] },
    ...(cohorts.length > 0
      ? [
          {
            kind: 'select',
            name: 'cohort',
            label: 'Cohort',
            choices: [{ value: '', label: 'All cohorts' }, ...cohorts.map((value) => ({ value, label: value }))],
          } as const,
        ]
      : []),
    ...(centreId ? [] : [{ kind: 'search', name: 'centre', label: 'Centre number' } as const]),
  ];
}

function filtersInWords(query: ListQuery, products: CandidatesPage['products'], centreId: string | null): string {
  const product = products.find(({ id }) => id === query.product);
  return [
    query.q && `"${query.q}"`,
    product && shortTitle(product.title),
    query.cohort,
    query.status && STATUS_WORDS[query.status],
    !centreId && query.centre && `centre ${query.centre}`,
  ]
    .filter(Boolean)
    .join(', ');
}
