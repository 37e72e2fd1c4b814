import type { Safe } from '#platform/html/html.ts';
import { tag } from '#ui';
import { PRIOR_LEARNING_WORDS, type PriorLearningState, whoseMove } from './prior-learning-state.ts';

/** The state of a claim of prior learning, as lists and pages show it. */
export function priorLearningTag(state: PriorLearningState): Safe {
  const words = PRIOR_LEARNING_WORDS[state];
  if (state === 'granted') return tag(words, 'ok', 'check');
  if (state === 'returned') return tag(words, 'warn', 'alert');
  return whoseMove(state) === null ? tag(words) : tag(words, 'info', 'clock');
}
