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
}

/** A page of a key, an address or a delivery: first what is wrong, then where it stands, then the body. */
export function apiPage(
  context: Context,
  { title, lead, under, errors = [] }: ApiPageOptions,
  body: HtmlValue,
): Promise<Safe> {
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'API', href: '/web-portal/api' }, ...(under ? [under] : []), { label: title }])}
${pageHead({ title, ...(lead !== undefined && { lead }) })}
${body}`,
  );
}
