import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { FieldError } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { type Crumb, crumbs, errorSummary, pageHead } from '#ui';
import { type Hub, hubPage, whose } from './hub-page.ts';

export interface FormPageOptions {
  readonly title: string;
  /** Where the page stands; the last is the page itself. */
  readonly crumbs: readonly Crumb[];
  readonly errors: readonly FieldError[];
  /** Offers the awarding body another centre, where the act is begun from its list of centres. */
  readonly mayChooseCentre?: boolean;
}

/** A page about one centre with a form: first what is wrong, then where it stands and whose it is, then the body. */
export function formPage(
  frame: Frame,
  hub: Hub,
  { title, crumbs: path, errors, mayChooseCentre = false }: FormPageOptions,
  body: HtmlValue,
): Safe {
  const lead = mayChooseCentre
    ? html`${whose(hub)}. <a href="/centres-hub/centres">Choose another centre</a>`
    : whose(hub);
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs(path)}
${pageHead({ title, lead })}
${body}`,
  );
}
