import { html, type Safe } from '#platform/html/html.ts';
import { chips, details, form, hiddenField, link, submitButton, textField } from '#ui';
import { COLUMN_KEYS, type ColumnKey } from '../list-candidates/column-keys.ts';
import { COLUMNS } from '../list-candidates/columns.ts';
import { type SavedView, VIEWS } from './saved-views.ts';

const LIST = '/web-portal/candidates';

export interface ViewsAbove {
  readonly views: readonly SavedView[];
  /** The query string of the list as it is. */
  readonly query: string;
  readonly linked: Readonly<Record<string, string | undefined>>;
  readonly shown: readonly ColumnKey[];
  readonly isCentre: boolean;
}

/** Above the list: the person's views, and where columns are chosen and the view is saved. */
export function viewsAbove({ views, query, linked, shown, isCentre }: ViewsAbove): Safe {
  const keys = COLUMN_KEYS.filter((key) => key !== 'centre' || !isCentre);
  return html`<div class="row mb">${
    views.length > 0 &&
    chips(
      views.map((view) => ({
        label: view.name,
        href: view.query ? `${LIST}?${view.query}` : LIST,
        current: view.query === query,
      })),
      'Your views',
    )
  }${details(
    'Columns and views',
    html`<div class="grid g2 mt-s">${form(
      { action: LIST, method: 'get', label: 'Columns' },
      html`${Object.entries(linked).map(([name, value]) => name !== 'columns' && value && hiddenField(name, value))}
<fieldset class="govuk-fieldset"><legend class="strong">Columns</legend>${keys.map(
        (key) =>
          html`<label class="row"><input class="ao-check" type="checkbox" name="columns" value="${key}"${shown.includes(key) && html` checked`}> ${COLUMNS[key].label}</label>`,
      )}</fieldset>
<div class="mt-s">${submitButton('Show these columns', { look: 'quiet' })}</div>`,
    )}${form(
      { action: VIEWS, label: 'Save the view' },
      html`${hiddenField('query', query)}
${textField({ name: 'name', label: 'Save the list as it is now, as', hint: 'A name for you, such as Late this month', value: '', errors: [], width: 20 })}
${submitButton('Save the view', { look: 'quiet' })}
${views.length > 0 && html`<p class="mt-s">${link('Remove views', VIEWS)}</p>`}`,
    )}</div>`,
  )}</div>`;
}
