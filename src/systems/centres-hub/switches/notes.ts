import { html, type Safe } from '#platform/html/html.ts';
import { formatDate, formatDateTime, note } from '#ui';
import { CAPABILITY_NAMES } from '../capabilities/capability-answer.ts';
import type { Stopped } from './switches.ts';

/** What is stopped at the centre, each with product, day and reason. */
export function stoppedNotes(stopped: readonly Stopped[]): Safe {
  return html`${stopped.map((one) =>
    note(
      html`${one.productTitle ?? 'Every product'}, since ${formatDate(one.switchedOffAt)}${one.until && html`, until ${formatDateTime(one.until)}`}, by ${one.switchedOffBy}. Reason: ${one.reason}`,
      {
        tone: 'bad',
        title: `Stopped: ${CAPABILITY_NAMES[one.capability].toLowerCase()}.`,
      },
    ),
  )}`;
}
