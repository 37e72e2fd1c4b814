/** Two designers changed the same part: both texts side by side, and a clear choice. Nothing of either is lost. */
import { html, type Safe } from '#platform/html/html.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  crumbs,
  form,
  formatTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  submitButton,
  table,
} from '#ui';
import type { Form } from '../forms/forms.ts';
import { designPage, FORMS, formHref } from './design-page.ts';

export interface Compared {
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

/** `mark` is that of the part as it is now: keeping one's own is a save upon it. Null: the part was removed meanwhile. */
export function chooseVersionPage(
  frame: Frame,
  theirs: Form,
  options: { title: string; action: string; rows: readonly Compared[]; values: FormValues; mark: string | null },
): Safe {
  const { title, action, values, mark } = options;
  const rows = options.rows.filter((row) => row.theirs !== row.mine);
  const { seen: _, submissionId: __, ...fields } = values;
  const who = theirs.draftSavedBy ?? 'Somebody';
  const when = theirs.draftSavedAt ? ` at ${formatTime(theirs.draftSavedAt)}` : '';
  return designPage(
    frame,
    { title: `${title}: choose one` },
    html`${crumbs([{ label: 'Forms', href: FORMS }, { label: theirs.code, href: formHref(theirs.code) }, { label: 'Choose one' }])}
${pageHead({ title: `${title}: choose one` })}
<div class="stack">
${note(
  mark === null
    ? `${who} has removed this${when}. What you typed is below; keeping it adds it again.`
    : `${who} has saved this part of the draft${when}, after you opened it. Nothing of yours is saved yet, and nothing is lost.`,
  { tone: 'warn', announce: true },
)}
${card(
  { title: 'What differs', id: 'differs', flush: true },
  table<Compared>({
    caption: 'Both texts',
    rows,
    columns: [
      { label: 'What', header: true, cell: (row) => row.label },
      { label: 'As saved now', cell: (row) => row.theirs || html`<span class="muted">Empty</span>` },
      { label: 'As you typed it', cell: (row) => row.mine || html`<span class="muted">Empty</span>` },
    ],
  }),
)}
${form(
  { action, submissionId: crypto.randomUUID() },
  html`${Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => hiddenField(name, one)))}${mark !== null && hiddenField('seen', mark)}${buttonRow(
    submitButton('Keep mine'),
    linkButton('Keep what is saved', mark === null ? formHref(theirs.code) : action, { look: 'quiet' }),
  )}`,
)}</div>`,
  );
}
