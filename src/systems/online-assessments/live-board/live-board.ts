/** The live board: who sits where, who works, who needs the invigilator now. */
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { chips, emptyState, formatTime, iconNames, linkButton, listHref, note, pageHead } from '#ui';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import { type Board, boardOf } from '../board/board.ts';
import { peopleNames } from '../view-session/people-names.ts';
import { alerts, groupChips, type ShownSeat, seatTable, seatTiles } from './board-parts.ts';
import { GROUPS, type Group, seatState } from './seat-state.ts';

const EVERY_SECONDS = 5;
/** More seats than this are shown as a table unless tiles are asked for. */
const MOST_TILES = 40;

const params = z.object({ session: z.uuid() });
const query = z.object({
  show: z.enum(GROUPS).optional().catch(undefined),
  view: z.enum(['tiles', 'table']).optional().catch(undefined),
});
type Query = z.infer<typeof query>;
type BoardContext = Context<{ session: string }, Query>;

/** GET /online-assessments/sessions/:session/board */
export const showBoard = handler({ params, query }, async (context): Promise<Answer> => {
  const found = await readBoard(context);
  return page(
    await assessmentsPage(
      context as unknown as Context,
      { title: `Live board, ${found.session.room}`, scripts: ['live-board.js'], icons: iconNames },
      html`<div data-live="${listHref(`${pathOf(found)}/live`, { ...context.query })}" data-every="${EVERY_SECONDS}">${boardBody(context, found, false)}</div>`,
    ),
  );
});

/** GET /online-assessments/sessions/:session/board/live: the same without its frame, for the page that is open. */
export const showBoardPart = handler({ params, query }, async (context): Promise<Answer> => {
  const found = await readBoard(context);
  return page(html`<div data-live="part">${boardBody(context, found, true)}</div>`);
});

interface Found extends Board {
  readonly invigilator: string | null;
}

function readBoard(context: BoardContext): Promise<Found> {
  return context.read(async (reader) => {
    const found = await boardOf(reader, context.params.session);
    const { openedBy } = found.session;
    const names = await peopleNames(reader, [openedBy]);
    return { ...found, invigilator: (openedBy && names.get(openedBy)) || null };
  });
}

const pathOf = ({ session }: Board): string => `/online-assessments/sessions/${session.id}/board`;

function boardBody(context: BoardContext, found: Found, live: boolean): Safe {
  const { session } = found;
  const viewer = context.principal.kind === 'person' ? context.principal.personId : null;
  const acts = may(context.principal, 'online-assessments.invigilate') && session.state === 'open';
  const seats = found.seats.map((seat): ShownSeat => ({ seat, shown: seatState(seat, context.now, viewer) }));
  const { show, view } = context.query;
  const asTable = view ? view === 'table' : seats.length > MOST_TILES;
  const href = (changes: { show?: Group | undefined; view?: string }) =>
    listHref(pathOf(found), { show, view, ...changes });
  const shown = show ? seats.filter((each) => each.shown.group === show) : seats;
  const updated = formatTime(context.now, 'second');
  return html`${head(context, found, acts, seats)}${notOpen(found)}${alerts(seats, acts)}
<div class="row between mb">${chips(groupChips(seats, show, (group) => href({ show: group })))}<span class="row small muted"><a href="${href({ view: asTable ? 'tiles' : 'table' })}">${
    asTable ? 'As tiles' : 'As a table'
  }</a><span data-updated="${updated}">Updated ${updated}${live && `, every ${EVERY_SECONDS} seconds`}</span>${
    !live && html`<a href="${href({})}">Refresh</a>`
  }</span></div>
${
  shown.length === 0
    ? html`<div class="ao-card">${nothing(found, seats.length > 0)}</div>`
    : asTable
      ? seatTable(shown, acts)
      : seatTiles(shown, acts)
}`;
}

function head(context: BoardContext, found: Found, acts: boolean, seats: readonly ShownSeat[]): Safe {
  const { session, invigilator } = found;
  const tests = new Set(found.seats.map(({ test }) => test));
  const [test] = tests;
  const working = seats.some(({ seat }) => seat.state === 'running');
  const paused = seats.some(({ seat }) => seat.state === 'paused');
  const everyoneDone = seats.length > 0 && seats.every(({ shown }) => shown.group === 'finished');
  const address = `/online-assessments/sessions/${session.id}`;
  const began = session.openedAt
    ? `opened ${formatTime(session.openedAt)}`
    : `planned for ${formatTime(session.startsAt)}`;
  return pageHead({
    title: tests.size === 1 && test ? test : session.room,
    lead: html`<a href="${address}">${session.room}</a>, ${began}.${invigilator && ` Invigilator: ${invigilator}`}`,
    actions: html`${
      actingCentreId(context.principal) &&
      session.state === 'open' &&
      html`<span class="ao-tag big">Session code <span class="code">${session.code}</span></span>`
    }${
      acts &&
      html`${linkButton('Log an incident', `${address}/incident`, { look: 'quiet', icon: 'edit' })}${
        paused && linkButton('Resume everyone', `${address}/resume`, { look: 'quiet', icon: 'play' })
      }${
        working
          ? linkButton('Pause everyone', `${address}/pause`, { look: 'bad', icon: 'pause' })
          : !paused && linkButton('Close the session', `${address}/close`, everyoneDone ? {} : { look: 'quiet' })
      }`
    }`,
  });
}

function notOpen({ session }: Board): Safe | null {
  if (session.state === 'open') return null;
  const words =
    session.state === 'planned'
      ? 'This session is not open yet. The board comes alive when an invigilator opens it.'
      : `This session is ${session.state}. The board shows how it ended.`;
  return note(html`${words} <a href="/online-assessments/sessions/${session.id}">The session</a>`, { class: 'mb' });
}

function nothing({ session }: Board, booked: boolean): Safe {
  return booked
    ? emptyState({ icon: 'check', title: 'Nobody here now', text: 'No seat is in this state at the moment.' })
    : emptyState({
        icon: 'users',
        title: 'Nobody is booked',
        text: 'Book candidates for this session: each gets a seat and a tile.',
        actions: linkButton('The session', `/online-assessments/sessions/${session.id}`, { look: 'quiet' }),
      });
}
