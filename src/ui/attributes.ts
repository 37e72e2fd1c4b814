/** Attributes and class names from plain values, escaped. */
import { escapeHtml, type Safe, trustedHtml } from '#platform/html/html.ts';

export type AttributeValue = string | number | boolean | null | undefined;

/**
 * Attributes with a leading space, ready to stand after a tag name. `true` gives the bare name, `false`, `null` and
 * `undefined` leave the attribute out. Names are written by programmers, values may be data.
 */
export function attributes(values: Record<string, AttributeValue>): Safe {
  let out = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === false || value === null || value === undefined) continue;
    out += value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`;
  }
  // Every value went through escapeHtml and stands in double quotes.
  return trustedHtml(out);
}

/** Joins class names, leaving out what is empty. */
export function classes(...names: (string | number | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
