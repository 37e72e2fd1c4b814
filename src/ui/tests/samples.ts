/** Sample pages made of every part, as the systems would make them; tests look at them in a browser. */
import { html, type Safe } from '#platform/html/html.ts';
import {
  type AssetUrls,
  actionBar,
  agenda,
  answerOptions,
  board,
  boardAlerts,
  brand,
  card,
  checkboxes,
  chips,
  codeText,
  crumbs,
  dateField,
  details,
  emptyState,
  errorSummary,
  examPage,
  type FieldError,
  fileField,
  forbiddenPage,
  form,
  icon,
  kpis,
  linkButton,
  listHref,
  listPage,
  meter,
  miniButton,
  note,
  notFoundPage,
  notOpenYetPage,
  pageHead,
  passwordField,
  postButton,
  prose,
  publicPage,
  questionMap,
  questionMapKey,
  radios,
  resultRing,
  rowLink,
  type ShellContext,
  selectField,
  serverErrorPage,
  singleCheckbox,
  staffPage,
  stages,
  submitButton,
  summaryList,
  systemsList,
  table,
  tag,
  taskPage,
  textareaField,
  textField,
  tiles,
  times,
  topicList,
  trail,
  unavailablePage,
  verdict,
} from '../index.ts';

const PUBLIC_SHELL: ShellContext = {
  brand,
  theme: null,
  path: '/',
  person: null,
  organisation: null,
  systems: [],
  unreadNotices: 0,
  helpHref: '/help',
};

const STAFF_SHELL: ShellContext = {
  ...PUBLIC_SHELL,
  path: '/web-portal/candidates?status=open',
  person: { name: 'Farah Siddiqui', href: '/my-details' },
  organisation: { name: 'Northgate Motor Training', label: 'centre', number: '04417' },
  unreadNotices: 4,
  systems: [
    {
      name: 'Web Portal',
      href: '/web-portal',
      description: 'Register, amend, claim certificates',
      icon: 'users',
      status: { text: '3 rows to fix in your last file' },
    },
    {
      name: 'Online Assessments',
      href: '/online-assessments',
      description: 'Book, run and watch tests',
      icon: 'monitor',
      status: { text: 'Next test 13:30, Room B12' },
    },
    {
      name: 'Online Assessment Reports',
      href: '/assessment-reports',
      description: 'Pass rates, topics and questions',
      icon: 'chart',
      status: { text: 'Updated today 06:00', calm: true },
    },
    { name: 'Centres Hub', href: '/centres-hub', description: 'Centre profile, users, PINs, requests', icon: 'hub' },
    { name: 'ePortfolio', href: '/eportfolio', description: 'Evidence, feedback and sampling', icon: 'folder' },
    {
      name: 'IMI Connect Community',
      href: '/community',
      description: 'Ask and share with other centres',
      icon: 'chat',
    },
  ],
};

const WEB_PORTAL = {
  name: 'Web Portal',
  tabs: [
    { href: '/web-portal/candidates', label: 'Candidates' },
    { href: '/web-portal/registrations', label: 'Registrations' },
    { href: '/web-portal/results', label: 'Results' },
    { href: '/certificates', label: 'Certificate claims' },
  ],
};

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

const CANDIDATES: SampleCandidate[] = [
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

const ERRORS: FieldError[] = [
  { field: 'family-name', message: 'Enter the family name, as on the passport or birth certificate' },
  { field: 'dob-month', message: 'The month of the date of birth must be a number from 1 to 12' },
  { field: 'product', message: 'Choose the product the candidate is taking' },
  { field: 'language', message: 'Choose the language of assessment' },
  { field: 'reason', message: 'Say why in 200 characters or fewer' },
];

function formBody(errors: FieldError[]): Safe {
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

function listBody(rows: SampleCandidate[], query: Record<string, string>): Safe {
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

function homeBody(): Safe {
  return html`${pageHead({ title: 'Good morning, Farah', lead: html`Monday 23 November. Northgate Motor Training, centre ${codeText('04417')}`, actions: tag('Approved, next review 12 March 2027', 'ok', 'check') })}
<div class="split even">${card(
    { title: 'Needs attention today', id: 'attention', flush: true, aside: html`<a href="/all">All 6</a>` },
    agenda([
      {
        tone: 'bad',
        icon: 'alert',
        title: 'No invigilator confirmed for the 13:30 test',
        why: 'Room B12, 18 candidates. The test cannot start without one.',
        action: { label: 'Confirm', href: '/c', main: true },
      },
      {
        tone: 'warn',
        icon: 'award',
        title: 'Certificate claim on hold for Yusuf Haddad',
        why: 'Unit 7 has no internal quality assurance decision yet.',
        action: { label: 'See claim', href: '/c' },
      },
      {
        tone: 'info',
        icon: 'cal',
        title: 'External quality assurer visits on Thursday',
        why: '4 portfolios to share by Wednesday 17:00.',
        action: { label: 'Prepare', href: '/c' },
      },
    ]),
  )}${card(
    { title: 'Tests today', id: 'tests', flush: true, aside: html`<a href="/board">Live board</a>` },
    times([
      {
        time: '09:30',
        body: html`${tag('Running', 'info', 'play')}<p>Level 2 Vehicle Electrical, B12</p><div class="mt-s">${meter({ value: 5, max: 20, label: 'Candidates finished' })}</div>`,
      },
      {
        time: '13:30',
        body: html`${tag('No invigilator', 'bad', 'alert')}<p>Level 3 Diagnostics, B12, 18 candidates</p>`,
      },
    ]),
  )}</div>
<h2 class="mt-l mb">Your centre</h2>
${tiles([
  {
    title: 'IMI Systems Access',
    href: '/system-access',
    text: 'Every platform, one click away.',
    icon: 'grid',
    lead: true,
    dialog: 'systems',
  },
  {
    title: 'Products & Documents',
    href: '/products',
    text: 'Specifications and forms for the 14 products you deliver.',
    icon: 'doc',
  },
  { title: 'Operating Manual', href: '/operating-manual', text: 'How to run a compliant centre.', icon: 'book' },
  { title: 'Fees & Charges', href: '/fees', text: 'Regulated centre fees for 2026/27.', icon: 'pound' },
  {
    title: 'Accredited Centre Fees',
    href: '/accredited-centre-fees',
    text: 'Fees for accredited programmes, 2026/27.',
    icon: 'award',
  },
  { title: 'Webinars', href: '/webinars', text: 'Next: Remote invigilation, Thursday 10:00.', icon: 'video' },
])}`;
}

function boardBody(): Safe {
  return html`${pageHead({ title: 'Level 2 Vehicle Electrical Systems', lead: 'Room B12, started 09:30. Invigilator: Marcus Adeyemi', actions: html`<span class="ao-tag big">Session code ${codeText('QX7-418')}</span>${linkButton('Log an incident', '/i', { look: 'quiet', icon: 'edit' })}${postButton('Pause everyone', { action: '/pause', look: 'bad', icon: 'pause' })}` })}
${boardAlerts([
  note('Answers are kept on that computer. Check the network cable.', {
    tone: 'bad',
    icon: 'nowifi',
    title: 'Seat 3, Callum Reid, is offline.',
    action: linkButton('Move to another seat', '#seat-3', { look: 'quiet', small: true }),
  }),
  note('Look before you act.', { tone: 'warn', title: 'Seat 17, Piotr Nowak, left the test window twice.' }),
])}
<div class="row between mb">${chips([
    { label: 'Everyone', count: 4, href: '?', current: true },
    { label: 'Check now', count: 1, href: '?show=check' },
  ])}<span class="muted small" role="status">Updated 10:02:14</span></div>
${board([
  {
    id: 'seat-1',
    seat: 'Seat 1',
    name: 'Aaron Pike',
    tone: 'working',
    state: 'Online',
    stateIcon: 'wifi',
    answered: 18,
    questions: 30,
    time: { text: '32:10', left: true },
    action: miniButton({ icon: 'pause', label: 'Pause Aaron Pike' }),
  },
  {
    id: 'seat-3',
    seat: 'Seat 3',
    name: 'Callum Reid',
    tone: 'bad',
    state: 'Offline',
    stateIcon: 'nowifi',
    answered: 12,
    questions: 30,
    time: { text: '32:02', left: true },
    remark: 'Offline 2 min, answers kept',
    action: miniButton({ icon: 'pause', label: 'Pause Callum Reid' }),
  },
  {
    id: 'seat-4',
    seat: 'Seat 4',
    name: 'Chloe Barnes',
    tone: 'done',
    state: 'Finished',
    stateIcon: 'check',
    answered: 30,
    questions: 30,
    time: { text: 'Submitted' },
  },
  {
    id: 'seat-11',
    seat: 'Seat 11',
    name: 'Jamie Whitlock',
    tone: 'idle',
    state: 'Waiting',
    answered: 0,
    questions: 30,
    remark: 'Not arrived',
  },
  {
    id: 'seat-14',
    seat: 'Seat 14',
    name: 'Mair Llewellyn',
    tone: 'warn',
    state: 'Paused',
    stateIcon: 'pause',
    answered: 22,
    questions: 30,
    time: { text: '29:40', left: true },
    remark: 'Paused by you 09:58',
    action: miniButton({ icon: 'play', label: 'Resume Mair Llewellyn' }),
  },
])}`;
}

function examBody(): Safe {
  return html`<div class="split"><form class="ao-q stack-l" id="question" method="post" action="/sit/answer"><div><p class="muted small strong m0">Question 12 of 30</p><h1>A 12 volt battery feeds a single lamp. While it is lit, the lamp has a resistance of 6 ohms. How much current flows in the circuit?</h1></div>
${answerOptions({
  legend: 'Choose one answer',
  name: 'answer',
  items: [
    { value: 'A', label: '0.5 amps' },
    { value: 'B', label: '2 amps', chosen: true },
    { value: 'C', label: '6 amps' },
    { value: 'D', label: '72 amps' },
  ],
})}</form>
<aside class="ao-card" aria-labelledby="map-heading"><header><h2 id="map-heading">Questions</h2><span class="muted small">11 answered, 2 flagged</span></header>${questionMap(
    Array.from({ length: 30 }, (_, index) => ({
      href: `/sit/question/${index + 1}`,
      answered: index < 12,
      flagged: index === 4 || index === 7,
      current: index === 11,
    })),
  )}${questionMapKey()}</aside></div>`;
}

function loginBody(errors: FieldError[]): Safe {
  return html`${errorSummary(errors, 'You are not logged in yet')}<h1>Login to your IMI Connect account</h1>
<div class="split wide even mt">${card(
    {},
    form(
      { action: '/login' },
      html`${textField({ name: 'username', label: 'Username', value: 'f.siddiqui', autocomplete: 'username', spellcheck: false, autocapitalize: 'none' })}${passwordField({ name: 'password', label: 'Password', hint: errors.length > 0 && '3 tries left, then a 15 minute wait', errors })}<div class="row between mt">${submitButton('Login')}<a href="/forgotten">I've forgotten my username or password</a></div>${note(
        html`<span class="small"><span class="strong">On a shared or test-room computer?</span> Don't let the browser save your password, and log out when you leave.</span>`,
        { icon: 'lock', class: 'mt' },
      )}`,
    ),
  )}<div class="stack">${card({ title: 'Centre Staff - Activate your PIN', id: 'activate' }, html`<p class="muted">First time here? Have your PIN ready with the email address on your Centres Hub profile.</p>${linkButton('Activate your PIN', '/activate', { look: 'quiet', icon: 'key' })}`)}${card({ title: 'No account?', id: 'account' }, html`<p class="muted">A free account lets you buy products and read member pages.</p>${linkButton('Create a FREE account', '/create-account', { look: 'quiet' })}`)}</div></div>`;
}

function publicBody(): Safe {
  return html`<div class="ao-hero"><div class="wrap"><div><h1 class="display">Skills you can prove. Certificates anyone can check.</h1><p class="lede">Vocational qualifications for people who keep vehicles safe and moving.</p><div class="row">${linkButton('Find a qualification', '/q', { look: 'accent' })}${linkButton('Become an approved centre', '/b', { look: 'quiet' })}</div></div>
<form class="ao-card" action="/verify"><h2>Check a certificate</h2><p class="muted">Free, no account needed.</p>${textField({ name: 'number', label: 'Certificate number', code: true })}${textField({ name: 'family', label: "Holder's family name" })}${submitButton('Check certificate', { icon: 'shield', block: true })}</form></div></div>
<div class="wrap stack-l"><div class="ao-doors"><section><h2>${icon('user')}Candidates</h2><ul><li><a href="/a">Prepare for an online test ${icon('chev')}</a></li></ul></section><section><h2>${icon('hub')}Prospective centres</h2><ul><li><a href="/a">How centre approval works ${icon('chev')}</a></li></ul></section><section><h2>${icon('shield')}Employers and the public</h2><ul><li><a href="/verify">Check a certificate ${icon('chev')}</a></li></ul></section></div></div>`;
}

function statesBody(): Safe {
  return html`${pageHead({ title: 'States' })}<div class="grid g2">${card(
    { title: 'Figures', id: 'figures', flush: true },
    kpis([
      { label: 'Rows read', value: 43, comparison: 'from 43 in the file' },
      { label: 'Ready', value: 39, tone: 'ok', comparison: 'will be registered' },
      { label: 'To fix', value: 3, tone: 'bad', comparison: 'kept back until fixed' },
      { label: 'To confirm', value: 1, tone: 'warn', comparison: 'possible duplicate' },
    ]),
  )}${card({ title: 'Facts', id: 'facts' }, summaryList([['Candidate number', codeText('48201176')], ['Date of birth', '8 January 2006'], false]))}
${card({ title: 'Notes', id: 'notes' }, html`${note('39 candidates are registered.', { tone: 'ok', title: 'Saved.', announce: true })}${note('You can go on.', { tone: 'info' })}`)}
${card({ title: 'Nothing', id: 'nothing' }, emptyState({ icon: 'users', title: 'No candidates yet', text: 'Register one person.', actions: linkButton('Register a candidate', '/y') }))}
${card({ title: 'History', id: 'history' }, html`${trail([{ when: '20 November 2026 at 10:21', what: 'Registered by Farah Siddiqui' }])}${details('Show more', html`<p>More.</p>`)}`)}
${card({ title: 'Buttons', id: 'buttons' }, html`<div class="row">${submitButton('Main action')}${submitButton('Second', { look: 'quiet' })}${submitButton('Third', { look: 'text' })}${submitButton('Stop', { look: 'bad' })}</div>`)}</div>
${card(
  { title: 'Rows with errors', id: 'rows', flush: true, class: 'mt' },
  table({
    caption: 'Rows of the file',
    rowTone: () => 'bad',
    rows: [{ row: 7, name: 'Barker, Lewis', count: 3 }],
    columns: [
      { label: 'Row', header: true, cell: (r) => r.row },
      { label: 'Name', cell: (r) => r.name },
      { label: 'Count', numeric: true, cell: (r) => r.count },
    ],
  }),
)}
${prose(html`<h2>Who gives access</h2><div class="changed"><p>The Centre Coordinator decides who may use IMI Connect.</p></div><ol><li>Open <strong>Centres Hub</strong>.</li></ol>`, { card: true })}`;
}

/** Every sample by name, as a complete document. */
export function samplePages(assets: AssetUrls, theme: 'light' | 'dark' | null = null): Record<string, Safe> {
  const visitor = { shell: { ...PUBLIC_SHELL, theme }, nonce: '', assets };
  const staff = { shell: { ...STAFF_SHELL, theme }, nonce: '', assets };
  const wrong: FieldError[] = [{ field: 'password', message: 'The username and password do not match' }];
  return {
    public: publicPage({ ...visitor, title: 'Skills you can prove' }, publicBody()),
    login: taskPage({ ...visitor, title: 'Login', width: 'login', form: true }, loginBody([])),
    'login-error': taskPage({ ...visitor, title: 'Login', width: 'login', hasErrors: true }, loginBody(wrong)),
    home: staffPage({ ...staff, title: 'Centre home' }, homeBody()),
    list: staffPage({ ...staff, title: 'Candidates', system: WEB_PORTAL }, listBody(CANDIDATES, {})),
    'list-filtered-empty': staffPage(
      { ...staff, title: 'Candidates', system: WEB_PORTAL },
      listBody([], { status: 'hold' }),
    ),
    'list-first-use': staffPage({ ...staff, title: 'Candidates', system: WEB_PORTAL }, listBody([], {})),
    form: staffPage({ ...staff, title: 'Register a candidate', system: WEB_PORTAL, form: true }, formBody([])),
    'form-error': staffPage(
      { ...staff, title: 'Register a candidate', system: WEB_PORTAL, hasErrors: true },
      formBody(ERRORS),
    ),
    board: staffPage({ ...staff, title: 'Live session' }, boardBody()),
    states: staffPage({ ...staff, title: 'States' }, statesBody()),
    systems: staffPage(
      { ...staff, title: 'System Access' },
      html`${pageHead({ title: 'System Access' })}${systemsList(STAFF_SHELL.systems)}`,
    ),
    exam: examPage(
      {
        ...visitor,
        title: 'Question 12 of 30',
        test: 'Level 2 Vehicle Electrical Systems',
        candidate: { name: 'Keeley Brown', number: '48201203' },
        saved: 'All answers saved',
        secondsLeft: 1937,
        foot: html`${submitButton(html`${icon('left')}Back`, { look: 'quiet', form: 'question', name: 'go', value: 'back' })}${submitButton(html`Next${icon('arrow')}`, { form: 'question', name: 'go', value: 'next' })}<button class="ao-btn quiet" type="button" aria-pressed="false">${icon('flag')}<span>Flag<span class="hide-s"> to check later</span></span></button>`,
      },
      examBody(),
    ),
    result: taskPage(
      {
        ...visitor,
        title: 'Your result',
        shell: { ...PUBLIC_SHELL, theme, person: { name: 'Keeley Brown', href: '/my-details' } },
      },
      html`<section class="ao-card ao-result">${resultRing({ score: 23, outOf: 30, passMark: 21 })}<div><p class="m0">${tag('Pass', 'ok', 'check')}</p><h1>You passed, Keeley</h1><p class="lead">You needed 21 and scored 23.</p></div></section><section class="mt-l"><h2 class="mb">How you did in each topic</h2><div class="ao-card flush">${topicList(
        [
          { name: 'Health, safety and tools', right: 5, outOf: 5, advice: 'Every question right.', tone: 'ok' },
          { name: 'Reading wiring diagrams', right: 3, outOf: 6, advice: 'Revise this first.', tone: 'warn' },
        ],
      )}</div></section>`,
    ),
    verify: taskPage(
      { ...visitor, title: 'Check a certificate', logIn: true },
      html`<h1>Check a certificate</h1><form class="ao-inline mt" method="get" action="/verify">${textField({ name: 'number', label: 'Certificate number', value: 'C7K4-92HF-08', code: true })}${textField({ name: 'family', label: "Holder's family name", value: 'Llewellyn' })}${submitButton('Check')}</form><div class="mt-l">${verdict(
        {
          tone: 'ok',
          title: 'Genuine and current',
          text: 'We issued this certificate and it has not been replaced or withdrawn.',
          facts: [
            ['Holder', 'Mair Llewellyn'],
            ['Awarded', '20 November 2026'],
          ],
          foot: html`<span class="muted small">Checked 23 November 2026 at 10:21.</span>`,
        },
      )}</div>`,
    ),
    'not-found': notFoundPage(visitor),
    'not-allowed': forbiddenPage({
      ...staff,
      role: 'Centre administrator',
      what: 'claim certificates',
      givenBy: ['Farah Siddiqui'],
    }),
    'our-fault': serverErrorPage({ ...staff, reference: 'E-20418' }),
    unavailable: unavailablePage({ ...visitor }),
    'not-open': notOpenYetPage({ ...staff, name: 'Webinars' }),
  };
}
