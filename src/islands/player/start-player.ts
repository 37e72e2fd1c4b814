/** From the opened page to the running test: which sitting, in which state, on which disk. */
import type { Paper, SeatState, StartRequest } from '../../systems/online-assessments/protocol/wire.ts';
import { publicKeyOf } from './device-key.ts';
import { type DeviceStore, openDeviceStore } from './device-store.ts';
import { hideTimeButton, nameSeat } from './header-view.ts';
import { finishedWith } from './leaving.ts';
import { holdSeat } from './one-tab.ts';
import { openSeat } from './open-seat.ts';
import { part, showMessage, showScreen } from './page.ts';
import { protect, watermark } from './protection.ts';
import { Seat } from './seat.ts';
import { type Reply, waitMs } from './sender.ts';
import { ask, isPaper, isState } from './server.ts';
import { keepShell } from './shell-keeper.ts';
import { stopWords } from './wording.ts';

const PAGE = '/sit/test';
/** Grey bars only when it takes longer. */
const QUIET_MS = 400;
const LEAST_QUOTA = 50_000_000;
const BOOT_PATIENCE_MS = 6_000;

let running: Seat | null = null;

/** Called once per page. */
export async function startPlayer(): Promise<void> {
  protect(() => running?.leftWindow());
  hideTimeButton();
  for (const button of document.querySelectorAll<HTMLElement>('[data-open]')) {
    button.addEventListener('click', () => part<HTMLDialogElement>(`#${button.dataset.open}`).showModal());
  }
  const slow = setTimeout(() => showScreen('loading'), QUIET_MS);
  const held = await holdSeat(() => location.reload());
  if (!held) {
    clearTimeout(slow);
    showMessage({
      icon: 'lock',
      title: 'Your test is open in another tab',
      lines: [
        'Answer there: this tab only watches, so that no two answers cross.',
        'When the other tab is closed, the test goes on here by itself.',
      ],
    });
    return;
  }
  const device = await openDeviceStore().catch(() => null);
  void navigator.storage?.persist?.().catch(() => {});
  for (let failures = 1; ; failures++) {
    if (await enter(device, () => clearTimeout(slow))) return;
    clearTimeout(slow);
    showMessage({
      icon: 'nowifi',
      tone: 'warn',
      title: 'The test cannot be fetched yet',
      lines: [
        'The server does not answer. Your time has not started if you have not seen a question.',
        'This page tries again by itself. Put your hand up if it takes longer than a minute.',
      ],
    });
    await new Promise((resolve) => setTimeout(resolve, waitMs(failures, Math.random())));
  }
}

/** One try. False when nothing could be had: try again. */
async function enter(device: DeviceStore | null, arrived: () => void): Promise<boolean> {
  const state = await tryAsk('/sit/state');
  if (state && isState(state) && state.body.goTo !== PAGE) {
    arrived();
    return elsewhere(state.body, device);
  }
  const paper = state && (await tryAsk('/sit/paper'));
  arrived();
  if (paper && isPaper(paper)) return play(await bound(paper.body, device), true, device);
  if (paper?.status === 409) return moved(device);
  if (state?.status === 401) {
    location.replace('/sit');
    return true;
  }
  const kept = await keptPaper(device);
  return kept ? play(kept, false, device) : false;
}

const tryAsk = (path: string): Promise<Reply | null> => ask('GET', path, undefined, BOOT_PATIENCE_MS).catch(() => null);

async function keptPaper(device: DeviceStore | null): Promise<Paper | null> {
  try {
    const last = await device?.lastSitting();
    return last && device ? await (await device.openSitting(last)).paper() : null;
  } catch {
    // The disk fails: then only the server can help.
    return null;
  }
}

/** The seat belongs to another page, or the candidate may start. */
async function elsewhere(state: SeatState, device: DeviceStore | null): Promise<boolean> {
  if (state.state === 'checked_in') {
    await showRules(state, device);
    return true;
  }
  if (state.goTo === '/sit/result') await sendLeftovers(device);
  location.replace(state.goTo);
  return true;
}

/** Closed while this computer was away: what it still has goes to the server, which keeps it apart, and is then removed here. */
async function sendLeftovers(device: DeviceStore | null): Promise<void> {
  const paper = await keptPaper(device);
  if (!paper || !device) return;
  const opened = await openSeat(paper, false, device, () => null).catch(() => null);
  if (opened?.sender.nothingLeft) await finishedWith(opened);
}

/** Another device holds the lease. Unsent events are offered once; the server keeps them apart. */
async function moved(device: DeviceStore | null): Promise<boolean> {
  const paper = await keptPaper(device);
  const opened = paper && (await openSeat(paper, false, device, () => null).catch(() => null));
  showMessage({ icon: 'lock', tone: 'warn', ...stopWords('lease_lost', opened?.sender.unsaved ?? 0) });
  return true;
}

/** A browser that did not start this sitting asks for the lease with a key of its own; another's lease stays another's. */
async function bound(paper: Paper, device: DeviceStore | null): Promise<Paper> {
  const keys = await device?.keysOf(paper.sittingId).catch(() => null);
  if (!device || keys?.device) return paper;
  const pair = await device.pendingDeviceKey();
  const reply = await start(await publicKeyOf(pair)).catch(() => null);
  return reply && isPaper(reply) ? reply.body : paper;
}

const start = (deviceKey: StartRequest['deviceKey']): Promise<Reply> =>
  ask('POST', '/sit/start', { deviceKey, rulesRead: true } satisfies StartRequest);

async function play(paper: Paper, fresh: boolean, device: DeviceStore | null, started = false): Promise<boolean> {
  nameSeat(paper);
  const opened = await openSeat(paper, fresh, device, () =>
    running ? { changed: () => running?.changed(), takeClock: (clock) => running?.takeClock(clock) } : null,
  );
  if (!opened) {
    showMessage({ icon: 'alert', tone: 'bad', ...stopWords('fork', 0) });
    return true;
  }
  watermark(paper.candidateNumber);
  running = new Seat(opened);
  await running.run(started);
  void keepShell(PAGE);
  void device?.forgetOthers(paper.sittingId).catch(() => {});
  return true;
}

/** The rules, the candidate's own time, and the start. */
async function showRules(state: SeatState, device: DeviceStore | null): Promise<void> {
  const trouble = await unfit(device);
  if (trouble)
    return showMessage({
      icon: 'alert',
      tone: 'bad',
      title: 'This computer is not fit for a test',
      lines: [trouble, 'Put your hand up: your invigilator moves you to another one. Your time has not started.'],
    });
  nameSeat({ title: state.test, candidateName: state.candidateName, candidateNumber: state.candidateNumber });
  part('[data-reckoning]').textContent = state.reckoning;
  part('[data-questions]').textContent =
    `${state.questions} questions. You can go back and change any answer until you hand in.`;
  showScreen('rules');
  void keepShell(PAGE);
  const box = part<HTMLInputElement>('#rules-read');
  const button = part<HTMLButtonElement>('[data-start]');
  const error = part('#rules-error');
  button.addEventListener('click', async () => {
    const missing = !box.checked;
    error.hidden = !missing;
    part('[data-rules-read]').classList.toggle('govuk-form-group--error', missing);
    if (missing) {
      box.setAttribute('aria-describedby', error.id);
      box.focus();
      return;
    }
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    await begin(device).finally(() => button.removeAttribute('aria-busy'));
  });
}

/** Why answers could not be kept safe here; null when they can. */
async function unfit(device: DeviceStore | null): Promise<string | null> {
  if (!window.isSecureContext || !crypto.subtle)
    return 'The address of this page is not secure, so the browser refuses to protect your answers.';
  if (!device) return 'This browser keeps nothing on its disk, for example because its window is private.';
  try {
    await device.pendingDeviceKey();
  } catch {
    return 'This computer could not write to its disk.';
  }
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (quota !== undefined && quota - (usage ?? 0) < LEAST_QUOTA) return 'The disk of this computer is nearly full.';
  return null;
}

async function begin(device: DeviceStore | null): Promise<void> {
  const spoken = part('[data-spoken]');
  const reply = device && (await start(await publicKeyOf(await device.pendingDeviceKey())).catch(() => null));
  if (reply && isPaper(reply)) {
    await play(reply.body, true, device, true);
    return;
  }
  const why =
    reply?.status === 409
      ? 'Your test has been started at another computer. Put your hand up.'
      : reply?.status === 403
        ? 'Your invigilator has to let you in first. Put your hand up.'
        : 'The server did not answer. Your time has not started. Press Start again.';
  spoken.textContent = why;
  const error = part('#rules-error');
  error.hidden = false;
  error.textContent = why;
}
