/** Small pieces of text. */
import { type HtmlValue, html, type Safe, safeUrl } from '#platform/html/html.ts';

/** A PIN, number or serial that people copy by hand, in the typeface that tells 0 from O and 1 from I. */
export function codeText(text: string): Safe {
  return html`<span class="code">${text}</span>`;
}

/** Text for assistive technology only. */
export function spoken(text: HtmlValue): Safe {
  return html`<span class="govuk-visually-hidden">${text}</span>`;
}

/** A link made from data. */
export function link(text: HtmlValue, href: string): Safe {
  return html`<a href="${safeUrl(href)}">${text}</a>`;
}

/** The name that opens a row of a list. */
export function rowLink(text: HtmlValue, href: string): Safe {
  return html`<a class="name" href="${safeUrl(href)}">${text}</a>`;
}

/** Long text: a manual section, help, terms. */
export function prose(content: HtmlValue, options: { card?: boolean } = {}): Safe {
  return html`<div class="${options.card ? 'ao-prose ao-card' : 'ao-prose'}">${content}</div>`;
}
