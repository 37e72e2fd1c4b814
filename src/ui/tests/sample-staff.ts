/** Pages of staff: a centre's home, the live room, and states. */
import { html, type Safe } from '#platform/html/html.ts';
import {
  agenda,
  board,
  boardAlerts,
  card,
  chips,
  codeText,
  details,
  emptyState,
  kpis,
  linkButton,
  meter,
  miniButton,
  note,
  pageHead,
  postButton,
  prose,
  submitButton,
  summaryList,
  table,
  tag,
  tiles,
  times,
  trail,
} from '../index.ts';

export function homeBody(): Safe {
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

export function boardBody(): Safe {
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

export function statesBody(): Safe {
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
