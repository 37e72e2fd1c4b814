/** The list template: heading with counts, filters, chips, table, pages, export. All of it links with query strings. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { type Choice, selectOptions } from '../form/inputs.ts';
import { formatCount, plural } from '../format/numbers.ts';
import { type IconName, icon } from '../icons.ts';
import { emptyState, pageHead } from './blocks.ts';
import { type Column, type SortDirection, type TableOptions, table } from './table.ts';

/** The query string of a list, as text values; empty ones do not appear in links. */
export type ListQuery = Readonly<Record<string, string | undefined>>;

/** The link to the same list with some values changed; `page` starts anew unless it is among the changes. */
export function listHref(path: string, query: ListQuery, changes: ListQuery = {}): string {
  const merged: ListQuery = { ...query, page: undefined, after: undefined, before: undefined, ...changes };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(merged)) if (value) params.set(name, value);
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export type Filter =
  | { kind: 'search'; name: string; label: string }
  | { kind: 'select'; name: string; label: string; choices: readonly Choice[] };

/** Filters in a row, always in sight, with one button (Show). `keep` are values the form passes on unseen. */
export function toolbar(options: {
  action: string;
  label: string;
  query: ListQuery;
  filters: readonly Filter[];
  keep?: readonly string[];
  button?: { label: string; icon: IconName };
}): Safe {
  const { query } = options;
  const button = options.button ?? { label: 'Show', icon: 'filter' };
  return html`<form class="ao-toolbar" role="search" method="get" action="${safeUrl(options.action)}" aria-label="${options.label}">${(
    options.keep ?? []
  ).map(
    (name) => query[name] && html`<input type="hidden" name="${name}" value="${query[name]}">`,
  )}${options.filters.map((filter) => {
    const id = `filter-${filter.name}`;
    const value = query[filter.name] ?? '';
    return filter.kind === 'search'
      ? html`<div class="ao-search f"><label for="${id}">${filter.label}</label>${icon('search')}<input class="govuk-input" id="${id}" name="${filter.name}" type="search"${attributes({ value: value || null })} autocomplete="off" spellcheck="false"></div>`
      : html`<div class="f"><label for="${id}">${filter.label}</label><select class="govuk-select" id="${id}" name="${filter.name}">${selectOptions(filter.choices, value)}</select></div>`;
  })}<button class="ao-btn quiet" type="submit">${icon(button.icon)}${button.label}</button></form>`;
}

export interface Chip {
  label: string;
  count?: number;
  href: string;
  current?: boolean;
}

/** Up to seven views of the same list, with their counts. */
export function chips(items: readonly Chip[], label = 'Show'): Safe {
  return html`<div class="row" role="group" aria-label="${label}">${items.map(
    (chip) =>
      html`<a${attributes({ class: 'ao-chip', href: safeUrl(chip.href), 'aria-current': chip.current && 'true' })}>${chip.label}${
        chip.count !== undefined && html` <b>${formatCount(chip.count)}</b>`
      }</a>`,
  )}</div>`;
}

/** Numbered pages when the total is known, else only on and back. */
export type Paging =
  | { page: number; pageSize: number; total: number; href: (page: number) => string }
  | { shown: HtmlValue; previous?: string | undefined; next?: string | undefined };

/** The foot of a list: what is shown, and the way to the rest. */
export function pager(paging: Paging): Safe {
  if (!('total' in paging)) {
    return html`<div class="ao-pager"><span>${paging.shown}</span>${
      (paging.previous || paging.next) &&
      html`<nav aria-label="Pages"><ul>${paging.previous && html`<li><a href="${safeUrl(paging.previous)}" rel="prev">Back</a></li>`}${
        paging.next && html`<li><a href="${safeUrl(paging.next)}" rel="next">Next</a></li>`
      }</ul></nav>`
    }</div>`;
  }
  const { page, pageSize, total, href } = paging;
  const last = Math.max(1, Math.ceil(total / pageSize));
  const from = total === 0 ? 0 : (page - 1) * pageSize + 1;
  return html`<div class="ao-pager"><span>${formatCount(from)} to ${formatCount(Math.min(page * pageSize, total))} of ${formatCount(total)}</span>${
    last > 1 &&
    html`<nav aria-label="Pages"><ul>${page > 1 && html`<li><a href="${safeUrl(href(page - 1))}" rel="prev">Back</a></li>`}${pageNumbers(
      page,
      last,
    ).map((number) =>
      number === null
        ? html`<li><span class="gap">…</span></li>`
        : html`<li><a${attributes({ href: safeUrl(href(number)), 'aria-label': `Page ${number}`, 'aria-current': number === page && 'page' })}>${number}</a></li>`,
    )}${page < last && html`<li><a href="${safeUrl(href(page + 1))}" rel="next">Next</a></li>`}</ul></nav>`
  }</div>`;
}

/** First, last, and the neighbours of the current page; null stands for a gap. */
export function pageNumbers(page: number, last: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last);
  const numbers = [...new Set(wanted)].sort((a, b) => a - b);
  const out: (number | null)[] = [];
  for (const number of numbers) {
    const before = out.at(-1);
    if (typeof before === 'number' && number - before === 2) out.push(number - 1);
    else if (typeof before === 'number' && number - before > 2) out.push(null);
    out.push(number);
  }
  return out;
}

export interface ListPageOptions<Row> {
  title: HtmlValue;
  /** Counts beneath the heading: "126 registered, 9 ready to claim". */
  lead?: HtmlValue;
  /** Buttons beside the heading, the main one last. */
  actions?: HtmlValue;
  /** Between the heading and the list: figures, a note. */
  above?: HtmlValue;
  /** Path of the list without query string. */
  path: string;
  query: ListQuery;
  /** What the rows are: `['candidate', 'candidates']`. */
  noun: readonly [string, string];
  filters?: readonly Filter[];
  chips?: readonly Chip[];
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** The order the rows are in; headings with `sort` become links that set `sort` and `order`. */
  sort?: { by: string; direction: SortDirection };
  paging: Paging;
  /** Path of the export; it gets the same query string, and `format=xlsx` for a workbook. */
  exportPath?: string;
  /** Names of the query values that narrow the list, beside the filters: `['status']` of the chips. */
  narrowedBy?: readonly string[];
  /** Names of query values that say whose list it is and narrow nothing: `['centre']`. */
  keep?: readonly string[];
  /** Shown while there is nothing at all yet. */
  firstUse: { icon: IconName; title: string; text: HtmlValue; actions?: HtmlValue };
  /** The filters in words, for the message that nothing matches: "On hold, Level 4". */
  filtersInWords?: string;
  /** Actions for selected rows, shown when a row is selected: buttons that submit the form `bulk`. */
  bulk?: { action: string; name: string; value: (row: Row) => string; label: (row: Row) => string; buttons: HtmlValue };
  rowTone?: TableOptions<Row>['rowTone'];
}

/** The body of a list page. */
export function listPage<Row>(options: ListPageOptions<Row>): Safe {
  const { path, query, rows, bulk } = options;
  const [one, many] = options.noun;
  const narrowing = [...(options.filters ?? []).map((filter) => filter.name), ...(options.narrowedBy ?? [])];
  const narrowed = narrowing.some((name) => query[name]);
  const head = html`${pageHead({ title: options.title, lead: options.lead, actions: options.actions })}${options.above}`;
  if (rows.length === 0 && !narrowed && !beyondLastPage(options.paging))
    return html`${head}<section class="ao-card">${emptyState(options.firstUse)}</section>`;
  return html`${head}<section class="ao-card flush" aria-label="List of ${many}">${
    options.filters &&
    options.filters.length > 0 &&
    toolbar({
      action: path,
      label: `Find ${many}`,
      query,
      filters: options.filters,
      keep: [...(options.keep ?? []), ...(options.narrowedBy ?? []), 'sort', 'order'],
    })
  }${Boolean(options.chips?.length || options.exportPath) && chipRow(options)}${
    bulk &&
    rows.length > 0 &&
    html`<form class="ao-bulk" id="bulk" method="post" action="${safeUrl(bulk.action)}" data-bulk data-one="${one}" data-many="${many}" data-once><output></output>${bulk.buttons}</form>`
  }${
    rows.length > 0
      ? html`${table({
          caption: listCaption(options),
          columns: options.columns,
          rows,
          ...(options.sort && {
            sort: {
              ...options.sort,
              href: (by: string, order: SortDirection) => listHref(path, query, { sort: by, order }),
            },
          }),
          ...(bulk && { select: { form: 'bulk', name: bulk.name, value: bulk.value, label: bulk.label } }),
          ...(options.rowTone && { rowTone: options.rowTone }),
        })}${pager(options.paging)}`
      : beyondLastPage(options.paging)
        ? html`<div class="pad">${emptyState({
            icon: 'search',
            title: 'The list ends before this page',
            text: 'It may have become shorter since you opened it.',
            actions: html`<a class="ao-btn quiet" href="${safeUrl(listHref(path, query))}">Go to the first page</a>`,
          })}</div>`
        : html`<div class="pad">${emptyState({
            icon: 'search',
            title: `No ${many} match these filters`,
            text: options.filtersInWords ?? 'Choose other filters, or look at the whole list.',
            actions: html`<a class="ao-btn quiet" href="${safeUrl(listHref(path, pick(query, options.keep)))}">Clear filters</a>`,
          })}</div>`
  }</section>`;
}

/** Nothing is on this page, though there are others: the list became shorter, or the address was changed by hand. */
function beyondLastPage(paging: Paging): boolean {
  return 'total' in paging ? paging.total > 0 && paging.page > 1 : paging.previous !== undefined;
}

function pick(query: ListQuery, names: readonly string[] = []): ListQuery {
  return Object.fromEntries(names.map((name) => [name, query[name]]));
}

function listCaption<Row>(options: ListPageOptions<Row>): string {
  const [one, many] = options.noun;
  const sorted = options.columns.find((column) => column.sort && column.sort === options.sort?.by);
  const count = plural(options.rows.length, one, many);
  return sorted ? `${count}, sorted by ${sorted.label.toLowerCase()}` : count;
}

function chipRow<Row>(options: ListPageOptions<Row>): Safe {
  return html`<div class="${classes('ao-toolbar', 'chips')}">${options.chips && options.chips.length > 0 && chips(options.chips, 'Status')}${
    options.exportPath &&
    options.rows.length > 0 &&
    html`<span class="push selfc row"><a class="ic" href="${safeUrl(listHref(options.exportPath, options.query))}" download>${icon('download')}Export</a><a href="${safeUrl(listHref(options.exportPath, options.query, { format: 'xlsx' }))}" download>Export to Excel</a></span>`
  }</div>`;
}
