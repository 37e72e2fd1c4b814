/** The bar at the top, and the notices under it. */
import type { Paper } from '../../systems/online-assessments/protocol/wire.ts';
import { clockText } from './clock.ts';
import { drawing, make, part, say } from './page.ts';
import type { Notice } from './wording.ts';

/** Whose test this is. */
export function nameSeat(paper: Pick<Paper, 'title' | 'candidateName' | 'candidateNumber'>): void {
  const who = part('.ao-exam-top .who');
  who.replaceChildren(
    make('span', { class: 'strong' }, paper.title),
    make('small', {}, `${paper.candidateName}, `, make('span', { class: 'code' }, paper.candidateNumber)),
  );
}

/** The state of the answers in words and with a sign. */
export function showSaved(words: string, calm: boolean): void {
  const box = part('[data-saved]');
  say(part('[data-saved-words]'), words);
  if (box.dataset.shown === words) return;
  box.dataset.shown = words;
  box.classList.toggle('off', !calm && words === 'Kept on this device');
  const name = words === 'On this device' ? 'monitor' : words === 'Kept on this device' ? 'nowifi' : 'check';
  box.querySelector('svg')?.replaceWith(drawing(name));
}

export function showClock(remainingMs: number): void {
  document.body.dataset.clock = '1';
  say(part('[data-left]'), clockText(remainingMs));
}

export function hideClock(): void {
  delete document.body.dataset.clock;
}

/** The time can be hidden, and comes back for nobody but the candidate. */
export function hideTimeButton(): void {
  const button = part('[data-hide-time]');
  button.addEventListener('click', () => {
    const time = part('[data-left]');
    time.hidden = !time.hidden;
    button.textContent = time.hidden ? 'Show time' : 'Hide time';
  });
}

/** Draws the notices; one that stands already is not spoken again. */
export function showNotices(notices: readonly Notice[]): void {
  const box = part('[data-notices]');
  const shown = JSON.stringify(notices);
  if (box.dataset.shown === shown) return;
  box.dataset.shown = shown;
  box.replaceChildren(
    ...notices.map(({ tone, icon, title, text }) =>
      make(
        'div',
        { class: `ao-note ${tone}` },
        drawing(icon),
        make('div', { class: 'grow' }, make('span', { class: 'strong' }, title), ` ${text}`),
      ),
    ),
  );
}
