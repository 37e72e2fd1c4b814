/**
 * The player's shell: the same for every candidate, with nothing in it that is anybody's own, because browsers keep it
 * for a reload without network. The island fills it (src/islands/player).
 */
import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { actionBar, examPage, icon, questionMapKey } from '#ui';
import { rulesOfConduct } from './rules.ts';
import { textAndColours } from './text-and-colours.ts';

/** GET /sit/test */
export function playerPage(frame: Frame): Safe {
  return examPage(
    {
      ...frame,
      // The reader's own theme is not the seat's: candidates choose under "Text and colours".
      shell: { ...frame.shell, theme: null, person: null, organisation: null, systems: [], path: '/sit/test' },
      title: 'Your test',
      test: `${frame.shell.brand.name} Online Assessments`,
      saved: '',
      secondsLeft: 0,
      bodyClass: 'player',
      scripts: ['player.js'],
      icons: ['alert', 'check', 'clock', 'flag', 'info', 'lock', 'monitor', 'nowifi', 'pause', 'text'],
      foot: html`<button class="ao-btn quiet" type="button" data-go="back">${icon('left')}<span>Back</span></button>
<button class="ao-btn" type="button" data-go="next"><span data-next-words>Next</span>${icon('arrow')}</button>
<button class="ao-btn quiet" type="button" data-flag aria-pressed="false">${icon('flag')}<span>Flag<span class="hide-s"> to check later</span></span></button>`,
    },
    html`<div data-seat="player">
<noscript><div class="ao-sit"><h1>This test needs JavaScript</h1><p>JavaScript is switched off in this browser, so your answers could not be kept safe. Put your hand up: your invigilator switches it on or moves you to another computer. Your time has not started.</p></div></noscript>
<div role="status" data-notices></div>
<p class="govuk-visually-hidden" role="status" data-spoken></p>
<section data-screen="loading" hidden><p class="govuk-visually-hidden" role="status">Your test is being fetched.</p><div class="ao-card"><div class="ao-skel"></div><div class="ao-skel"></div><div class="ao-skel"></div></div></section>
<section class="ao-sit" data-screen="rules" hidden>${rulesOfConduct()}</section>
<section data-screen="question" hidden>${questionScreen()}</section>
<section class="ao-review" data-screen="review" hidden>${reviewScreen()}</section>
<section class="ao-sit" data-screen="message" hidden><div class="ao-card ao-halt"><span class="ao-ico" data-message-icon></span><h1 tabindex="-1" data-message-title></h1><div data-message-body></div><div class="row mt" data-message-actions></div></div></section>
${handInDialog()}
${textAndColours()}
</div>`,
  );
}

function questionScreen(): Safe {
  return html`<div class="split"><div><div data-question></div><p class="ao-kept" data-kept></p></div>
<aside class="ao-card" aria-labelledby="map"><header><h2 id="map">Questions</h2><span class="muted small" data-counts></span></header>
<ol class="ao-map" data-map></ol>${questionMapKey()}
<div class="row mt"><button class="ao-btn quiet sm block" type="button" data-open="look">${icon('text')}Text and colours</button><button class="ao-btn quiet sm block" type="button" data-go="review">Review and finish</button></div></aside></div>`;
}

function reviewScreen(): Safe {
  return html`<div class="row between"><h1 tabindex="-1">Review and finish</h1><button class="ao-btn quiet sm" type="button" data-open="look">${icon('text')}Text and colours</button></div><p class="lead muted">Choose a question to go back to it.</p>
<div class="ao-card flush"><table class="ao-table"><caption class="govuk-visually-hidden">Your questions</caption><thead><tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">State</th></tr></thead><tbody data-review></tbody></table></div>
${actionBar(
  html`<span class="strong" data-review-counts></span>`,
  html`<button class="ao-btn quiet" type="button" data-go="question">Back<span class="hide-s"> to the questions</span></button><button class="ao-btn" type="button" data-open="hand-in">Hand in</button>`,
)}`;
}

function handInDialog(): Safe {
  return html`<dialog class="ao-dialog narrow" id="hand-in" aria-labelledby="hand-in-heading"><header><h2 id="hand-in-heading">Hand in your test?</h2></header><div class="body"><p data-hand-in-counts></p><p>After that you cannot change anything.</p><div class="row mt"><button class="ao-btn" type="button" data-hand-in>Hand in now</button><button class="ao-btn quiet" type="button" data-close autofocus>Go back to my answers</button></div></div></dialog>`;
}
