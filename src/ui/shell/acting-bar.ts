/** As whom a person acts, on every page; and the way to act for another with one press. */
import { html, type Safe } from '#platform/html/html.ts';
import { codeText } from '../data/text.ts';
import { hiddenField } from '../form/inputs.ts';
import { icon } from '../icons.ts';
import type { ActingChoice, ShellContext } from './context.ts';

/** The strip beneath the top bar. Nothing for visitors and people without a membership. */
export function actingBar({ acting }: ShellContext): Safe | null {
  if (!acting) return null;
  const others = acting.choices.filter(({ value }) => value !== acting.current.value);
  return html`<div class="ao-acting" role="region" aria-label="For whom you act"><div class="wrap"><span class="who"><span class="govuk-visually-hidden">You act for </span>${who(acting.current)}</span>${
    others.length > 0 &&
    html`<details><summary>Switch${icon('chev')}</summary><ul aria-label="Act for">${others.map(
      (one) =>
        html`<li><form method="post" action="/act-for">${hiddenField('organisationId', one.value)}<button type="submit">${who(one)}</button></form></li>`,
    )}</ul></details>`
  }</div></div>`;
}

function who({ name, centreNumber, roles }: ActingChoice): Safe {
  return html`<strong>${name}</strong>${centreNumber && html`, centre ${codeText(centreNumber)}`}<span class="roles"><span class="govuk-visually-hidden">: </span>${roles}</span>`;
}
