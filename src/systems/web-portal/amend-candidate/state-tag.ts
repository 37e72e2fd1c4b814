import type { Safe } from '#platform/html/html.ts';
import { tag } from '#ui';
import { AMENDMENT_WORDS, type AmendmentState } from './amendment-rule.ts';

/** The state of a correction, as lists and pages show it. */
export function amendmentTag(state: AmendmentState): Safe {
  const words = AMENDMENT_WORDS[state];
  if (state === 'granted' || state === 'done') return tag(words, 'ok', 'check');
  return state === 'asked' ? tag(words, 'info', 'clock') : tag(words);
}
