/** The screens that stand in place of the paper, in words: what is safe, what happened, what to do. */
import type { SeatClock } from '../../systems/online-assessments/protocol/wire.ts';
import type { Message } from './page.ts';
import type { Stop } from './sender.ts';
import { count, stopWords, whereKept } from './wording.ts';

const RESULT = 'See your result';

/** Who paused the test and when, as the server says it. */
export function pausedMessage(notice: string | null): Message {
  return {
    icon: 'pause',
    tone: 'warn',
    title: 'Your test is paused',
    lines: [
      notice ?? 'Your invigilator paused your test.',
      'Your time stands still and your answers are kept. The questions come back when your invigilator lets the test go on.',
    ],
  };
}

/** The end of the time, seen from this device. */
export function timeUpMessage(state: { late: boolean; offline: boolean; diskFailed: boolean }): Message {
  const title = 'Your time is up';
  if (state.late) {
    const line =
      'Your last answers arrived too late to count by themselves. They are kept apart, and staff can see them.';
    return { icon: 'clock', title, lines: [line] };
  }
  if (!state.offline) {
    return { icon: 'clock', title, lines: ['Your answers are being handed in. Stay at your seat for a moment.'] };
  }
  return {
    icon: 'clock',
    tone: 'warn',
    title,
    lines: [
      `Nothing is lost: your answers are ${whereKept(state.diskFailed)}.`,
      'What is not sent yet goes by itself as soon as the connection returns, and counts when that is within 10 minutes.',
      'Leave this window open and put your hand up.',
    ],
  };
}

export const handingInMessage: Message = {
  icon: 'lock',
  title: 'Handing in your test',
  lines: ['Stay at your seat for a moment.'],
};

/** A hand-in that waits. `back` leads to the answers again, as long as nothing was asked of the server. */
export function notHandedInMessage(
  why: 'saving' | 'unreachable' | 'no key',
  diskFailed: boolean,
  back: () => void,
): Message {
  const lines =
    why === 'no key'
      ? [
          'All your answers are saved, but this computer has lost the key that it started your test with.',
          'Put your hand up: your invigilator can end your test for you.',
        ]
      : [
          `Your test is not handed in yet. Your answers are ${whereKept(diskFailed)}.`,
          'It is handed in by itself as soon as the connection returns. Leave this window open and put your hand up.',
        ];
  const actions = why === 'saving' ? [{ words: 'Go back to my answers', quiet: true, run: back }] : [];
  return { icon: 'nowifi', tone: 'warn', title: 'Not handed in yet', lines, actions };
}

/** The server's signed word is there. `words` is the code to note down. */
export function handedInMessage(answered: number, words: string, leave: () => void): Message {
  return {
    icon: 'check',
    tone: 'ok',
    title: 'Handed in',
    lines: [
      `${answered === 1 ? 'Your answer' : `All ${count(answered, 'answer')}`} arrived. Nothing of your test is left on this computer.`,
      'Note this code down. It proves what you handed in:',
    ],
    code: words,
    actions: [{ words: RESULT, run: leave }],
  };
}

/** Closed by somebody else than the candidate. */
export function endedMessage(clock: SeatClock, allSaved: boolean, leave: () => void): Message {
  const rest = allSaved
    ? 'All your answers are saved.'
    : 'What was not sent yet is being sent now. It is kept apart, and staff can see it.';
  return {
    icon: 'lock',
    title: clock.state === 'timed_out' ? 'Your time is up' : 'Your test has ended',
    lines: [clock.notice ?? 'Your test is closed.', rest],
    actions: [{ words: RESULT, run: leave }],
  };
}

/** Nothing more is taken from this device. */
export function stopMessage(stop: Stop, unsaved: number, leave: () => void): Message {
  const enter = { words: 'Enter your number again', run: () => location.assign('/sit') };
  return {
    icon: stop === 'fork' ? 'alert' : 'lock',
    tone: stop === 'fork' ? 'bad' : 'warn',
    ...stopWords(stop, unsaved),
    actions: stop === 'closed' ? [{ words: RESULT, run: leave }] : stop === 'no_seat' ? [enter] : [],
  };
}
