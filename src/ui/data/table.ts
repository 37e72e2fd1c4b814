/** Rows to compare. On a phone each row becomes a card whose cells carry their own labels. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { icon } from '../icons.ts';

export type SortDirection = 'asc' | 'desc';

export interface Column<Row> {
  /** Heading of the column. */
  label: string;
  cell: (row: Row) => HtmlValue;
  /** The column that names the row. One per table. */
  header?: boolean;
  /** Numbers, aligned right. */
  numeric?: boolean;
  /** Candidate numbers, serials. */
  code?: boolean;
  /** Key of the sort order; the heading becomes a link. */
  sort?: string;
  /** On phones: `status` at the top right, `hide` when given elsewhere, `labelled` with the heading in front. */
  phone?: 'status' | 'hide' | 'labelled' | 'plain';
  class?: string;
}

export interface TableOptions<Row> {
  /** What the table lists, for assistive technology. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  sort?: { by: string; direction: SortDirection; href: (by: string, direction: SortDirection) => string };
  /** Checkboxes in front of the rows; they belong to the form with id `form`. */
  select?: { form: string; name: string; value: (row: Row) => string; label: (row: Row) => string };
  /** Marks a row that needs something. */
  rowTone?: (row: Row) => 'bad' | 'warn' | undefined;
  /** Keep columns on phones and scroll sideways, for tables of figures. */
  keepColumns?: boolean;
}

/** A table in a region that scrolls by itself when it must. */
export function table<Row>(options: TableOptions<Row>): Safe {
  const { columns, select } = options;
  return html`<div class="ao-tablewrap" tabindex="0" role="region" aria-label="${options.caption}"><table class="${classes('ao-table', !options.keepColumns && 'stack-s', options.rowTone && 'csv')}"><caption class="govuk-visually-hidden">${options.caption}</caption><thead><tr>${
    select &&
    html`<th class="sel" scope="col"><input class="ao-check" type="checkbox" data-all aria-label="Select all on this page"></th>`
  }${columns.map((column) => heading(column, options.sort))}</tr></thead><tbody>${options.rows.map(
    (row) => html`<tr${attributes({ class: options.rowTone?.(row) })}>${
      select &&
      html`<td class="sel"><input class="ao-check" type="checkbox" data-row name="${select.name}" value="${select.value(row)}" form="${select.form}" aria-label="Select ${select.label(row)}"></td>`
    }${columns.map((column) => cell(column, row))}</tr>
`,
  )}</tbody></table></div>`;
}

function heading<Row>(column: Column<Row>, sort: TableOptions<Row>['sort']): Safe {
  const sorted = sort !== undefined && column.sort === sort.by ? sort.direction : undefined;
  const words =
    sort && column.sort
      ? html`<a href="${safeUrl(sort.href(column.sort, sorted === 'asc' ? 'desc' : 'asc'))}">${column.label}${sorted && icon(sorted === 'asc' ? 'sort' : 'sortup')}</a>`
      : column.label;
  return html`<th${attributes({
    scope: 'col',
    class: column.numeric && 'num',
    'aria-sort': sorted && (sorted === 'asc' ? 'ascending' : 'descending'),
  })}>${words}</th>`;
}

function cell<Row>(column: Column<Row>, row: Row): Safe {
  const content = column.cell(row);
  if (column.header) return html`<th${attributes({ scope: 'row', class: column.class })}>${content}</th>`;
  const phone = column.phone ?? 'labelled';
  return html`<td${attributes({
    class:
      classes(
        phone === 'status' ? 'st' : phone === 'hide' ? 'hide-s' : 'full',
        column.numeric && 'num',
        column.code && 'code',
        column.class,
      ) || null,
    'data-l': phone === 'labelled' && column.label,
  })}>${content}</td>`;
}
