/** The blocks pages are put together from: heads, cards, tiles, agenda, notes, figures, steps. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes, classes } from '../attributes.ts';
import { formatDate, formatDateTime } from '../format/dates.ts';
import { type IconName, icon } from '../icons.ts';

/** The colour of a state; the word beside it carries the meaning. Normal things have none. */
export type Tone = 'ok' | 'warn' | 'bad' | 'info';

/** Heading of a page, with the counts or facts beneath and the actions beside it. */
export function pageHead(options: { title: HtmlValue; lead?: HtmlValue; actions?: HtmlValue }): Safe {
  return html`<div class="ao-pagehead"><div><h1>${options.title}</h1>${options.lead && html`<p>${options.lead}</p>`}</div>${
    options.actions && html`<div class="row">${options.actions}</div>`
  }</div>`;
}

export interface Crumb {
  label: string;
  href?: string;
}

/** Where the page stands. The last entry is the page itself and needs no link. */
export function crumbs(items: readonly Crumb[]): Safe {
  return html`<nav class="ao-crumbs" aria-label="Breadcrumb"><ol>${items.map((item) =>
    item.href
      ? html`<li><a href="${safeUrl(item.href)}">${item.label}</a></li>`
      : html`<li aria-current="page">${item.label}</li>`,
  )}</ol></nav>`;
}

export interface CardOptions {
  title?: HtmlValue;
  /** Id of the heading; required when the card has a title, so that the section is named by it. */
  id?: string;
  /** A link or tag at the right of the heading. */
  aside?: HtmlValue;
  /** No inner space, for tables and lists. */
  flush?: boolean;
  tint?: boolean;
  /** Name of the section when it has no visible title. */
  label?: string;
  class?: string;
}

/** One subject. */
export function card(options: CardOptions, body: HtmlValue): Safe {
  const heading = options.title !== undefined && html`<h2${attributes({ id: options.id })}>${options.title}</h2>`;
  const withHeader = heading && (options.aside || options.flush);
  return html`<section${attributes({
    class: classes('ao-card', options.flush && 'flush', options.tint && 'tint', options.class),
    'aria-labelledby': options.title !== undefined && options.id,
    'aria-label': options.title === undefined && options.label,
  })}>${withHeader ? html`<header>${heading}${options.aside}</header>` : heading}${body}</section>`;
}

export interface Tile {
  title: string;
  href: string;
  text: HtmlValue;
  icon: IconName;
  /** At most one tile of a page leads. */
  lead?: boolean;
  /** Opens this dialog in place of the page, such as `systems`. */
  dialog?: string;
}

/** Doors to other places. The whole tile is the link. */
export function tiles(items: readonly Tile[]): Safe {
  return html`<div class="ao-tiles">${items.map(
    (tile) =>
      html`<section class="${classes('ao-tile', tile.lead && 'lead')}"><span class="ao-ico">${icon(tile.icon)}</span><div><h3><a${attributes({ href: safeUrl(tile.href), 'data-dialog': tile.dialog })}>${tile.title}</a></h3><p>${tile.text}</p></div></section>`,
  )}</div>`;
}

export interface AgendaItem {
  tone?: Exclude<Tone, 'ok'>;
  icon: IconName;
  title: HtmlValue;
  why: HtmlValue;
  action?: { label: string; href: string; main?: boolean };
  /** Whose move it is, after "waits for": "you", "the awarding body". */
  whose?: string;
  /** Until when: a moment, or a day YYYY-MM-DD. */
  until?: Date | string | null;
}

/** A row of "Needs attention", as every system announces it. */
export interface AttentionItem extends AgendaItem {
  action: { label: string; href: string; main?: boolean };
  /** The system that announces it, by its name in System Access. */
  system: string;
  whose: string;
  /** Null: no date is set. */
  until: Date | string | null;
  /** 0 stops work now, 9 can wait. */
  urgency: number;
}

/** What needs a person, most urgent first; four at most, then a link to all of them beside the heading. */
export function agenda(items: readonly AgendaItem[]): Safe {
  return html`<ul class="ao-agenda">${items.map(
    (item) =>
      html`<li><span class="${classes('dot', item.tone)}">${icon(item.icon)}</span><div><span class="t">${item.title}</span><p>${item.why}</p>${item.whose && html`<p class="by">Waits for <b>${item.whose}</b>${item.until && html`, until ${untilText(item.until)}`}</p>`}</div>${
        item.action &&
        html`<a class="${classes('ao-btn sm', !item.action.main && 'quiet')}" href="${safeUrl(item.action.href)}">${item.action.label}</a>`
      }</li>`,
  )}</ul>`;
}

/** "13:30" would not say the day: "25 Nov, 13:30", or of a day "25 Nov 2026". */
export function untilText(until: Date | string): string {
  return typeof until === 'string' ? formatDate(until, 'list') : formatDateTime(until, 'list', until);
}

/** A list of times: tests of today, visits. */
export function times(items: readonly { time: string; body: HtmlValue }[]): Safe {
  return html`<ul class="ao-times">${items.map((item) => html`<li><time>${item.time}</time><div>${item.body}</div></li>`)}</ul>`;
}

/** A state in a word; with an icon when it asks for something. */
export function tag(text: HtmlValue, tone?: Tone, iconName?: IconName): Safe {
  return html`<span class="${classes('ao-tag', tone)}">${iconName && icon(iconName)}${text}</span>`;
}

const NOTE_ICONS = { ok: 'check', warn: 'alert', bad: 'alert', info: 'info' } as const satisfies Record<Tone, IconName>;

/**
 * One message in its context, three lines at most. `announce` reads it aloud when it appears after an action:
 * "Saved. 39 candidates are registered."
 */
export function note(
  body: HtmlValue,
  options: {
    tone?: Tone;
    icon?: IconName;
    title?: HtmlValue;
    action?: HtmlValue;
    announce?: boolean;
    class?: string;
  } = {},
): Safe {
  const tone = options.tone ?? 'info';
  return html`<div${attributes({ class: classes('ao-note', tone !== 'info' && tone, options.class), role: options.announce && 'status' })}>${icon(
    options.icon ?? NOTE_ICONS[tone],
  )}<div class="grow">${options.title && html`<span class="strong">${options.title}</span> `}${body}</div>${options.action}</div>`;
}

/** Progress with its figure beside it. `label` says what is counted and of whom. */
export function meter(options: {
  value: number;
  max: number;
  label: string;
  tone?: 'ok' | 'warn';
  text?: string;
}): Safe {
  return html`<span class="ao-meter">${bar(options)}<span class="small">${options.text ?? `${options.value}/${options.max}`}</span></span>`;
}

/** The bar alone, where the figure stands elsewhere. */
export function bar(options: { value: number; max: number; label: string; tone?: 'ok' | 'warn' }): Safe {
  return html`<progress class="${classes('ao-bar', options.tone)}" value="${options.value}" max="${options.max}" aria-label="${options.label}">${options.value} of ${options.max}</progress>`;
}

export interface Kpi {
  label: string;
  value: HtmlValue;
  comparison?: HtmlValue;
  tone?: 'ok' | 'warn' | 'bad';
}

/** Up to four figures that someone acts on, each with a comparison. */
export function kpis(items: readonly Kpi[]): Safe {
  return html`<dl class="ao-kpis">${items.map(
    (item) =>
      html`<div><dt>${item.label}</dt><dd${attributes({ class: item.tone && `${item.tone}c` })}>${item.value}${item.comparison && html`<small>${item.comparison}</small>`}</dd></div>`,
  )}</dl>`;
}

/** The three to five steps of a job; `current` counts from 0. */
export function stages(labels: readonly string[], current: number): Safe {
  return html`<ol class="ao-stages" aria-label="Progress">${labels.map(
    (label, index) =>
      html`<li${attributes({ class: index < current && 'past', 'aria-current': index === current && 'step' })}>${label}${
        index < current && html`<span class="govuk-visually-hidden">, done</span>`
      }</li>`,
  )}</ol>`;
}

/** Facts as pairs of words. Empty answers are left out. */
export function summaryList(rows: readonly ([HtmlValue, HtmlValue] | null | undefined | false)[]): Safe {
  return html`<dl class="ao-dl">${rows.map((row) => row && html`<div><dt>${row[0]}</dt><dd>${row[1]}</dd></div>`)}</dl>`;
}

/** Nothing here, and what to do about it. */
export function emptyState(options: { icon: IconName; title: HtmlValue; text: HtmlValue; actions?: HtmlValue }): Safe {
  return html`<div class="ao-empty"><span class="ao-ico">${icon(options.icon)}</span><p class="strong m0">${options.title}</p><p class="muted">${options.text}</p>${
    options.actions && html`<div class="row jc">${options.actions}</div>`
  }</div>`;
}

/** A short choice over the page. Its trigger is a link with `data-dialog="ID"` to a full page that does the same. */
export function dialog(options: { id: string; title: string; lead?: HtmlValue }, body: HtmlValue): Safe {
  return html`<dialog class="ao-dialog" id="${options.id}" aria-labelledby="${options.id}-heading"><header><div><h2 id="${options.id}-heading">${options.title}</h2>${
    options.lead && html`<p>${options.lead}</p>`
  }</div><button class="ao-mini" type="button" data-close aria-label="Close ${options.title}">${icon('x')}</button></header><div class="body">${body}</div></dialog>`;
}

/** More of the same for those who want it; `closedOnPhones` starts open except on small screens. */
export function details(summary: HtmlValue, body: HtmlValue, options: { closedOnPhones?: boolean } = {}): Safe {
  return html`<details${attributes({ class: 'ao-more', open: options.closedOnPhones, 'data-phone-closed': options.closedOnPhones })}><summary>${summary}</summary>${body}</details>`;
}

/** The bar that stays in sight on long pages: what is at stake at the left, the main button at the right. */
export function actionBar(stake: HtmlValue, buttons: HtmlValue): Safe {
  return html`<div class="ao-actions"><div>${stake}</div><div class="row">${buttons}</div></div>`;
}

/** What happened to something, newest first. */
export function trail(items: readonly { when: HtmlValue; what: HtmlValue }[]): Safe {
  return html`<ul class="ao-trail">${items.map((item) => html`<li><p>${item.what}</p><p class="muted small">${item.when}</p></li>`)}</ul>`;
}
