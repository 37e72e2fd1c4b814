/**
 * HTML as typed functions: `html` escapes every value by default and nests without marks.
 * Values may be text, numbers, other `html` results, lists of these, or nothing (null, undefined, false).
 */

/** Text that is already HTML. Only `html` and `trustedHtml` make it. */
export class Safe {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type HtmlValue = Safe | string | number | bigint | null | undefined | false | readonly HtmlValue[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for element content and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => ENTITIES[c] as string) : text;
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (value instanceof Safe) return value.text;
  if (Array.isArray(value)) {
    let out = '';
    for (const item of value) out += render(item);
    return out;
  }
  return String(value);
}

/** Builds HTML from a template; attribute values must stand in double quotes (a fence checks this). */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Safe {
  let out = strings[0] as string;
  for (let i = 0; i < values.length; i++) out += render(values[i]) + strings[i + 1];
  return new Safe(out);
}

/** Marks text as HTML without escaping. Each use states why its text is safe. */
export function trustedHtml(text: string): Safe {
  return new Safe(text);
}

/** A link target made from data: a path of this site, or https; anything else becomes '#'. */
export function safeUrl(url: string): string {
  if (/^\/(?![/\\])/.test(url) || /^#[\w-]*$/.test(url) || /^\?/.test(url)) return url;
  if (/^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?\/\S*$/.test(url)) return url;
  return /^(https:\/\/|mailto:)[^\s]+$/i.test(url) ? url : '#';
}
