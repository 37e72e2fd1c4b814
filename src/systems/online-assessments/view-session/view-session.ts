import { z } from 'zod';
import { membersOf } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import {
  card,
  crumbs,
  emptyState,
  formatDateTime,
  formatTime,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  rowLink,
  summaryList,
  table,
  tag,
  trail,
} from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { sessionTag } from '../list-sessions/list-sessions.ts';
import { STATE_WORDS } from '../sitting/states.ts';
import { reckoning } from '../sitting/time.ts';
import { type BookedSeat, type SessionFacts, sessionFacts } from './session-facts.ts';

const query = z.object({ booked: z.coerce.number().int().min(1).max(999).optional().catch(undefined) });

/** GET /online-assessments/sessions/:session */
export const viewSession = handler(
  { params: z.object({ session: z.uuid() }), query },
  async (context): Promise<Answer> => {
    const { session, invigilators } = await context.read(async (reader) => {
      const found = await sessionFacts(reader, context.params.session);
      const centreId = actingCentreId(context.principal);
      const members = centreId && found.state === 'planned' ? await membersOf(reader, centreId) : [];
      return {
        session: found,
        invigilators: members
          .filter(({ roles }) => roles.some(({ role }) => role === 'invigilator'))
          .map(({ givenNames, familyName }) => `${givenNames} ${familyName}`),
      };
    });
    return page(await sessionPage(context as unknown as Context, session, invigilators, context.query.booked));
  },
);

function sessionPage(
  context: Context,
  session: SessionFacts,
  invigilators: readonly string[],
  booked: number | undefined,
): Promise<Safe> {
  const ownCentre = actingCentreId(context.principal) !== null;
  const books = may(context.principal, 'online-assessments.book') && ownCentre;
  const invigilates = may(context.principal, 'online-assessments.invigilate') && ownCentre;
  const address = `/online-assessments/sessions/${session.id}`;
  const going = session.state === 'planned' || session.state === 'open';
  const seats = session.seats.filter(({ state }) => state !== 'cancelled');
  const cancelled = session.seats.filter(({ state }) => state === 'cancelled');
  const toOpen = invigilates && session.state === 'planned' && seats.length > 0;
  return assessmentsPage(
    context,
    { title: `Session, ${session.room}` },
    html`${crumbs([{ label: 'Sessions', href: '/online-assessments' }, { label: session.room }])}
${pageHead({
  title: session.room,
  lead: html`${formatDateTime(session.startsAt)}${session.site && `, ${session.site}`}${!ownCentre && `, ${session.centreName}, centre ${session.centreNumber}`} ${sessionTag(session.state)}`,
  actions: html`${
    books &&
    going &&
    linkButton('Book candidates', `${address}/book`, toOpen || session.state === 'open' ? { look: 'quiet' } : {})
  }${toOpen && linkButton('Open the session', `${address}/open`)}${
    (session.state === 'open' || session.state === 'closed') &&
    linkButton('Live board', `${address}/board`, session.state === 'closed' ? { look: 'quiet' } : {})
  }`,
})}
${booked && note(`${plural(booked, 'candidate is', 'candidates are')} booked.`, { tone: 'ok', announce: true, class: 'mb' })}${
  session.state === 'planned' && books && !invigilates && note(whoOpens(invigilators), { class: 'mb' })
}
<div class="split"><div>${card(
      { title: `Booked candidates (${seats.length})`, id: 'booked', flush: true },
      seats.length > 0
        ? seatsTable('Booked candidates by seat', seats, books && going)
        : emptyState({
            icon: 'users',
            title: 'Nobody is booked yet',
            text: 'Each candidate is booked to a seat and a test, with extra time where it is approved.',
          }),
    )}${
      cancelled.length > 0 &&
      card(
        { title: `Cancelled bookings (${cancelled.length})`, id: 'cancelled', flush: true, class: 'mt' },
        seatsTable('Cancelled bookings by seat', cancelled, false),
      )
    }</div><div>${ownCentre && going && codeCard(session)}${card(
      { title: 'This session', id: 'facts', class: going && ownCentre ? 'mt' : '' },
      summaryList([
        ['Room', session.room],
        session.site !== null && ['Site', session.site],
        ['Begins', formatDateTime(session.startsAt)],
        session.plannedBy !== null && ['Planned by', session.plannedBy],
        session.openedAt !== null && [
          'Opened',
          `${formatDateTime(session.openedAt)}${session.invigilator ? ` by ${session.invigilator}` : ''}`,
        ],
        session.closedAt !== null && [
          'Closed',
          `${formatDateTime(session.closedAt)}${session.closedBy ? ` by ${session.closedBy}` : ''}`,
        ],
      ]),
    )}${session.incidents.length > 0 && incidentsCard(session)}</div></div>`,
  );
}

/** What somebody reads who may plan and book, but not open. */
function whoOpens(invigilators: readonly string[]): Safe {
  if (invigilators.length === 0)
    return html`Only an invigilator of your centre opens a session, and your centre has none. ${link('Give somebody the role in Centres Hub', '/centres-hub/users')}`;
  const who = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(invigilators);
  return html`An invigilator opens the session with own PIN and password, from an hour before it begins. At your centre: ${who}.`;
}

function codeCard(session: SessionFacts): Safe {
  return card(
    { title: 'Session code', id: 'code', tint: true },
    html`<p class="ao-session-code code">${session.code}</p><p class="muted m0">${
      session.state === 'open'
        ? html`Show it in the room. Candidates enter it with their candidate number at ${link('the seat', '/sit')}.`
        : 'It admits candidates once an invigilator has opened the session.'
    }</p>`,
  );
}

const CANCELLABLE = ['booked', 'checked_in'];

function seatsTable(caption: string, seats: readonly BookedSeat[], mayCancel: boolean): Safe {
  return table<BookedSeat>({
    caption,
    rows: seats,
    columns: [
      { label: 'Seat', numeric: true, phone: 'labelled', cell: ({ seat }) => seat },
      {
        label: 'Candidate',
        header: true,
        cell: (row) =>
          html`${rowLink(row.name, `/online-assessments/sittings/${row.sittingId}`)}<span class="sub code">${row.candidateNumber}</span>`,
      },
      { label: 'Test', phone: 'plain', cell: ({ test }) => test },
      { label: 'Time', cell: (row) => reckoning(row.baseSeconds, row) },
      { label: 'State', phone: 'status', cell: stateOf },
      ...(mayCancel && seats.some(({ state }) => CANCELLABLE.includes(state))
        ? [
            {
              label: 'Change',
              phone: 'plain' as const,
              cell: ({ state, sittingId, name }: BookedSeat) =>
                CANCELLABLE.includes(state) &&
                html`<a href="/online-assessments/sittings/${sittingId}/cancel">Cancel<span class="govuk-visually-hidden"> the booking of ${name}</span></a>`,
            },
          ]
        : []),
    ],
  });
}

function stateOf({ state, passed, score, maximum }: BookedSeat): Safe {
  if (state === 'released' && passed !== null)
    return html`${passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')} <span class="nw">${score} of ${maximum}</span>`;
  return tag(STATE_WORDS[state]);
}

function incidentsCard({ incidents }: SessionFacts): Safe {
  return card(
    { title: 'Incidents', id: 'incidents', class: 'mt' },
    trail(
      incidents.map(({ at, detail, who, seat }) => ({
        what: html`${seat !== null && `Seat ${seat}. `}${detail}`,
        when: `${formatTime(at)}${who ? `, ${who}` : ''}`,
      })),
    ),
  );
}
