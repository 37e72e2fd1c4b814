/** Between the seat's log-in and the start: who has to do what. */
import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { codeText, examPage, linkButton, stages, summaryList } from '#ui';
import type { SeatState } from '../protocol/wire.ts';

export interface WaitingPage {
  readonly state: Pick<
    SeatState,
    'state' | 'test' | 'candidateName' | 'candidateNumber' | 'seat' | 'questions' | 'reckoning'
  >;
  /** Who may confirm the identity in this room; empty when nobody has opened the session. */
  readonly invigilators?: readonly string[];
}

/** Without script the page asks again by itself. */
const RELOAD_SECONDS = 10;

const STEPS = ['Your details', 'Identity check', 'The rules', 'Your test'];

/** GET /sit/waiting, for the states booked and checked_in; the others belong elsewhere (`goTo`). */
export function waitingPage(frame: Frame, { state, invigilators = [] }: WaitingPage): Safe {
  const admitted = state.state === 'checked_in';
  const who =
    invigilators.length === 0
      ? 'your invigilator'
      : new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(invigilators);
  return examPage(
    {
      ...frame,
      title: admitted ? 'You can start' : 'Waiting for your invigilator',
      test: state.test,
      candidate: { name: state.candidateName, number: state.candidateNumber },
      scripts: ['player.js'],
      head: html`<noscript><meta http-equiv="refresh" content="${RELOAD_SECONDS}"></noscript>`,
    },
    html`<div class="ao-sit" data-seat="waiting">${stages(STEPS, admitted ? 2 : 1)}
<h1 class="mt-l">${admitted ? 'You can start' : 'Wait for your invigilator'}</h1>
${
  admitted
    ? html`<p class="lead muted">Your identity is confirmed. Next, read the rules of this test.</p>`
    : html`<p class="lead muted" role="status">${capital(who)} must check who you are and confirm it. Have your photo ID ready. This page goes on by itself.</p>`
}
<section class="ao-card" aria-labelledby="right"><h2 id="right">Is this right?</h2>${summaryList([
      ['Name', state.candidateName],
      ['Candidate number', codeText(state.candidateNumber)],
      ['Test', state.test],
      ['Seat', state.seat],
      ['Questions', state.questions],
      ['Your time', state.reckoning],
    ])}<p class="muted mt">If anything is wrong, put your hand up before you start.</p></section>
<p class="mt">${
      admitted ? linkButton('Read the rules', '/sit/test') : html`<a href="/sit/waiting">Look again now</a>`
    }</p></div>`,
  );
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
