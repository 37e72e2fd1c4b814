/** One running sitting in this tab: journal, sender, clock and screens together. */
import type { PulseRequest, SeatClock } from '../../systems/online-assessments/protocol/wire.ts';
import { type AnswerSheet, answerValue } from './answers.ts';
import { type SeatTime, spokenTime } from './clock.ts';
import type { Connection } from './connection.ts';
import { type HandInOutcome, handIn } from './hand-in.ts';
import { hideClock, showClock, showNotices, showSaved } from './header-view.ts';
import type { NewEvent } from './journal.ts';
import { finishedWith } from './leaving.ts';
import {
  endedMessage,
  handedInMessage,
  handingInMessage,
  notHandedInMessage,
  pausedMessage,
  stopMessage,
  timeUpMessage,
} from './messages.ts';
import type { Opened } from './open-seat.ts';
import { part, say, showMessage, showScreen } from './page.ts';
import { Pictures } from './pictures.ts';
import { wasAutofilled } from './protection.ts';
import { type AnswerState, QuestionView } from './question-view.ts';
import type { Sender, Stop } from './sender.ts';
import { ask } from './server.ts';
import { noticesFor, savedWords } from './wording.ts';

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
  /** Answers by question that are on their way into the journal: nothing of them may be called saved. */
  readonly #pending = new Map<number, number>();
  #troubleSince: number | null = null;
  #shownTrouble = '';

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
    void this.#pictures.fetchAll(paper.questions.map(({ html }) => html));
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
    this.#pending.set(item, (this.#pending.get(item) ?? 0) + 1);
    // At once: until the journal has it, the screen must not go on saying that all is saved.
    this.changed();
    await this.#record({ kind: 'answer', item, value: answerValue(letters) }, () => {
      const left = (this.#pending.get(item) ?? 1) - 1;
      if (left > 0) this.#pending.set(item, left);
      else this.#pending.delete(item);
    });
  }

  async #flag(): Promise<void> {
    const item = this.#view.current;
    if (this.#mode !== 'working') return;
    await this.#record({ kind: 'flag', item, value: this.#sheet.of(item).flagged ? '0' : '1' });
  }

  async #record(event: NewEvent, written = () => {}): Promise<void> {
    const made = await this.#opened.journal.append(event);
    written();
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
    const offline = this.#connection.offline;
    const saved = this.#pending.size === 0 && this.#sheet.lastAnswerSeq <= this.#sender.savedSeq;
    const handedIn = this.#mode === 'over';
    showSaved(
      savedWords({ answered: this.#sheet.answered, saved, handedIn, kept: offline || this.#sender.trouble !== null }),
      saved,
    );
    this.#view.update(this.#sheet, (item) => this.#stateOf(item));
    // These screens say all of it themselves.
    const quiet = this.#mode !== 'working' && this.#mode !== 'paused';
    const { answered } = this.#sheet;
    showNotices(
      quiet
        ? []
        : noticesFor({
            diskFailed: this.#opened.diskFailed(),
            offline,
            trouble: this.#sender.trouble,
            answered,
            troubleMs: this.#troubleMs,
          }),
    );
    const stop = this.#sender.stopped;
    if (stop && stop !== 'late') this.#stopFor(stop);
    if (this.#mode === 'time up') this.#showTimeUp();
  }

  /** How long the sender has been in trouble. */
  get #troubleMs(): number {
    if (this.#sender.trouble === null) this.#troubleSince = null;
    else this.#troubleSince ??= performance.now();
    return this.#troubleSince === null ? 0 : performance.now() - this.#troubleSince;
  }

  #stateOf(item: number): AnswerState {
    const { value, seq } = this.#sheet.of(item);
    if (this.#pending.has(item) || (value === '' && seq === 0)) return '';
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
    showMessage(pausedMessage(this.#notice));
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
    const offline = this.#connection.offline || this.#sender.trouble !== null;
    showMessage(
      timeUpMessage({ late: this.#sender.stopped === 'late', offline, diskFailed: this.#opened.diskFailed() }),
    );
  }

  async #handIn(): Promise<void> {
    if (this.#mode !== 'working' && this.#mode !== 'time up') return;
    const timeUp = this.#mode === 'time up';
    if (!timeUp) {
      this.#mode = 'handing in';
      showMessage(handingInMessage);
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
        if (this.#mode === 'handing in')
          showMessage(notHandedInMessage(why, this.#opened.diskFailed(), () => this.#backToWork()));
      },
    });
    await this.#handedIn(outcome);
  }

  #backToWork(): void {
    this.#mode = 'working';
    this.#follow();
    this.#review();
  }

  async #handedIn(outcome: HandInOutcome): Promise<void> {
    if (outcome.kind === 'stopped') this.#stopFor(outcome.stop);
    if (outcome.kind === 'closed') {
      this.#mode = 'time up';
      this.#ended(outcome.clock);
    }
    if (outcome.kind !== 'handed in') return;
    this.#mode = 'over';
    hideClock();
    this.changed();
    await finishedWith(this.#opened);
    showMessage(handedInMessage(this.#sheet.answered, outcome.words, () => location.assign('/sit/result')));
    history.replaceState(null, '', '/sit/handed-in');
  }

  /** Closed by somebody else: what is left here goes to the server, which keeps it apart. */
  #ended(clock: SeatClock): void {
    if (this.#mode === 'over' || this.#mode === 'handing in' || this.#mode === 'stopped') return;
    this.#stop();
    showMessage(endedMessage(clock, this.#sender.allSaved, () => void this.#leave()));
  }

  #stopFor(stop: Stop): void {
    if (this.#mode === 'over' || (this.#mode === 'stopped' && stop === 'closed')) return;
    this.#stop();
    showMessage(stopMessage(stop, this.#sender.unsaved, () => void this.#leave()));
  }

  #stop(): void {
    if (this.#mode === 'stopped') return;
    this.#mode = 'stopped';
    this.#closeDialogs();
    hideClock();
    this.#sender.hurry();
  }

  /** To the result. What the server has not got yet stays on this device, encrypted. */
  async #leave(): Promise<void> {
    if (this.#sender.nothingLeft) await finishedWith(this.#opened);
    location.assign('/sit/result');
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
    // The rest of the screen changes with events; these change with time.
    const trouble = `${this.#connection.offline} ${this.#sender.trouble} ${Math.floor(this.#troubleMs / 1000)}`;
    if (trouble !== this.#shownTrouble) this.changed();
    this.#shownTrouble = trouble;
    const wall = Date.now();
    if (wall - this.#lastKept < KEEP_TIME_MS) return;
    this.#lastKept = wall;
    void this.#opened.store?.keepTime(this.#time.keep(wall)).catch(() => {});
  }

  /** A sign of life; its answer brings pauses and added time. */
  async #pulse(): Promise<void> {
    if (this.#pulsing || this.#mode === 'over' || this.#mode === 'stopped') return;
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
