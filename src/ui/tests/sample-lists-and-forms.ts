/** A list of candidates and a form with every control. */
import { html, type Safe } from '#platform/html/html.ts';
import {
  actionBar,
  card,
  checkboxes,
  crumbs,
  dateField,
  errorSummary,
  type FieldError,
  fileField,
  form,
  linkButton,
  listHref,
  listPage,
  meter,
  note,
  pageHead,
  radios,
  rowLink,
  selectField,
  singleCheckbox,
  stages,
  submitButton,
  tag,
  textareaField,
  textField,
} from '../index.ts';

interface SampleCandidate {
  name: string;
  number: string;
  product: string;
  registered: string;
  done: number;
  units: number;
  next: string | null;
  status: 'progress' | 'ready' | 'hold' | 'withdrawn';
}

export const CANDIDATES: SampleCandidate[] = [
  {
    name: 'Okafor, Daniel',
    number: '48201176',
    product: 'L3 Light Vehicle diploma',
    registered: '4 Sep 2026',
    done: 6,
    units: 9,
    next: '25 Nov, 13:30',
    status: 'progress',
  },
  {
    name: 'Llewellyn, Mair',
    number: '48201180',
    product: 'L2 Electric Vehicle Awareness award',
    registered: '4 Sep 2026',
    done: 4,
    units: 4,
    next: null,
    status: 'ready',
  },
  {
    name: 'Haddad, Yusuf',
    number: '48201191',
    product: 'L3 Light Vehicle diploma',
    registered: '11 Sep 2026',
    done: 8,
    units: 9,
    next: null,
    status: 'hold',
  },
  {
    name: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh, Maximiliana',
    number: '48201203',
    product: 'L2 Light Vehicle Maintenance certificate',
    registered: '11 Sep 2026',
    done: 3,
    units: 7,
    next: '23 Nov, 09:30',
    status: 'progress',
  },
  {
    name: 'Iqbal, Sana',
    number: '48201215',
    product: 'L2 Light Vehicle Maintenance certificate',
    registered: '18 Sep 2026',
    done: 1,
    units: 7,
    next: null,
    status: 'withdrawn',
  },
];

const STATUS_TAGS: Record<SampleCandidate['status'], Safe> = {
  progress: tag('In progress', 'info'),
  ready: tag('Ready to claim', 'ok', 'award'),
  hold: tag('On hold', 'warn', 'pause'),
  withdrawn: tag('Withdrawn'),
};

export const ERRORS: FieldError[] = [
  { field: 'family-name', message: 'Enter the family name, as on the passport or birth certificate' },
  { field: 'dob-month', message: 'The month of the date of birth must be a number from 1 to 12' },
  { field: 'product', message: 'Choose the product the candidate is taking' },
  { field: 'language', message: 'Choose the language of assessment' },
  { field: 'reason', message: 'Say why in 200 characters or fewer' },
];

export function formBody(errors: FieldError[]): Safe {
  return html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: 'Register a candidate' }])}
${errorSummary(errors)}
${pageHead({ title: 'Register a candidate', lead: 'The candidate number is made at once.', actions: stages(['Details', 'Check', 'Confirm'], 1) })}
<div class="split">${card(
    {},
    form(
      { action: '/web-portal/register', submissionId: '0198a0a0-0000-7000-8000-000000000000' },
      html`${textField({ name: 'given-names', label: 'Given names', value: 'Zoë "Zed" <b>', errors, autocomplete: 'off' })}
${textField({ name: 'family-name', label: 'Family name', errors, hint: 'As on the passport or birth certificate' })}
${dateField({ name: 'dob', label: 'Date of birth', hint: 'For example, 27 3 2007', errors, value: { day: '31', month: '13', year: '2008' } })}
${textField({ name: 'uln', label: 'Unique learner number', hint: 'Ten digits, if the candidate has one', code: true, inputmode: 'numeric', width: 10, errors })}
${selectField({ name: 'product', label: 'Product', placeholder: 'Choose a product', choices: [{ value: 'a', label: 'Level 2 Award in Electric and Hybrid Vehicle Awareness' }], errors })}
${radios({
  name: 'language',
  label: 'Language of assessment',
  errors,
  items: [
    { value: 'en', label: 'English' },
    { value: 'cy', label: 'Welsh', hint: 'Wales only' },
  ],
})}
${checkboxes({
  name: 'roles',
  label: 'Roles',
  values: ['invigilator'],
  items: [
    { value: 'invigilator', label: 'Invigilator' },
    { value: 'assessor', label: 'Assessor' },
  ],
})}
${fileField({ name: 'file', label: 'Evidence of identity', accept: 'image/*' })}
${textareaField({ name: 'reason', label: 'Why is this registration late?', maxlength: 200, value: 'The centre was closed.', errors })}
${singleCheckbox({ name: 'agreed', label: 'I have seen proof of identity', errors })}
<div class="row mt">${submitButton('Register Zoë now')}${linkButton('Cancel', '/web-portal', { look: 'quiet' })}</div>`,
    ),
  )}<div class="stack">${card({ title: 'What happens next', id: 'next', tint: true }, html`<p>The fee is charged on the next invoice.</p>`)}${note('90 days from the programme start, used: 71.', { tone: 'warn', title: 'Late soon.' })}</div></div>
${actionBar(html`<span class="strong">1 candidate, £36.00</span><span class="sub muted small">Invoiced on 30 November</span>`, submitButton('Register 1 now'))}`;
}

export function listBody(rows: SampleCandidate[], query: Record<string, string>): Safe {
  const path = '/web-portal/candidates';
  return listPage({
    title: 'Candidates',
    lead: '126 registered, 9 ready to claim, 4 need a decision',
    actions: html`${linkButton('Register from a file', '/x', { look: 'quiet', icon: 'upload' })}${linkButton('Register a candidate', '/y')}`,
    path,
    query,
    noun: ['candidate', 'candidates'],
    filters: [
      { kind: 'search', name: 'q', label: 'Name, candidate number or email' },
      {
        kind: 'select',
        name: 'product',
        label: 'Product',
        choices: [
          { value: '', label: 'All 14 products' },
          { value: 'lv2', label: 'L2 Light Vehicle Maintenance' },
        ],
      },
    ],
    narrowedBy: ['status'],
    chips: [
      { label: 'All', count: 1126, href: path, current: !query.status },
      {
        label: 'In progress',
        count: 98,
        href: listHref(path, query, { status: 'open' }),
        current: query.status === 'open',
      },
      { label: 'On hold', count: 4, href: listHref(path, query, { status: 'hold' }) },
    ],
    columns: [
      {
        label: 'Candidate',
        header: true,
        sort: 'name',
        cell: (row) => rowLink(row.name, `/web-portal/candidates/${row.number}`),
      },
      { label: 'Number', code: true, phone: 'plain', class: 'muted', cell: (row) => row.number },
      { label: 'Product', phone: 'plain', cell: (row) => row.product },
      { label: 'Registered', sort: 'registered', phone: 'hide', class: 'nw', cell: (row) => row.registered },
      {
        label: 'Units complete',
        phone: 'plain',
        cell: (row) =>
          meter({
            value: row.done,
            max: row.units,
            label: `Units complete, ${row.name}`,
            ...(row.done === row.units && { tone: 'ok' as const }),
          }),
      },
      { label: 'Next test', class: 'nw', cell: (row) => row.next ?? html`<span class="muted">None due</span>` },
      { label: 'Status', phone: 'status', cell: (row) => STATUS_TAGS[row.status] },
    ],
    rows,
    sort: { by: 'registered', direction: 'asc' },
    paging: { page: 2, pageSize: 10, total: 126, href: (page) => listHref(path, query, { page: String(page) }) },
    exportPath: '/web-portal/candidates.csv',
    firstUse: {
      icon: 'users',
      title: 'No candidates yet',
      text: 'Register one person, or a whole group from a file.',
      actions: linkButton('Register a candidate', '/y'),
    },
    filtersInWords: 'On hold, Level 4, since 1 September.',
    bulk: {
      action: '/web-portal/claim',
      name: 'candidate',
      value: (row) => row.number,
      label: (row) => row.name,
      buttons: submitButton('Claim certificates', { look: 'quiet', small: true }),
    },
  });
}
