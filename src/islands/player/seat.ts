/** One running sitting in this tab: journal, sender, clock and screens together. */
import type { PulseRequest, SeatClock } from '../../systems/online-assessments/protocol/wire.ts';
import { type AnswerSheet, answerValue } from './answers.ts';
import { type SeatTime, spokenTime } from './clock.ts';
import type { Connection } from './connection.ts';
import { type HandInOutcome, handIn } from './hand-in.ts';
import { hideClock, showClock, showNotices, showSaved } from './header-view.ts';
import { finishedWith } from './leaving.ts';
import type { Opened } from './open-seat.ts';
import { part, say, showMessage, showScreen } from './page.ts';
import { Pictures } from './pictures.ts';
import { wasAutofilled } from './protection.ts';
import { type AnswerState, QuestionView } from './question-view.ts';
import type { Sender, Stop } from './sender.ts';
import { ask } from './server.ts';
import { count, noticesFor, savedWords, stopWords } from './wording.ts';

const ENDED: readonly SeatClock['state'][] = [
  'handed_in',
  'timed_out',
  'ended_by_invigilator',
  'released',
  'void',
  'held',
];
const TICK_MS = 250;
const KEEP_TIME_MS = 5_000;

type Mode = 'working' | 'paused' | 'time up' | 'handing in' | 'stopped' | 'over';

export class Seat {
  readonly #opened: Opened;
  readonly #time: SeatTime;
  readonly #sender: Sender;
  readonly #connection: Connection;
  readonly #sheet: AnswerSheet;
  readonly #view: QuestionView;
  readonly #pictures: Pictures;
  #mode: Mode = 'working';
  #screen: 'question' | 'review' = 'question';
  #notice: string | null = null;
  #lastWord = '';
  #leftBefore = Number.POSITIVE_INFINITY;
  #leftWindow = false;
  #autofilled = wasAutofilled();
  #pulsing = false;
  #lastKept = 0;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#time = opened.time;
    this.#sender = opened.sender;
    this.#connection = opened.connection;
    this.#sheet = opened.sheet;
    this.#pictures = new Pictures(opened.store);
    this.#view = new QuestionView(opened.paper, this.#pictures, {
      answer: (item, letters) => void this.#answer(item, letters),
      go: (item) => void this.#go(item),
    });
    this.#buttons();
  }

  /** Shows the first question and begins to tick. `started`: the candidate pressed Start just now. */
  async run(started: boolean): Promise<void> {
    const { paper, asked } = this.#opened;
    this.takeClock(paper.clock, true);
    this.#leftBefore = this.#time.remainingMs();
    const first = Math.min(Math.max(1, asked), paper.questions.length);
    if (this.#mode === 'working') await this.#go(first, started);
    else this.#view.draw(first, this.#sheet.of(first).value, false);
    this.changed();
    setInterval(() => this.#tick(), TICK_MS);
    setInterval(() => void this.#pulse(), paper.settings.pulseMs);
    for (const kind of ['online', 'visibilitychange', 'focus']) {
      (kind === 'visibilitychange' ? document : window).addEventListener(kind, () => this.#sender.hurry());
    }
    addEventListener('offline', () => this.#connection.asked());
    void this.#pictures.fetchAll(
      paper.questions.flatMap(({ html }) =>
        [...html.matchAll(/<img src="([^"]+)"/g)].map((match) => match[1] as string),
      ),
    );
  }

  /** The candidate left the window: told to the invigilator with the next pulse. */
  leftWindow(): void {
    this.#leftWindow = true;
  }

  #buttons(): void {
    const go = (name: string, run: () => void) => {
      for (const button of document.querySelectorAll(`[data-go=${name}]`)) button.addEventListener('click', run);
    };
    go('back', () => void this.#go(this.#view.current - 1));
    go('next', () => this.#next());
    // Enter on an option goes on, as it does in any form.
    part('[data-question]').addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      this.#next();
    });
    go('review', () => this.#review());
    go('question', () => void this.#go(this.#view.current));
    part('[data-flag]').addEventListener('click', () => void this.#flag());
    part('[data-hand-in]').addEventListener('click', () => {
      part<HTMLDialogElement>('#hand-in').close();
      void this.#handIn();
    });
  }

  #next(): void {
    if (this.#view.current >= this.#opened.paper.questions.length) this.#review();
    else void this.#go(this.#view.current + 1);
  }

  async #answer(item: number, letters: readonly string[]): Promise<void> {
    if (this.#mode !== 'working') return;
    await this.#record({ kind: 'answer', item, value: answerValue(letters) });
  }

  async #flag(): Promise<void> {
    const item = this.#view.current;
    if (this.#mode !== 'working') return;
    await this.#record({ kind: 'flag', item, value: this.#sheet.of(item).flagged ? '0' : '1' });
  }

  async #record(event: { kind: 'answer' | 'flag' | 'visit'; item: number; value: string }): Promise<void> {
    const made = await this.#opened.journal.append(event);
    this.#sheet.apply(made);
    this.#sender.nudge();
    this.changed();
  }

  /** Moves to a question: first into the journal, then on the screen. */
  async #go(item: number, focus = true): Promise<void> {
    if (this.#mode !== 'working' || item < 1) return;
    await this.#record({ kind: 'visit', item, value: '' });
    if (this.#mode !== 'working') return;
    this.#screen = 'question';
    this.#view.draw(item, this.#sheet.of(item).value, focus);
    history.replaceState(null, '', `#question-${item}`);
    showScreen('question');
    if (focus) part('[data-question] h1').focus({ preventScroll: true });
    this.changed();
  }

  #review(): void {
    if (this.#mode !== 'working') return;
    this.#screen = 'review';
    this.changed();
    showScreen('review');
    document.title = `Review and finish - ${this.#opened.paper.title}`;
    scrollTo(0, 0);
    part('[data-screen=review] h1').focus({ preventScroll: true });
  }

  /** Something about saving changed: draws it, and takes the next step of an end that waited for it. */
  changed(): void {
    const { diskFailed, journal } = this.#opened;
    const offline = this.#connection.offline;
    const saved = this.#sheet.lastAnswerSeq <= this.#sender.savedSeq;
    const handedIn = this.#mode === 'over';
    showSaved(
      savedWords({ answered: this.#sheet.answered, saved, handedIn, kept: offline || this.#sender.trouble !== null }),
      saved,
    );
    this.#view.update(this.#sheet, (item) => this.#stateOf(item));
    const quiet = this.#mode === 'stopped' || this.#mode === 'over';
    const { answered } = this.#sheet;
    showNotices(
      quiet
        ? []
        : noticesFor({
            diskFailed: diskFailed(),
            offline,
            trouble: this.#sender.trouble,
            answered,
            unsaved: journal.tip.seq - this.#sender.savedSeq,
          }),
    );
    const stop = this.#sender.stopped;
    if (stop && stop !== 'late') this.#stopFor(stop);
    if (this.#mode === 'time up') this.#showTimeUp();
  }

  #stateOf(item: number): AnswerState {
    const { value, seq } = this.#sheet.of(item);
    if (value === '' && seq === 0) return '';
    return seq <= this.#sender.savedSeq ? 'Saved' : 'On this device';
  }

  /** The server's word on time and state. One that is older than the last is out of date. */
  takeClock(clock: SeatClock, first = false): void {
    if (!first && clock.serverNow < this.#lastWord) return;
    if (first && !this.#opened.fresh) {
      this.#follow();
      return;
    }
    this.#lastWord = clock.serverNow;
    this.#notice = clock.notice ?? this.#notice;
    this.#time.sync(clock);
    showClock(this.#time.remainingMs());
    if (ENDED.includes(clock.state)) {
      this.#ended(clock);
      return;
    }
    if (clock.state === 'running') this.#notice = null;
    this.#follow();
  }

  /** Brings the mode in line with the clock. */
  #follow(): void {
    if (this.#mode === 'stopped' || this.#mode === 'over' || this.#mode === 'handing in') return;
    if (!this.#time.running) this.#pause();
    else if (this.#time.remainingMs() <= 0) this.#timeUp();
    else if (this.#mode !== 'working') this.#goOn();
  }

  #goOn(): void {
    const wasPaused = this.#mode === 'paused';
    this.#mode = 'working';
    this.#sender.hurry();
    if (wasPaused) say(part('[data-spoken]'), 'Your test goes on.');
    if (this.#screen === 'review') this.#review();
    else void this.#go(this.#view.current || 1);
  }

  #pause(): void {
    this.#mode = 'paused';
    this.#closeDialogs();
    showMessage({
      icon: 'pause',
      tone: 'warn',
      title: 'Your test is paused',
      lines: [
        this.#notice ?? 'Your invigilator paused your test.',
        'Your time stands still and your answers are kept. The questions come back when your invigilator lets the test go on.',
      ],
    });
  }

  #timeUp(): void {
    if (this.#mode === 'time up') return;
    this.#mode = 'time up';
    this.#closeDialogs();
    this.#sender.hurry();
    say(part('[data-spoken]'), 'Your time is up.');
    this.#showTimeUp();
    this.changed();
    void this.#handIn();
  }

  #showTimeUp(): void {
    const waiting = this.#sender.unsaved;
    const offline = this.#connection.offline || this.#sender.trouble !== null;
    const lines =
      this.#sender.stopped === 'late'
        ? ['Your last answers arrived too late to count by themselves. They are kept apart, and staff can see them.']
        : !offline
          ? ['Your answers are being handed in. Stay at your seat for a moment.']
          : [
              'Nothing is lost: your answers are stored on this computer.',
              `${count(waiting, 'last step')} of yours ${waiting === 1 ? 'waits' : 'wait'} for the connection. ${waiting === 1 ? 'It is' : 'They are'} sent by itself as soon as it returns, and ${waiting === 1 ? 'counts' : 'count'} when that is within 10 minutes.`.replace(
                'They are sent by itself',
                'They are sent by themselves',
              ),
              'Leave this window open and put your hand up.',
            ];
    showMessage({ icon: 'clock', tone: offline ? 'warn' : undefined, title: 'Your time is up', lines });
  }

  async #handIn(): Promise<void> {
    if (this.#mode !== 'working' && this.#mode !== 'time up') return;
    const timeUp = this.#mode === 'time up';
    if (!timeUp) {
      this.#mode = 'handing in';
      showMessage({ icon: 'lock', title: 'Handing in your test', lines: ['Stay at your seat for a moment.'] });
    }
    const { journal, keys, receiptKeys, paper } = this.#opened;
    await journal.settled();
    const outcome = await handIn({
      sittingId: paper.sittingId,
      epoch: paper.epoch,
      device: keys?.device ?? null,
      receiptKeys,
      sender: this.#sender,
      onClock: (clock) => this.takeClock(clock),
      // Time can be added after the deadline: then the candidate goes on, and nothing is handed in yet.
      wanted: () => (timeUp ? this.#mode === 'time up' : this.#mode === 'handing in'),
      waiting: (why) => {
        if (!timeUp && this.#mode === 'handing in') this.#showHandInWaits(why);
      },
    });
    await this.#handedIn(outcome);
  }

  #showHandInWaits(why: 'saving' | 'unreachable' | 'no key'): void {
    const lines =
      why === 'no key'
        ? [
            'All your answers are saved, but this computer has lost the key that it started your test with.',
            'Put your hand up: your invigilator can end your test for you.',
          ]
        : [
            'Your test is not handed in yet. Your answers are stored on this computer.',
            'It is handed in by itself as soon as the connection returns. Leave this window open and put your hand up.',
          ];
    showMessage({
      icon: 'nowifi',
      tone: 'warn',
      title: 'Not handed in yet',
      lines,
      actions: why === 'saving' ? [{ words: 'Go back to my answers', quiet: true, run: () => this.#backToWork() }] : [],
    });
  }

  #backToWork(): void {
    this.#mode = 'working';
    this.#follow();
    this.#review();
  }

  async #handedIn(outcome: HandInOutcome): Promise<void> {
    if (outcome.kind === 'stopped') this.#stopFor(outcome.stop);
    if (outcome.kind !== 'handed in') return;
    this.#over();
    await finishedWith(this.#opened);
    showMessage({
      icon: 'check',
      tone: 'ok',
      title: 'Handed in',
      lines: [
        `All ${count(this.#sheet.answered, 'answer')} arrived. Nothing of your test is left on this computer.`,
        'Note this code down. It proves what you handed in:',
      ],
      code: outcome.words,
      actions: [{ words: 'See your result', run: () => location.assign('/sit/result') }],
    });
    history.replaceState(null, '', '/sit/handed-in');
  }

  /** Closed by somebody else: what is left here goes to the server, which keeps it apart. */
  #ended(clock: SeatClock): void {
    if (this.#mode === 'over' || this.#mode === 'handing in' || this.#mode === 'stopped') return;
    this.#mode = 'stopped';
    this.#closeDialogs();
    hideClock();
    this.#sender.hurry();
    this.#showEnded(clock);
  }

  #showEnded(clock: SeatClock): void {
    const { sender } = this.#opened;
    const rest = sender.allSaved
      ? 'All your answers are saved.'
      : 'What was not sent yet is being sent now. It is kept apart, and staff can see it.';
    showMessage({
      icon: 'lock',
      title: clock.state === 'timed_out' ? 'Your time is up' : 'Your test has ended',
      lines: [clock.notice ?? 'Your test is closed.', rest],
      actions: [
        {
          words: 'See your result',
          run: () => void finishedWith(this.#opened).then(() => location.assign('/sit/result')),
        },
      ],
    });
  }

  #stopFor(stop: Stop): void {
    if (this.#mode === 'over') return;
    if (this.#mode === 'stopped' && stop === 'closed') return;
    this.#mode = 'stopped';
    this.#closeDialogs();
    hideClock();
    const words = stopWords(stop, this.#sender.unsaved);
    const leave = {
      words: 'See your result',
      run: () => void finishedWith(this.#opened).then(() => location.assign('/sit/result')),
    };
    const enter = { words: 'Enter your number again', run: () => location.assign('/sit') };
    const actions = stop === 'closed' ? [leave] : stop === 'no_seat' ? [enter] : [];
    showMessage({
      icon: stop === 'fork' ? 'alert' : 'lock',
      tone: stop === 'fork' ? 'bad' : 'warn',
      ...words,
      actions,
    });
  }

  #over(): void {
    this.#mode = 'over';
    hideClock();
    this.changed();
  }

  #closeDialogs(): void {
    for (const dialog of document.querySelectorAll('dialog')) dialog.close();
  }

  #tick(): void {
    if (this.#mode === 'over' || this.#mode === 'stopped') return;
    const left = this.#time.remainingMs();
    showClock(left);
    if (this.#mode === 'working') {
      const words = spokenTime(this.#leftBefore, left);
      if (words) say(part('[data-spoken]'), words);
      if (left <= 0) this.#timeUp();
    }
    this.#leftBefore = left;
    this.changed();
    const wall = Date.now();
    if (wall - this.#lastKept < KEEP_TIME_MS) return;
    this.#lastKept = wall;
    void this.#opened.store?.keepTime(this.#time.keep(wall)).catch(() => {});
  }

  /** A sign of life; its answer brings pauses and added time. */
  async #pulse(): Promise<void> {
    if (this.#pulsing || this.#mode === 'over') return;
    this.#pulsing = true;
    const leftWindow = this.#leftWindow;
    const { sittingId, epoch, settings } = this.#opened.paper;
    const request: PulseRequest = { sittingId, epoch, leftWindow, autofilled: this.#autofilled };
    try {
      this.#connection.asked();
      const reply = await ask('POST', '/sit/pulse', request, Math.max(settings.pulseMs, 4_000));
      const body = reply.body as { verdict?: string; clock?: SeatClock } | undefined;
      if (reply.status === 200 && body?.clock) {
        if (this.#connection.offline) this.#sender.hurry();
        this.#connection.answered();
        if (leftWindow) this.#leftWindow = false;
        this.#autofilled = false;
        this.takeClock(body.clock);
      } else if (reply.status === 409 && body?.verdict === 'lease_lost') this.#stopFor('lease_lost');
      else if (reply.status === 401) this.#stopFor('no_seat');
    } catch {
      // Silence: the connection counts it.
    } finally {
      this.#pulsing = false;
    }
  }
}
