import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { ROLE_NAMES, type Role } from '#platform/permissions/capabilities.ts';
import type { Acting, PersonPrincipal } from '#platform/permissions/principal.ts';
import {
  agenda,
  brand,
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
import { noticesCard } from '../list-notices/list-notices.ts';
import type { OwnNotice } from '../notices/own-notices.ts';

const AGENDA_SHOWN = 4;

/** The six tiles of the manual, in its order (Operating Manual 3.1). */
function manualTiles(shortName: string, systems: readonly string[]): Tile[] {
  return [
    {
      title: `${shortName} Systems Access`,
      href: '/system-access',
      text: systems.length > 0 ? `${systems.join(', ')}.` : 'Every platform, one click away.',
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
  /** Null for those whose role has no part in tests. */
  readonly tests: readonly TestToday[] | null;
  readonly notices: readonly OwnNotice[];
  /** Names of the systems that the person may open. */
  readonly systems: readonly string[];
}

export function centreHomePage(frame: Frame, home: CentreHome): Safe {
  const { person, acting, now, attention, tests, notices, systems } = home;
  const isCentre = acting.kind === 'centre';
  return staffPage(
    { ...frame, title: 'Home' },
    html`${pageHead({
      title: `${greeting(now)}, ${person.givenNames.split(' ')[0]}`,
      lead: html`${formatDay(now)}. ${acting.name}${isCentre && html`, centre ${codeText(acting.number)}`}`,
      actions: tag(acting.roles.map((role) => ROLE_NAMES[role]).join(', ')),
    })}
<div class="split even"><div>${attentionCard(attention, acting)}</div><div class="stack">${tests && testsCard(tests)}${noticesCard(notices)}</div></div>
<h2 class="mt-l mb">${isCentre ? 'Your centre' : 'Your systems'}</h2>
${tiles(manualTiles(frame.shell.brand.shortName, systems))}`,
  );
}

function attentionCard(attention: readonly Attention[], acting: Acting): Safe {
  const shown = attention.slice(0, AGENDA_SHOWN);
  const all = attention.length > shown.length && link(`All ${attention.length}`, '/needs-attention');
  return card(
    { title: 'Needs attention today', id: 'attention', flush: true, aside: all },
    shown.length
      ? agenda(shown)
      : emptyState({
          icon: 'check',
          title: 'Nothing needs you now',
          text: whatWillWait(acting),
        }),
  );
}

/** What a role will find here; a system that is not open yet cannot ask for anything. */
function whatWillWait({ roles }: Acting): string {
  const only = (...those: readonly Role[]) => roles.every((role) => those.includes(role));
  if (only('finance'))
    return 'Invoices and payments will wait here when the finance system opens. Until then, nothing does.';
  if (only('assessor', 'iqa', 'champion'))
    return 'Evidence to assess and samples to check will wait here when ePortfolio opens. Notices to confirm do already.';
  return 'Decisions, deadlines and problems appear here when they need you.';
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

export interface OwnHome {
  readonly person: PersonPrincipal;
  readonly now: Date;
  readonly cards: readonly OwnCard[];
  readonly attention: readonly Attention[];
  readonly notices: readonly OwnNotice[];
}

/** For candidates and free members. */
export function ownHomePage(frame: Frame, { person, now, cards, attention, notices }: OwnHome): Safe {
  const nothing = html`<p>You have a free account. When a centre registers you as a candidate or adds you as a user with this e-mail address, what belongs to you appears here.</p>
<p>Are you a candidate already? ${link('Link your candidate record', '/link-record/by-number')}.</p>
<p class="m0">Until then you can ${link('find a qualification', '/find-a-qualification')} or ${link('check a certificate', '/verify')}.</p>`;
  const candidateOf = person.organisations.find(({ roles }) => roles.includes('candidate'));
  return taskPage(
    { ...frame, title: 'Home' },
    html`<h1>${greeting(now)}, ${person.givenNames.split(' ')[0]}</h1>
<div class="stack mt">${attention.length > 0 && card({ title: 'Needs attention', id: 'attention', flush: true }, agenda(attention))}
${cards.length === 0 && !candidateOf && card({ label: 'Your account' }, nothing)}
${cards.map((own, index) => card({ title: own.title, id: `own-${index}` }, ownRows(own)))}
${candidateOf && card({ title: 'My portfolio', id: 'portfolio' }, portfolioWords(candidateOf))}
${notices.length > 0 && noticesCard(notices)}</div>
<p class="mt row">${link('My details', '/my-details')}${link('Notices', '/notices')}${link('Notifications', '/notifications')}${link('Search', '/search')}</p>`,
  );
}

/** The portfolio is no page yet; a centre may keep evidence without it for good. */
const portfolioWords = ({ name, features }: Acting) =>
  features.includes('eportfolio')
    ? html`<p class="m0">Your evidence will be here when ePortfolio opens at ${name}. Until then, give it to your assessor as you do today.</p>`
    : html`<p class="m0">${name} keeps your evidence outside ${brand.name}. Ask your assessor what is still missing.</p>`;

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
