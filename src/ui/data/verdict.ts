/** The answer to "is it genuine?". */
import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import { type IconName, icon } from '../icons.ts';
import { summaryList } from './blocks.ts';

const ICONS = { ok: 'shield', warn: 'info', bad: 'x' } as const satisfies Record<string, IconName>;

export interface VerdictOptions {
  /** `ok` genuine and current, `warn` replaced or not found, `bad` withdrawn. */
  tone: 'ok' | 'warn' | 'bad';
  title: HtmlValue;
  text: HtmlValue;
  /** What the register says: holder, title, date. */
  facts?: readonly ([HtmlValue, HtmlValue] | null | undefined | false)[];
  foot?: HtmlValue;
}

/** A verdict in words, with the facts it stands on. */
export function verdict(options: VerdictOptions): Safe {
  return html`<section class="ao-card ao-verdict" role="status"><div class="band-${options.tone}">${icon(ICONS[options.tone])}<div><h2>${options.title}</h2><p class="m0">${options.text}</p></div></div>${
    options.facts && summaryList(options.facts)
  }${options.foot && html`<div class="row between foot">${options.foot}</div>`}</section>`;
}
