/** The parts of the live board: alerts, chips, tiles, table. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import {
  board,
  boardAlerts,
  type Chip,
  form,
  hiddenField,
  linkButton,
  meter,
  miniButton,
  note,
  rowLink,
  type Seat,
  submitButton,
  table,
  tag,
} from '#ui';
import type { BoardSeat } from '../board/board.ts';
import { PAUSED_FROM_BOARD, RESUMED_FROM_BOARD } from '../pause-sitting/pause-form.ts';
import { GROUP_WORDS, GROUPS, type Group, type Need, type SeatState, timesInWords } from './seat-state.ts';
import { steadyId } from './steady-id.ts';

/** A seat with what the board says of it. */
export interface ShownSeat {
  readonly seat: BoardSeat;
  readonly shown: SeatState;
}

const sittingPath = (seat: Pick<BoardSeat, 'sittingId'>): string => `/online-assessments/sittings/${seat.sittingId}`;

/** So many alerts of one kind stand alone; more are told in one. */
const ALONE = 2;

const ALERTS: readonly {
  readonly need: Need;
  readonly tone: 'bad' | 'warn' | 'info';
  readonly icon: 'nowifi' | 'alert' | 'user' | 'folder';
  readonly one: (seat: BoardSeat) => readonly [string, string];
  readonly many: string;
  readonly action: (seat: BoardSeat) => Safe;
}[] = [
  {
    need: 'offline',
    tone: 'bad',
    icon: 'nowifi',
    one: () => ['is offline.', 'Answers are kept on that computer. Check the network cable.'],
    many: 'are offline. Answers are kept on those computers. Check the network of the room, and pause everyone if it stays away.',
    action: (seat) =>
      linkButton('Move to another seat', `${sittingPath(seat)}/release`, { look: 'quiet', small: true }),
  },
  {
    need: 'identity',
    tone: 'info',
    icon: 'user',
    one: () => ['has arrived.', 'Look at a document, then confirm the identity.'],
    many: 'have arrived and wait for the identity check.',
    action: (seat) => linkButton('Check identity', `${sittingPath(seat)}/identity`, { small: true }),
  },
  {
    need: 'left-window',
    tone: 'warn',
    icon: 'alert',
    one: (seat) => [`left the test window ${timesInWords(seat.leftWindowCount)}.`, 'Look before you act.'],
    many: 'left the test window. Look before you act.',
    action: (seat) => seenButton(seat),
  },
  {
    need: 'held',
    tone: 'warn',
    icon: 'folder',
    one: () => ['sent entries that are held.', 'They came too late or from another computer, and do not count.'],
    many: 'sent entries that are held: they came too late or from another computer, and do not count.',
    action: (seat) => linkButton('Look at them', `${sittingPath(seat)}#held`, { look: 'quiet', small: true }),
  },
];

/** "Seen": what the board warned of has been looked at. */
function seenButton(seat: BoardSeat): Safe {
  return form(
    { action: `${sittingPath(seat)}/seen`, class: 'inline' },
    html`${hiddenField('leftWindow', seat.leftWindowCount)}${hiddenField('heldEvents', seat.heldEvents)}${submitButton(
      'Seen',
      { look: 'quiet', small: true, label: `Seen: seat ${seat.seat}, ${seat.name}` },
    )}`,
  );
}

/** What needs the invigilator now; `acts` when the reader may do something about it. */
export function alerts(seats: readonly ShownSeat[], acts: boolean): Safe {
  const notes = ALERTS.flatMap(({ need, tone, icon, one, many, action }) => {
    const found = seats.filter(({ shown }) => shown.needs.includes(need)).map(({ seat }) => seat);
    if (found.length > ALONE) {
      const numbers = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(found.map((each) => `${each.seat}`));
      return [note(html`<span class="strong">Seats ${numbers}</span> ${many}`, { tone, icon })];
    }
    return found.map((seat) => {
      const [what, advice] = one(seat);
      return note(html`<span class="strong">Seat ${seat.seat}, ${seat.name}, ${what}</span> ${advice}`, {
        tone,
        icon,
        ...(acts ? { action: action(seat) } : {}),
      });
    });
  });
  return boardAlerts(notes);
}

/** The chips: every seat belongs to one of them. */
export function groupChips(
  seats: readonly ShownSeat[],
  current: Group | undefined,
  href: (show?: Group) => string,
): Chip[] {
  const count = (group: Group) => seats.filter(({ shown }) => shown.group === group).length;
  return [
    { label: 'Everyone', count: seats.length, href: href(), current: current === undefined },
    ...GROUPS.map((group) => ({
      label: GROUP_WORDS[group],
      count: count(group),
      href: href(group),
      current: current === group,
    })),
  ];
}

/** Pause or resume in one press, or the way to the identity check; nothing where nothing can be done. */
function quickAct({ seat }: ShownSeat): HtmlValue {
  if (seat.state === 'booked' && seat.arrived)
    return linkButton('Check identity', `${sittingPath(seat)}/identity`, { small: true });
  if (seat.state !== 'running' && seat.state !== 'paused') return null;
  const name = seat.state === 'running' ? 'pause' : 'resume';
  return form(
    {
      action: `${sittingPath(seat)}/${name}`,
      class: 'inline',
      submissionId: steadyId(name, seat.sittingId, seat.changedAt),
    },
    html`${hiddenField('reason', name === 'pause' ? PAUSED_FROM_BOARD : RESUMED_FROM_BOARD)}${miniButton(
      name === 'pause'
        ? { icon: 'pause', label: `Pause ${seat.name}` }
        : { icon: 'play', label: `Resume ${seat.name}` },
    )}`,
  );
}

function remarkOf({ seat, shown }: ShownSeat): HtmlValue {
  if (!seat.result || shown.needs.length > 0) return shown.remark;
  const { passed, score, maximum } = seat.result;
  return html`${passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')} ${score} of ${maximum}`;
}

/** One tile a seat. */
export function seatTiles(seats: readonly ShownSeat[], acts: boolean): Safe {
  return board(
    seats.map((each): Seat => {
      const { seat, shown } = each;
      return {
        id: `seat-${seat.seat}`,
        seat: `Seat ${seat.seat}`,
        name: seat.name,
        href: sittingPath(seat),
        tone: shown.tone,
        state: shown.state,
        ...(shown.stateIcon ? { stateIcon: shown.stateIcon } : {}),
        answered: seat.answered,
        questions: seat.questions,
        ...(shown.time ? { time: shown.time } : {}),
        remark: remarkOf(each),
        action: acts && quickAct(each),
      };
    }),
  );
}

const TAG_TONES = { working: undefined, warn: 'warn', bad: 'bad', idle: undefined, done: undefined } as const;

/** The same as rows, for large rooms or by choice. */
export function seatTable(seats: readonly ShownSeat[], acts: boolean): Safe {
  return html`<div class="ao-card flush">${table<ShownSeat>({
    caption: 'Seats',
    rows: seats,
    rowTone: ({ shown }) => (shown.tone === 'bad' || shown.tone === 'warn' ? shown.tone : undefined),
    columns: [
      { label: 'Seat', numeric: true, cell: ({ seat }) => html`<span id="seat-${seat.seat}">${seat.seat}</span>` },
      { label: 'Candidate', header: true, cell: ({ seat }) => rowLink(seat.name, sittingPath(seat)) },
      {
        label: 'State',
        phone: 'status',
        cell: ({ shown }) => tag(shown.state, TAG_TONES[shown.tone], shown.stateIcon),
      },
      {
        label: 'Answered',
        cell: ({ seat }) => meter({ value: seat.answered, max: seat.questions, label: `${seat.name}, answered` }),
      },
      { label: 'Time left', numeric: true, cell: ({ shown }) => shown.time?.text ?? '' },
      { label: 'Remark', phone: 'plain', cell: remarkOf },
      ...(acts ? [{ label: 'Act', phone: 'plain' as const, cell: quickAct }] : []),
    ],
  })}</div>`;
}
