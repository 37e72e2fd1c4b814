/** Larger text and other colours, for everyone and at any time: no approval is needed for them. */
import { html, type Safe } from '#platform/html/html.ts';
import { icon } from '#ui';

const SIZES = [
  ['standard', 'Standard'],
  ['large', 'Large'],
  ['largest', 'Largest'],
] as const;

const COLOURS = [
  ['light', 'Dark on light'],
  ['dark', 'Light on dark'],
  ['cream', 'Dark on cream'],
  ['yellow', 'Yellow on black'],
] as const;

/** The dialog; the island applies a choice at once and remembers it for this sitting. */
export function textAndColours(): Safe {
  return html`<dialog class="ao-dialog narrow" id="look" aria-labelledby="look-heading"><header><h2 id="look-heading">Text and colours</h2><button class="ao-mini" type="button" data-close aria-label="Close Text and colours">${icon('x')}</button></header><div class="body">${choices('Text size', 'size', SIZES)}${choices('Colours', 'colours', COLOURS)}<div class="row mt"><button class="ao-btn" type="button" data-close>Done</button></div></div></dialog>`;
}

function choices(legend: string, name: string, items: readonly (readonly [string, string])[]): Safe {
  return html`<fieldset class="govuk-fieldset ao-look"><legend class="govuk-fieldset__legend">${legend}</legend><div class="govuk-radios govuk-radios--small">${items.map(
    ([value, label]) =>
      html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" name="${name}" id="${name}-${value}" value="${value}" autocomplete="off"><label class="govuk-label govuk-radios__label" for="${name}-${value}">${label}</label></div>`,
  )}</div></fieldset>`;
}
