import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES } from '#platform/permissions/capabilities.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import {
  agenda,
  card,
  codeText,
  emptyState,
  formatDay,
  formatTime,
  greeting,
  link,
  linkButton,
  meter,
  pageHead,
  plural,
  staffPage,
  type Tile,
  tag,
  taskPage,
  tiles,
  times,
} from '#ui';
import type { Attention, OwnCard, TestToday } from '../contributions.ts';

const AGENDA_SHOWN = 4;

/** The six tiles of the manual, in its order (Operating Manual 3.1). */
function manualTiles(shortName: string): Tile[] {
  return [
    {
      title: `${shortName} Systems Access`,
      href: '/system-access',
      text: 'Every platform, one click away.',
      icon: 'grid',
      lead: true,
      dialog: 'systems',
    },
    {
      title: 'Products & Documents',
      href: '/products',
      text: 'The products you deliver, their units and rules.',
      icon: 'doc',
    },
    { title: 'Operating Manual', href: '/operating-manual', text: 'How to run a compliant centre.', icon: 'book' },
    { title: 'Fees & Charges', href: '/fees', text: 'Fees for regulated qualifications.', icon: 'pound' },
    {
      title: 'Accredited Centre Fees',
      href: '/accredited-centre-fees',
      text: 'Fees for accredited programmes.',
      icon: 'award',
    },
    { title: 'Webinars', href: '/webinars', text: 'Live sessions for centre staff.', icon: 'video' },
  ];
}

export interface CentreHome {
  readonly person: PersonPrincipal;
  readonly acting: Acting;
  readonly now: Date;
  readonly attention: readonly Attention[];
  readonly tests: readonly TestToday[];
}

export function centreHomePage(frame: Frame, { person, acting, now, attention, tests }: CentreHome): Safe {
  const isCentre = acting.kind === 'centre';
  return staffPage(
    { ...frame, title: 'Home' },
    html`${pageHead({
      title: `${greeting(now)}, ${person.givenNames.split(' ')[0]}`,
      lead: html`${formatDay(now)}. ${acting.name}${isCentre && html`, centre ${codeText(acting.number)}`}`,
      actions: tag(acting.roles.map((role) => ROLE_NAMES[role]).join(', ')),
    })}
<div class="split even">${attentionCard(attention)}${testsCard(tests)}</div>
<h2 class="mt-l mb">${isCentre ? 'Your centre' : 'Your systems'}</h2>
${tiles(manualTiles(frame.shell.brand.shortName))}`,
  );
}

function attentionCard(attention: readonly Attention[]): Safe {
  const shown = attention.slice(0, AGENDA_SHOWN);
  const all = attention.length > shown.length && link(`All ${attention.length}`, '/needs-attention');
  return card(
    { title: 'Needs attention today', id: 'attention', flush: true, aside: all },
    shown.length
      ? agenda(shown)
      : emptyState({
          icon: 'check',
          title: 'Nothing needs you now',
          text: 'Decisions, deadlines and problems appear here when they need you.',
        }),
  );
}

const TEST_TAGS = {
  planned: () => tag('Ready', undefined, 'check'),
  open: () => tag('Running', 'info', 'play'),
  closed: () => tag('Finished', undefined, 'check'),
  cancelled: () => tag('Cancelled'),
} as const;

function testsCard(tests: readonly TestToday[]): Safe {
  const rows = tests.map((test) => ({
    time: formatTime(test.at),
    body: html`${TEST_TAGS[test.state]()}<p>${link(test.title, test.href)}, ${test.room}, ${plural(test.candidates, 'candidate', 'candidates')}</p>${
      test.state === 'open' &&
      html`<div class="mt-s">${meter({ value: test.finished, max: Math.max(test.candidates, 1), label: `Candidates finished in ${test.room}` })}</div>`
    }`,
  }));
  return card(
    { title: 'Tests today', id: 'tests-today', flush: true, aside: link('All sessions', '/online-assessments') },
    rows.length
      ? times(rows)
      : emptyState({ icon: 'clock', title: 'No tests today', text: 'Sessions booked for today appear here.' }),
  );
}

/** "Needs attention" in full. */
export function allAttentionPage(frame: Frame, attention: readonly Attention[]): Safe {
  return staffPage(
    { ...frame, title: 'Needs attention' },
    html`${pageHead({ title: 'Needs attention', lead: attention.length ? plural(attention.length, 'thing waits', 'things wait') : undefined })}
${card({ label: 'Needs attention', flush: true }, attention.length ? agenda(attention) : emptyState({ icon: 'check', title: 'Nothing needs you now', text: 'Decisions, deadlines and problems appear here when they need you.' }))}`,
  );
}

export interface OwnHome {
  readonly person: PersonPrincipal;
  readonly now: Date;
  readonly cards: readonly OwnCard[];
}

/** For candidates and free members. */
export function ownHomePage(frame: Frame, { person, now, cards }: OwnHome): Safe {
  const nothing = html`<p>You have a free account. When a centre registers you as a candidate or adds you as a user with this e-mail address, what belongs to you appears here.</p>
<p>${link('Find a qualification', '/find-a-qualification')}, or ${link('check a certificate', '/verify')}.</p>`;
  return taskPage(
    { ...frame, title: 'Home' },
    html`<h1>${greeting(now)}, ${person.givenNames.split(' ')[0]}</h1>
${cards.length === 0 && card({ label: 'Your account' }, nothing)}
${cards.map((own, index) => card({ title: own.title, id: `own-${index}` }, ownRows(own)))}
<p class="mt">${link('My details', '/my-details')}</p>`,
  );
}

function ownRows(own: OwnCard): HtmlValue {
  if (own.rows.length === 0) return html`<p class="muted">${own.empty}</p>`;
  return html`<ul class="plain">${own.rows.map((row) => html`<li><p class="m0 strong">${row.href ? link(row.what, row.href) : row.what}</p><p class="muted">${row.detail}</p></li>`)}</ul>`;
}

/** The person is a user of a centre whose dashboard was not opened yet. */
export function waitingForActivationPage(frame: Frame, person: PersonPrincipal): Safe {
  return taskPage(
    { ...frame, title: 'Activate your PIN' },
    html`<h1>One step is left, ${person.givenNames.split(' ')[0]}</h1>
${card({ label: 'Activate your PIN' }, html`<p>You are a user of ${person.acting?.name}. Open its systems with your PIN and the e-mail address that the centre holds for you.</p><p>Your PIN is in ${link('My Details', '/my-details')}.</p>${linkButton('Activate your PIN', '/activate', { icon: 'key' })}`)}`,
  );
}
