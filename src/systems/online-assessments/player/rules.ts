/** What a candidate reads before the start (Operating Manual: conduct of online tests). */
import { html, type Safe } from '#platform/html/html.ts';
import { icon } from '#ui';

const RULES = [
  'Work alone. Nobody may help you, and you may not help anyone.',
  'No phone, watch that connects, notes, books or other windows, unless your invigilator allowed it for this test.',
  'Do not save, copy, photograph or write down the questions, now or later.',
  'Stay at your seat. Put your hand up if you need anything.',
] as const;

/** The rules, the reckoning of the candidate's own time (filled in by the island) and the start. */
export function rulesOfConduct(): Safe {
  return html`<h1 tabindex="-1">Before you start</h1>
<p class="lead muted">Your time starts when you press Start, not before.</p>
<section class="ao-card" aria-labelledby="time-heading"><h2 id="time-heading">Your time</h2><p class="ao-reckoning" data-reckoning></p><p class="muted m0" data-questions></p></section>
<section class="ao-card mt" aria-labelledby="rules-heading"><h2 id="rules-heading">The rules</h2><ul class="ao-rules">${RULES.map(
    (rule) => html`<li>${icon('check')}<span>${rule}</span></li>`,
  )}</ul><p class="muted">Breaking them is malpractice. Your centre must report it, and your result may be refused.</p>
<h2>Your answers</h2><p class="muted">Each is saved as you choose it. If the connection fails, go on: your answers are kept on this computer and sent when it returns.</p></section>
<div class="govuk-form-group mt" data-rules-read><p class="govuk-error-message" id="rules-error" hidden><span class="govuk-visually-hidden">Error:</span> Read the rules, then tick the box to start</p><div class="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="rules-read" type="checkbox" autocomplete="off"><label class="govuk-label govuk-checkboxes__label" for="rules-read">I have read the rules and I keep to them</label></div></div></div>
<button class="ao-btn" type="button" data-start>Start the test</button>`;
}
