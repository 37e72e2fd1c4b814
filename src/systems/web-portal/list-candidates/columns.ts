/** The columns of the list of candidates: those of every reader, and those that can be chosen. */
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import type { ListCell } from '#platform/http/answers.ts';
import { type Column, formatDate, meter, rowLink, type Tone, tag } from '#ui';
import { DAYS_ALLOWED } from '../programme-days/programme-days.ts';
import { STATE_WORDS } from '../registration-state/registration-state.ts';
import { COLUMN_KEYS, type ColumnKey } from './column-keys.ts';
import type { Row } from './list-query.ts';
import { shortTitle } from './short-title.ts';

/** What a list shows of which nobody has chosen the columns; `centre` where it holds more than one. */
export const USUAL: readonly ColumnKey[] = ['number', 'centre', 'product', 'registered', 'days', 'units', 'status'];

interface ListColumn extends Omit<Column<Row>, 'cell'> {
  readonly cell: (row: Row, today: string) => Safe | string;
  /** What stands in a file. */
  readonly text: (row: Row) => ListCell;
}

export const COLUMNS: Record<ColumnKey, ListColumn> = {
  number: {
    label: 'Number',
    code: true,
    class: 'muted',
    sort: 'number',
    phone: 'plain',
    cell: (row) => row.number,
    text: (row) => row.number,
  },
  reference: {
    label: 'Your reference',
    phone: 'plain',
    cell: (row) => row.centreReference ?? '',
    text: (row) => row.centreReference,
  },
  centre: { label: 'Centre', code: true, cell: (row) => row.centreNumber, text: (row) => row.centreNumber },
  product: { label: 'Product', phone: 'plain', cell: (row) => shortTitle(row.title), text: (row) => row.title },
  cohort: { label: 'Cohort', phone: 'plain', cell: (row) => row.cohort ?? '', text: (row) => row.cohort },
  registered: {
    label: 'Registered',
    sort: 'registered',
    class: 'nw',
    phone: 'hide',
    cell: (row) => formatDate(row.registeredOn, 'list'),
    text: (row) => row.registeredOn,
  },
  start: {
    label: 'Programme start',
    class: 'nw',
    cell: (row) => formatDate(row.programmeStart, 'list'),
    text: (row) => row.programmeStart,
  },
  days: { label: 'Days used', class: 'nw', cell: daysCell, text: (row) => row.daysUsed },
  units: {
    label: 'Units complete',
    phone: 'plain',
    cell: unitsCell,
    text: (row) => `${row.unitsAchieved} of ${row.unitsNeeded}`,
  },
  order: {
    label: 'Order reference',
    phone: 'plain',
    cell: (row) => row.orderReference ?? '',
    text: (row) => row.orderReference,
  },
  status: { label: 'Status', phone: 'status', cell: stateTag, text: stateInWords },
};

/** The columns to show, beside the name: those chosen, else the usual ones. A centre has no column of centres. */
export function keysShown(chosen: readonly ColumnKey[] | undefined, centreId: string | null): ColumnKey[] {
  const wanted = chosen ?? USUAL;
  return COLUMN_KEYS.filter((key) => wanted.includes(key) && (key !== 'centre' || centreId === null));
}

export function columnsFor(keys: readonly ColumnKey[], now: Date, path: string): Column<Row>[] {
  const today = dayInLondon(now);
  return [
    {
      label: 'Candidate',
      header: true,
      sort: 'name',
      cell: (row) => rowLink(`${row.familyName}, ${row.givenNames}`, `${path}/${row.candidateId}`),
    },
    ...keys.map((key): Column<Row> => {
      const { text: _, cell, ...column } = COLUMNS[key];
      return { ...column, cell: (row) => cell(row, today) };
    }),
  ];
}

function daysCell(row: Row, today: string): Safe {
  if (row.programmeStart > today)
    return html`<span class="muted">Starts ${formatDate(row.programmeStart, 'list')}</span>`;
  if (row.late && row.waived) return html`${row.daysUsed} of ${DAYS_ALLOWED}, ${tag('Late, waived', 'info')}`;
  if (row.late) return tag(`${row.daysUsed} of ${DAYS_ALLOWED}, late`, 'warn', 'clock');
  if (!row.regulated) return html`<span class="muted">No limit</span>`;
  return html`${row.daysUsed} of ${DAYS_ALLOWED}`;
}

function unitsCell(row: Row): Safe {
  const { unitsAchieved, unitsNeeded, requirementsMet } = row;
  return meter({
    value: Math.min(unitsAchieved, unitsNeeded),
    max: unitsNeeded,
    text: `${unitsAchieved}/${unitsNeeded}`,
    label: `Units complete, ${row.givenNames} ${row.familyName}`,
    ...(requirementsMet && { tone: 'ok' as const }),
  });
}

type State = Pick<Row, 'state' | 'requirementsMet'>;

export function stateInWords({ state, requirementsMet }: State): string {
  return state === 'active' && requirementsMet ? 'All units achieved' : STATE_WORDS[state];
}

/** The state of a registration in a word. */
export function stateTag(row: State): Safe {
  if (row.state === 'active' && row.requirementsMet) return tag(stateInWords(row), 'ok', 'award');
  const tone: Tone | undefined = row.state === 'active' ? 'info' : undefined;
  return tag(stateInWords(row), tone);
}
