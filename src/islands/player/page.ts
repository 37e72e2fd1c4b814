/** The parts of the shell that the server wrote and the island fills. */

/** The element of the shell; the shell is ours, so a missing part is a fault of the build. */
export function part<E extends HTMLElement = HTMLElement>(selector: string): E {
  const element = document.querySelector<E>(selector);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** An element with text, attributes and children; values never become HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing that the shell carries (see `icons` of its page). */
export function drawing(name: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/** Sets text only when it changed, so that a status is spoken once. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export type ScreenName = 'loading' | 'rules' | 'question' | 'review' | 'message';

/** Shows one screen of the shell and hides the others. */
export function showScreen(name: ScreenName): void {
  document.body.dataset.shows = name;
  for (const screen of document.querySelectorAll<HTMLElement>('[data-screen]')) {
    screen.hidden = screen.dataset.screen !== name;
  }
}

/** A page that is one message: what is safe, what happened, what to do. */
export interface Message {
  readonly icon: string;
  readonly tone?: 'ok' | 'warn' | 'bad';
  readonly title: string;
  readonly lines: readonly string[];
  /** Something to note down, in large type, after the lines. */
  readonly code?: string;
  readonly actions?: readonly { readonly words: string; readonly quiet?: boolean; readonly run: () => void }[];
}

let shown = '';

/**
 * Shows a message; a new heading takes the focus, so that it is read out. One that stands already is left alone: a
 * button must not be exchanged under the finger that presses it.
 */
export function showMessage(message: Message): void {
  const { icon, tone, title, lines, code, actions = [] } = message;
  const now = JSON.stringify([icon, tone, title, lines, code, actions.map(({ words }) => words)]);
  const inSight = document.body.dataset.shows === 'message';
  if (inSight && now === shown) return;
  shown = now;
  const heading = part('[data-message-title]');
  const fresh = !inSight || heading.textContent !== title;
  const sign = part('[data-message-icon]');
  sign.className = `ao-ico ${tone ?? ''}`.trim();
  sign.replaceChildren(drawing(icon));
  say(heading, title);
  const body = part('[data-message-body]');
  body.setAttribute('role', 'status');
  body.replaceChildren(...lines.map((line) => make('p', {}, line)));
  if (code) body.append(make('p', { class: 'ao-words' }, code));
  const buttons = actions.map(({ words, quiet, run }) => {
    const button = make('button', { type: 'button', class: quiet ? 'ao-btn quiet' : 'ao-btn' }, words);
    button.addEventListener('click', run);
    return button;
  });
  part('[data-message-actions]').replaceChildren(...buttons);
  showScreen('message');
  if (fresh) heading.focus();
}
