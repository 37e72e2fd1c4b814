/** Takes frames of a page with a drawn pointer, on a clock of its own: what is waited for takes no time in the film. */
import type { Locator, Page } from 'playwright-core';

export const FILM_WIDTH = 1024;
export const FILM_HEIGHT = 640;
/** Milliseconds between two frames of a movement: five in a second. */
const BEAT = 200;

export interface Frame {
  /** Milliseconds from the beginning. */
  readonly at: number;
  /** A step begins here. */
  readonly scene: boolean;
  readonly png: Buffer;
}

export class Camera {
  readonly frames: Frame[] = [];
  now = 0;
  readonly #page: Page;
  #x = FILM_WIDTH / 2;
  #y = FILM_HEIGHT / 2;
  #scene = true;
  constructor(page: Page) {
    this.#page = page;
  }

  /** The next frame begins a step. */
  beginScene(): void {
    this.#scene = true;
  }

  /** Shows the page as it stands for so many seconds. */
  async hold(seconds: number): Promise<void> {
    await this.#frame(false);
    this.now += Math.round(seconds * 5) * BEAT;
  }

  /** Brings the control into sight and leads the pointer to it. */
  async pointTo(locator: Locator): Promise<void> {
    await locator.waitFor();
    const box = await locator.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      if (top < 60 || bottom > innerHeight - 40) element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, width, top: y, height } = element.getBoundingClientRect();
      return { x: left + Math.min(width * 0.6, 220), y: y + height * 0.6 };
    });
    const from = { x: this.#x, y: this.#y };
    const beats = 4;
    for (let beat = 1; beat <= beats; beat++) {
      // Slow at the end, as a hand is.
      const part = 1 - (1 - beat / beats) ** 2;
      this.#x = from.x + (box.x - from.x) * part;
      this.#y = from.y + (box.y - from.y) * part;
      await this.#frame(false);
      this.now += BEAT;
    }
  }

  /** The pointer presses. */
  async press(): Promise<void> {
    await this.#frame(true);
    this.now += 2 * BEAT;
  }

  async #frame(pressed: boolean): Promise<void> {
    await this.#page.evaluate(drawPointer, { x: this.#x, y: this.#y, pressed });
    const png = await this.#page.screenshot({ caret: 'initial' });
    const last = this.frames.at(-1);
    if (last && last.at === this.now) this.frames.pop();
    this.frames.push({ at: this.now, scene: this.#scene || (last?.at === this.now && last.scene), png });
    this.#scene = false;
  }
}

/** Runs in the page: an arrow, and a ring round its tip while it presses. */
function drawPointer({ x, y, pressed }: { x: number; y: number; pressed: boolean }): void {
  const part = (name: string) => {
    const found = document.querySelector<HTMLElement>(`[data-pointer="${name}"]`);
    if (found) return found;
    const made = document.createElement('div');
    made.dataset.pointer = name;
    made.setAttribute('aria-hidden', 'true');
    document.body.append(made);
    return made;
  };
  const common = { position: 'fixed', zIndex: '9999', pointerEvents: 'none' };
  Object.assign(part('ring').style, common, {
    left: `${x - 18}px`,
    top: `${y - 18}px`,
    width: '36px',
    height: '36px',
    borderRadius: '50%',
    border: '4px solid #c9362e',
    boxSizing: 'border-box',
    visibility: pressed ? 'visible' : 'hidden',
  });
  Object.assign(part('edge').style, common, {
    left: `${x - 2}px`,
    top: `${y - 3}px`,
    width: '22px',
    height: '32px',
    background: '#ffffff',
    clipPath: 'polygon(0 0, 100% 68%, 58% 70%, 80% 100%, 56% 100%, 36% 74%, 0 94%)',
  });
  Object.assign(part('arrow').style, common, {
    left: `${x}px`,
    top: `${y}px`,
    width: '17px',
    height: '26px',
    background: '#0b2530',
    clipPath: 'polygon(0 0, 100% 68%, 58% 70%, 80% 100%, 56% 100%, 36% 74%, 0 94%)',
  });
}
