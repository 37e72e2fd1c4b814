/**
 * Warns two minutes before the log-in session ends, and keeps what was typed: the page is never left or reloaded. Typing
 * counts as use. Other tabs may have used the session meanwhile, so the server is asked before anybody is alarmed.
 */
interface Left {
  readonly secondsLeft: number;
  readonly final: boolean;
}

const WARN_SECONDS = 120;
const TURN_MS = 1000;

const dialog = document.getElementById('session-end') as HTMLDialogElement;
const words = dialog.querySelector('[data-session-words]') as HTMLElement;
const heading = dialog.querySelector('h2') as HTMLElement;
const stayForm = dialog.querySelector('[data-stay]') as HTMLFormElement;
const stayButton = stayForm.querySelector('[type=submit]') as HTMLButtonElement;
const over = document.querySelector('[data-session-over]') as HTMLElement;
const overWords = document.querySelector('[data-session-over-words]') as HTMLTemplateElement;

let endsAt = Date.now() + Number(dialog.dataset.secondsLeft) * 1000;
let final = false;
let typedAt = Number.NEGATIVE_INFINITY;
/** Asked once for each end: `dismissed` until another end is known. */
let state: 'quiet' | 'asking' | 'warned' | 'dismissed' | 'over' = 'quiet';

const secondsLeft = () => Math.ceil((endsAt - Date.now()) / 1000);

async function askServer(method: 'GET' | 'POST'): Promise<Left | null> {
  try {
    const answer = await fetch('/log-in-session', { method, headers: { accept: 'application/json' } });
    if (!answer.headers.get('content-type')?.startsWith('application/json')) return { secondsLeft: 0, final: true };
    return answer.ok ? ((await answer.json()) as Left) : null;
  } catch {
    // No connection: the time as it was known goes on.
    return null;
  }
}

function take(left: Left | null): void {
  if (!left) return;
  endsAt = Date.now() + left.secondsLeft * 1000;
  final = left.final;
}

function inWords(seconds: number): string {
  if (seconds > 60) return '2 minutes';
  return seconds > 30 ? '1 minute' : `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
}

function sayLeft(): void {
  const at = new Date(endsAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const text = final
    ? `You logged in many hours ago, so your log-in session ends at ${at}, in ${inWords(secondsLeft())}. Send your form now if you can. What you typed stays on this page in any case.`
    : `You have not used the service for a while, so you will be logged out at ${at}, in ${inWords(secondsLeft())}. What you typed stays on this page in any case.`;
  if (words.textContent !== text) words.textContent = text;
}

async function nearEnd(): Promise<void> {
  state = 'asking';
  take(await askServer(Date.now() - typedAt < WARN_SECONDS * 1000 ? 'POST' : 'GET'));
  if (secondsLeft() > WARN_SECONDS) {
    state = 'quiet';
    return;
  }
  state = 'warned';
  heading.textContent = final ? 'Your log-in session ends soon' : 'You will be logged out soon';
  stayButton.hidden = final;
  sayLeft();
  if (secondsLeft() > 0 && !dialog.open) dialog.showModal();
}

async function atEnd(): Promise<void> {
  state = 'asking';
  take(await askServer('GET'));
  if (secondsLeft() > 0) {
    state = 'quiet';
    return;
  }
  state = 'over';
  if (dialog.open) dialog.close();
  over.replaceChildren(overWords.content.cloneNode(true));
}

/** Somebody logged in again in another tab: this page can go on. */
async function perhapsBack(): Promise<void> {
  const left = await askServer('GET');
  if (!left || left.secondsLeft <= 0) return;
  take(left);
  state = 'quiet';
  over.replaceChildren();
}

function turn(): void {
  if (state === 'asking' || state === 'over') return;
  const left = secondsLeft();
  if (left <= 0) void atEnd();
  else if (left <= WARN_SECONDS && state === 'quiet') void nearEnd();
  else if (state === 'warned') sayLeft();
}

document.addEventListener('input', () => {
  typedAt = Date.now();
});
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  if (state === 'over') void perhapsBack();
  else turn();
});
dialog.addEventListener('close', () => {
  if (state === 'warned') state = 'dismissed';
});
dialog.querySelector('[data-session-close]')?.addEventListener('click', () => dialog.close());
stayForm.addEventListener('submit', async (event) => {
  event.preventDefault();
  take(await askServer('POST'));
  if (secondsLeft() <= 0) {
    await atEnd();
    return;
  }
  state = 'quiet';
  dialog.close();
});
setInterval(turn, TURN_MS);
