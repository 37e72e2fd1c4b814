/** The shell of the test seat: no way out of it but its own buttons. */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { codeText } from '../data/text.ts';
import { formatClock } from '../format/dates.ts';
import { icon } from '../icons.ts';
import type { PageOptions } from './context.ts';
import { documentOptions, documentPage } from './document.ts';

export interface ExamPageOptions extends PageOptions {
  /** Title of the test, or of the service before a test is chosen. */
  test: string;
  candidate?: { name: string; number: string };
  /** What has happened to the answers, in words. The island keeps it up to date. */
  saved?: string;
  /** Seconds left as the server counts them; the clock is shown only when given. */
  secondsLeft?: number;
  /** The bar at the foot: Back, Next, Flag. */
  foot?: Safe;
  /** A class of the body beside the shell's own, for a page that an island fills. */
  bodyClass?: string;
}

/** A complete page of the test seat. `body` stands in `main` inside the content width. */
export function examPage(options: ExamPageOptions, body: HtmlValue): Safe {
  const { candidate } = options;
  return documentPage(
    documentOptions(options, options.bodyClass ? `ao-exam ${options.bodyClass}` : 'ao-exam', true),
    html`<header class="ao-exam-top"><div class="wrap"><span class="who"><span class="strong">${options.test}</span>${
      candidate && html`<small>${candidate.name}, ${codeText(candidate.number)}</small>`
    }</span>
${options.saved !== undefined && html`<span class="push ao-saved" role="status" data-saved>${icon('check')}<span data-saved-words>${options.saved}</span></span>`}
${options.secondsLeft !== undefined && clock(options.secondsLeft)}
</div></header>
<main id="main" tabindex="-1"><div class="wrap">
${body}
</div></main>
${options.foot && html`<nav class="ao-examfoot" aria-label="Move between questions"><div class="wrap row">${options.foot}</div></nav>`}`,
  );
}

function clock(seconds: number): Safe {
  return html`<span class="ao-timer" role="timer" aria-label="Time left">${icon('clock')}<strong data-left="${Math.floor(seconds)}">${formatClock(
    seconds,
  )}</strong></span><button class="tool" type="button" data-hide-time>Hide time</button>`;
}
