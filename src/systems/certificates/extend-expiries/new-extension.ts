import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { parseForm, submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  actionBar,
  buttonRow,
  card,
  checkboxes,
  codeText,
  crumbs,
  dateField,
  errorSummary,
  form,
  formatCount,
  formatDate,
  hiddenField,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  summaryList,
  table,
  textareaField,
  textField,
} from '#ui';
import { portalPage } from '#web-portal';
import { formatSerial } from '../serial/serial.ts';
import { extendExpiries, LOOK } from './extend.ts';
import { extensionForm, typedDay, WINDOWS } from './extension-form.ts';
import { EXTENSIONS } from './list-extensions.ts';
import { type MovedAward, markOfPlan, type NewExtension, type Plan, planExtension } from './plan.ts';

const PATH = `${EXTENSIONS}/new`;
const SAMPLE = 10;

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly awards: number;
}

/** Products whose awards have an end, with how many awards each has. */
function productsWithEnd(reader: Pick<Reader, 'rows'>): Promise<Choice[]> {
  return reader.rows(sql<Choice>`
    select p.id, p.title, (select count(*)::int from certificates.award_expiries a where a.product_id = p.id) as awards
    from products.published_products p
    where exists (select from products.published_versions v where v.product_id = p.id and v.validity_months is not null)
    order by p.title`);
}

/** GET /certificates/extensions/new */
export const showNewExtension = handler({}, async (context) => {
  const products = await context.read(productsWithEnd);
  const only: FormValues = products.length === 1 ? { products: products.map(({ id }) => id) } : {};
  const values = { extensionId: crypto.randomUUID(), mostTimes: '2', ...only, ...(await context.keptFields()) };
  return page(await extensionPage(context, { products, values, errors: [], found: null }));
});

/** POST /certificates/extensions/new: the first press shows what the rule would do, the second does it. */
export const sendNewExtension = handler({}, async (context) => {
  const products = await context.read(productsWithEnd);
  const schema = extensionForm(products);
  return submitForm(context, {
    schema,
    page: async (values, errors) => {
      const parsed = parseForm(schema, values);
      const rule = parsed.ok ? parsed.value.rule : null;
      const found = rule && { rule, plan: await context.read((reader) => planExtension(reader, rule)) };
      return extensionPage(context, { products, values, errors, found });
    },
    action: async (writer, { rule, seen }) => {
      const plan = await extendExpiries(writer, rule, seen);
      return `${EXTENSIONS}/${rule.id}${plan ? '?done=extended' : ''}`;
    },
  });
});

interface Shown {
  readonly products: readonly Choice[];
  readonly values: FormValues;
  readonly errors: readonly FieldError[];
  readonly found: { readonly rule: NewExtension; readonly plan: Plan } | null;
}

function extensionPage(context: Context, { products, values, errors, found }: Shown): Promise<Safe> {
  const title = 'New extension';
  const wrong = errors.filter(({ field }) => field !== LOOK);
  const ready = found !== null && wrong.length === 0 && found.plan.moved.length > 0;
  return portalPage(
    context,
    { title, form: true, hasErrors: wrong.length > 0 },
    html`${errorSummary(wrong)}
${crumbs([{ label: 'Certificates', href: '/certificates' }, { label: 'Extensions', href: EXTENSIONS }, { label: title }])}
${pageHead({ title, lead: 'Moves the expiry of all awards that expire in the windows you name. Certificates stay as they are; the public check shows the new date.' })}
${ready && note('Read below what would be extended. Nothing is extended yet.', { title: 'Look before you extend.', announce: true, class: 'mb' })}
${found?.plan.moved.length === 0 && wrong.length === 0 && note('Change the windows, or the number of times.', { tone: 'warn', title: 'Nothing would be extended.', announce: true, class: 'mb' })}
${form(
  { action: PATH, submissionId: crypto.randomUUID(), label: title },
  html`${hiddenField('extensionId', String(values.extensionId ?? ''))}
<div class="stack">${found && planCards(found.rule, found.plan)}${ruleCard(products, values, wrong)}${windowsCard(values, wrong)}</div>
${ready ? applyBar(found.rule, found.plan) : buttonRow(submitButton('Look at what it would do'), linkButton('Cancel', EXTENSIONS, { look: 'quiet' }))}`,
)}`,
  );
}

/** The button that does it carries the mark of what is shown. The first one, which Enter presses, only looks again. */
function applyBar(rule: NewExtension, plan: Plan): Safe {
  const count = plural(plan.moved.length, 'award');
  return actionBar(
    html`<span class="strong">${count}</span> will be extended. It cannot be taken back.`,
    html`${linkButton('Cancel', EXTENSIONS, { look: 'quiet' })}${submitButton('Look again', { look: 'quiet' })}${submitButton(`Extend ${count}`, { name: LOOK, value: markOfPlan(rule, plan) })}`,
  );
}

function planCards(rule: NewExtension, { preview, moved, notCurrent, centres }: Plan): Safe {
  const { no_window: outside, often_enough: often } = preview.leftOut;
  return html`${card(
    { title: 'What it would do', id: 'plan' },
    summaryList([
      [
        'Extended',
        `${plural(moved.length, 'award')} of ${plural(centres, 'centre')}, by ${plural(rule.months, 'month')}`,
      ],
      ...preview.byWindow.map(({ name, awards }): [string, string] => [name, plural(awards, 'award')]),
      ['Left out: expire outside the windows', formatCount(outside)],
      [`Left out: extended ${rule.mostTimes === 1 ? 'once' : `${rule.mostTimes} times`} already`, formatCount(often)],
      ['Left out: replaced or revoked', formatCount(notCurrent)],
    ]),
  )}
${
  moved.length > 0 &&
  card(
    {
      title: moved.length > SAMPLE ? `The first ${SAMPLE} of ${formatCount(moved.length)}` : 'The awards',
      id: 'sample',
      flush: true,
    },
    awardsTable(moved.slice(0, SAMPLE)),
  )
}`;
}

function awardsTable(rows: readonly MovedAward[]): Safe {
  return table<MovedAward>({
    caption: 'Awards with the old and the new expiry',
    rows,
    columns: [
      {
        label: 'Holder',
        header: true,
        cell: (row) => html`<span class="strong">${row.holder}</span><span class="sub">${row.centre}</span>`,
      },
      { label: 'Certificate', class: 'nw', cell: (row) => codeText(formatSerial(row.serial)) },
      { label: 'Window', cell: (row) => row.window },
      { label: 'Valid until', class: 'nw', cell: (row) => formatDate(row.from, 'list') },
      { label: 'New', class: 'nw', cell: (row) => html`<span class="strong">${formatDate(row.to, 'list')}</span>` },
    ],
  });
}

function ruleCard(products: readonly Choice[], values: FormValues, errors: readonly FieldError[]): Safe {
  const typed = (name: string) => String(values[name] ?? '');
  return card(
    { title: 'The rule', id: 'rule' },
    html`${textField({ name: 'name', label: 'Name', hint: 'Centres read it, such as Test centres closed, spring 2027', value: typed('name'), errors, maxlength: 100, width: 30 })}
${checkboxes({
  name: 'products',
  label: 'Awards of',
  items: products.map(({ id, title, awards }) => ({ value: id, label: title, hint: plural(awards, 'award') })),
  values: [values.products ?? []].flat(),
  errors,
})}
${textField({ name: 'months', label: 'By how many months', value: typed('months'), errors, inputmode: 'numeric', width: 2 })}
${textField({ name: 'mostTimes', label: 'How often an award may be extended in all', hint: 'By this rule and all others together', value: typed('mostTimes'), errors, inputmode: 'numeric', width: 2 })}
${textareaField({ name: 'reason', label: 'Reason', hint: 'Centres read it, and it stands in the record', value: typed('reason'), errors, rows: 3 })}`,
  );
}

function windowsCard(values: FormValues, errors: readonly FieldError[]): Safe {
  return card(
    { title: 'Windows of expiry', id: 'windows' },
    html`<p class="muted">Both days belong to the window. Leave those empty that you do not need.</p>${WINDOWS.map(
      (n) => {
        const day = (end: 'From' | 'Until', label: string) => {
          const name = `window${n}${end}`;
          return dateField({ name, label: `${label} of window ${n}`, value: typedDay(values, name), errors });
        };
        return html`${textField({ name: `window${n}Name`, label: `Name of window ${n}`, value: String(values[`window${n}Name`] ?? ''), errors, maxlength: 60, width: 30 })}<div class="row">${day('From', 'First day')}${day('Until', 'Last day')}</div>`;
      },
    )}`,
  );
}
