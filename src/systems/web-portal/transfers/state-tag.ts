import type { Safe } from '#platform/html/html.ts';
import { tag } from '#ui';
import { TRANSFER_WORDS, type TransferState } from './transfer-state.ts';

/** The state of a transfer, as lists and pages show it. */
export function transferTag(state: TransferState): Safe {
  const words = TRANSFER_WORDS[state];
  if (state === 'accepted') return tag(words, 'ok', 'check');
  return state === 'asked' ? tag(words, 'info', 'clock') : tag(words);
}
