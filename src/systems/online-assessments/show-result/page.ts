import { html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import {
  card,
  examPage,
  form,
  formatDate,
  formatDateTime,
  formatTime,
  plural,
  resultRing,
  submitButton,
  summaryList,
  tag,
  topicList,
} from '#ui';
import type { HandInAnswer } from '../protocol/wire.ts';
import type { SeatSitting } from '../seat/seat-sitting.ts';
import { adviceFor, firstToRevise } from './advice.ts';

export interface ResultRow {
  readonly score: number;
  readonly maximum: number;
  readonly pass_mark: number;
  readonly passed: boolean;
  readonly topics: readonly { readonly topic: string; readonly score: number; readonly max: number }[];
  readonly next_sitting_from: Date | null;
}

export interface ResultPage {
  readonly sitting: SeatSitting;
  readonly submission: HandInAnswer;
  /** Null while the result is held or void. */
  readonly result: ResultRow | null;
}

const ENDED: Partial<Record<SeatSitting['state'], string>> = {
  void: 'This sitting was made void. Your invigilator can tell you why.',
};

/** The candidate's result: the verdict first, then the topics, what to revise, when the next sitting is allowed and why. */
export function resultPage(frame: Frame, { sitting, submission, result }: ResultPage): Safe {
  const candidate = { name: sitting.candidateName, number: sitting.candidateNumber };
  return examPage(
    { ...frame, title: 'Your result', test: sitting.test, candidate, form: true },
    html`<div class="ao-sit">${result ? verdict(sitting, result) : waiting(sitting)}
${result && topics(result)}
<div class="grid g2 mt-l">${result && next(sitting, result)}${receipt(submission)}</div>
${form({ action: '/sit/leave', class: 'mt-l' }, submitButton('Finish and free this seat', { look: 'quiet' }))}
</div>`,
  );
}

function verdict(sitting: SeatSitting, result: ResultRow): Safe {
  const { score, maximum, pass_mark: passMark, passed } = result;
  const title = passed ? `You passed, ${sitting.candidateGivenNames}` : `Not yet, ${sitting.candidateGivenNames}`;
  return html`<section class="ao-card ao-result">${resultRing({ score, outOf: maximum, passMark })}
<div><p class="m0">${passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')}</p><h1>${title}</h1><p class="lead">${sitting.test}, taken at ${sitting.centreName}. You needed ${passMark} and scored ${score}.</p></div></section>`;
}

function waiting(sitting: SeatSitting): Safe {
  return html`<section class="ao-card"><h1>Your answers are handed in</h1><p class="lead">${
    ENDED[sitting.state] ??
    'Your result is being checked by the awarding body. Your centre will tell you as soon as it is released.'
  }</p></section>`;
}

function topics({ topics: each }: ResultRow): Safe {
  return html`<section class="mt-l"><h2 class="mb">How you did in each topic</h2><div class="ao-card flush">${topicList(
    each.map(({ topic, score, max }) => ({ name: topic, right: score, outOf: max, ...adviceFor(score, max) })),
  )}</div></section>`;
}

function next(sitting: SeatSitting, result: ResultRow): Safe {
  if (result.passed)
    return card(
      { title: 'What happens next', id: 'next', tint: true },
      html`<p>Your centre sees this result now. It claims your certificate when all units of your qualification are achieved.</p>`,
    );
  const revise = firstToRevise(result.topics);
  return card(
    { title: 'What happens next', id: 'next', tint: true },
    html`${revise && html`<p>Revise first: ${revise}.</p>`}<p>${
      result.next_sitting_from && sitting.hoursAfterFail > 0
        ? `You can sit this test again from ${formatDateTime(result.next_sitting_from)}: ${plural(sitting.hoursAfterFail, 'hour')} after this sitting, so that there is time to revise.`
        : 'You can sit this test again as soon as your centre books it.'
    } Your centre books it for you.</p>`,
  );
}

function receipt({ content, words }: HandInAnswer): Safe {
  const at = new Date(content.at);
  return card(
    { title: 'Receipt for your answers', id: 'receipt', tint: true },
    html`<p>Note these four words: they prove that everything you answered arrived.</p><p class="lead strong">${words}</p>${summaryList(
      [
        ['Handed in', `${formatDate(at)} at ${formatTime(at, 'second')}`],
        ['Test', content.form],
        ['Entries kept', String(content.count)],
      ],
    )}`,
  );
}
