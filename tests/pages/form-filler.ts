/** Reads the forms of a page as a browser without script would send them, with believable text in the empty fields. */

export interface FoundForm {
  readonly action: string;
  readonly fields: Record<string, string>;
}

/** What a person could have typed, by the field's name; anything else gets a word. */
const BELIEVABLE: readonly (readonly [RegExp, string])[] = [
  [/email/i, 'nora.field@example.com'],
  [/-day$/, '14'],
  [/-month$/, '3'],
  [/-year$/, '2004'],
  [/year/i, '2026'],
  [/uln$/i, '1000000035'],
  [/postcode/i, 'SG13 8PQ'],
  [/reason/i, 'A reason that is long enough to be read and understood later'],
  [/minutes|rooms?|places|seats|count/i, '10'],
  [/time/i, '10:30'],
  [/date|day|from|until/i, '2027-03-14'],
  [/pin/i, '12345678'],
];

const plainText = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plainText(found[1] ?? '') : undefined;
};

/** The forms of a page that post. */
export function formsOf(page: string): FoundForm[] {
  return [...page.matchAll(/<form\b[^>]*method="post"[^>]*>[\s\S]*?<\/form>/gi)].map(([text]) => ({
    action: attribute(text.slice(0, text.indexOf('>')), 'action') ?? '',
    fields: fieldsOf(text),
  }));
}

/** The names of the query that a page's own links and filters use. */
export function queryNames(page: string): string[] {
  const names = new Set<string>();
  for (const [, query = ''] of page.matchAll(/href="\/[^"?]*\?([^"#]*)"/g))
    for (const name of new URLSearchParams(plainText(query)).keys()) names.add(name);
  for (const [text] of page.matchAll(/<form\b[^>]*method="get"[^>]*>[\s\S]*?<\/form>/gi))
    for (const name of Object.keys(fieldsOf(text))) names.add(name);
  return [...names];
}

function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of form.matchAll(/<(?:input|textarea|button)\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (!name || name in fields) continue;
    fields[name] = attribute(tag, 'value') || (BELIEVABLE.find(([pattern]) => pattern.test(name))?.[1] ?? 'Something');
  }
  for (const [select] of form.matchAll(/<select\b[\s\S]*?<\/select>/g)) {
    const name = attribute(select, 'name');
    const option = [...select.matchAll(/<option\b[^>]*>/g)].map(([tag]) => attribute(tag, 'value')).find(Boolean);
    if (name) fields[name] = option ?? '';
  }
  return fields;
}
