import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { type Crumb, crumbs, errorSummary, pageHead } from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';

export interface ApiPageOptions {
  readonly title: string;
  readonly lead?: HtmlValue;
  /** Between "API" and the page itself. */
  readonly under?: Crumb;
  readonly errors?: readonly FieldError[];
  /** There is something to copy (`shownOnce`). */
  readonly copies?: boolean;
}

/** A secret that is shown this once, with a button that copies it where scripts run. */
export const shownOnce = (secret: string, what: string): Safe =>
  html`<span class="wrap-any"><span class="code" id="shown-once">${secret}</span></span> <button class="ao-btn quiet sm" type="button" data-copy="shown-once" aria-label="Copy the ${what}" hidden>Copy</button>`;

/** A page of a key, an address or a delivery: first what is wrong, then where it stands, then the body. */
export function apiPage(
  context: Context,
  { title, lead, under, errors = [], copies = false }: ApiPageOptions,
  body: HtmlValue,
): Promise<Safe> {
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0, ...(copies && { scripts: ['copy-text.js'] }) },
    html`${errorSummary(errors)}
${crumbs([{ label: 'API', href: '/web-portal/api' }, ...(under ? [under] : []), { label: title }])}
${pageHead({ title, ...(lead !== undefined && { lead }) })}
${body}`,
  );
}
