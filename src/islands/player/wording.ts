/** The sentences of the player. First that work is safe, then what happened, then what to do. Pure. */
import type { Stop, Trouble } from './sender.ts';

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** What the header says of the answers. Three states, never a fourth: on this device, saved, handed in. */
export function savedWords(state: { answered: number; saved: boolean; handedIn: boolean; kept: boolean }): string {
  if (state.handedIn) return 'Handed in';
  if (state.saved) return state.answered === 0 ? 'No answers yet' : 'All answers saved';
  return state.kept ? 'Kept on this device' : 'On this device';
}

export interface Notice {
  readonly id: string;
  readonly tone: 'warn' | 'bad';
  readonly icon: string;
  readonly title: string;
  readonly text: string;
}

const RECEIPT_FAULTS: readonly (Trouble | null)[] = [
  'no receipt',
  'other sitting',
  'other epoch',
  'unknown place',
  'other head',
  'foreign key',
  'foreign signature',
];

/** A server that is busy for a moment is no news. */
const PATIENCE_MS = 3_000;

/** What stands above the question. */
export function noticesFor(state: {
  diskFailed: boolean;
  offline: boolean;
  trouble: Trouble | null;
  /** How long the trouble has lasted. */
  troubleMs: number;
  answered: number;
}): Notice[] {
  const notices: Notice[] = [];
  if (state.diskFailed) {
    notices.push({
      id: 'disk',
      tone: 'bad',
      icon: 'alert',
      title: 'Put your hand up now.',
      text: 'This computer cannot write your answers to its disk. You can go on: each answer is still sent to the server. Your invigilator must know.',
    });
  }
  if (state.offline) {
    notices.push({
      id: 'offline',
      tone: 'warn',
      icon: 'nowifi',
      title: 'Connection lost. Keep going.',
      text: offlineText(state.answered, state.diskFailed),
    });
  } else if (RECEIPT_FAULTS.includes(state.trouble)) {
    notices.push({
      id: 'receipt',
      tone: 'warn',
      icon: 'alert',
      title: 'Your work is kept on this device. Keep going.',
      text: 'The server answers, but its receipts for your answers cannot be checked. Tell your invigilator. This computer goes on trying by itself.',
    });
  } else if (state.trouble === 'not understood') {
    notices.push({
      id: 'refused',
      tone: 'warn',
      icon: 'alert',
      title: 'Your work is kept on this device. Keep going.',
      text: 'The server could not read what this computer sent. Tell your invigilator.',
    });
  }
  if (!state.offline && state.trouble === 'server' && state.troubleMs >= PATIENCE_MS) {
    notices.push({
      id: 'server',
      tone: 'warn',
      icon: 'alert',
      title: 'The server cannot save just now. Keep going.',
      text: offlineText(state.answered, state.diskFailed, 'the server can save again'),
    });
  }
  return notices;
}

/** Where answers are that no receipt stands for yet. */
export const whereKept = (diskFailed: boolean): string =>
  diskFailed ? 'held in this window' : 'stored on this computer';

function offlineText(answered: number, diskFailed: boolean, when = 'the connection returns'): string {
  const where = whereKept(diskFailed);
  const what =
    answered === 0
      ? `Your answers are ${where}`
      : answered === 1
        ? `Your answer is ${where}`
        : `Your ${answered} answers are ${where}`;
  return `${what} and will be sent when ${when}. Don't close this window. Your invigilator can see this.`;
}

/** What is missing, for the review and the hand-in. */
export function unansweredWords(questions: number, answered: number, flagged: number): string {
  const left = questions - answered;
  const first =
    left === 0
      ? `You have answered all ${count(questions, 'question')}.`
      : `${count(left, 'question is', 'questions are')} not answered.`;
  return flagged === 0 ? first : `${first} ${count(flagged, 'question is', 'questions are')} flagged to check.`;
}

/** Why nothing more is taken, for the screen that replaces the paper. */
export function stopWords(stop: Stop, unsaved: number): { title: string; lines: string[] } {
  const rest =
    unsaved === 0
      ? 'All your answers up to then are saved.'
      : `${count(unsaved, 'last step')} of yours ${unsaved === 1 ? 'is' : 'are'} kept apart from your test, encrypted on this computer.`;
  switch (stop) {
    case 'lease_lost':
      return {
        title: 'Your test goes on at another computer',
        lines: [
          rest,
          'Your invigilator moved your test, so nothing more can be answered here. What this computer still had was sent to the staff, who decide on it.',
          'Go to the other computer, or put your hand up if you did not expect this.',
        ],
      };
    case 'fork':
      return {
        title: 'Your test stands still. Put your hand up',
        lines: [
          'What you answered is kept on this computer and nothing of it is thrown away.',
          'The server holds something else in the place of one of your answers, so the two must be compared. This has been recorded as an incident.',
          'Call your invigilator and leave this window open.',
        ],
      };
    case 'no_seat':
      return {
        title: 'This computer has no test any more',
        lines: [rest, 'The server does not know this seat. Put your hand up: your invigilator can let you in again.'],
      };
    default:
      return {
        title: 'Your test is closed',
        lines: [
          unsaved === 0
            ? 'All your answers are saved.'
            : `${rest} It arrived after the end, does not count by itself, and staff can see it.`,
        ],
      };
  }
}
