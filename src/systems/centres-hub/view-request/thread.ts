import { html, type Safe } from '#platform/html/html.ts';
import { card, formatBytes, formatDateTime, link, trail } from '#ui';
import { fileHref } from '../attach-file/files.ts';
import type { ThreadEntry } from './request-facts.ts';

const WHAT: Record<ThreadEntry['kind'], string> = {
  submitted: 'submitted the request',
  question: 'asked',
  answer: 'answered',
  remark: 'added',
  note: 'noted, for the awarding body alone',
  assigned: 'assigned it',
  decided: 'decided',
  effect: 'What the decision did',
  withdrawn: 'withdrew the request',
};

const SIDES = { centre: 'The centre', body: 'The awarding body', system: '' } as const;

/** Everything that was said and done about a request, oldest first. */
export function threadCard(requestId: string, thread: readonly ThreadEntry[], forBody: boolean): Safe {
  const href = fileHref(requestId);
  return card(
    { title: 'What happened', id: 'thread' },
    trail(
      thread
        .filter(({ kind }) => forBody || kind !== 'assigned')
        .map((entry) => ({
          when: formatDateTime(entry.at, 'list', entry.at),
          what: html`<b>${entry.kind === 'effect' ? WHAT.effect : `${entry.name ?? SIDES[entry.side]} ${WHAT[entry.kind]}`}</b>${
            entry.words && html`<span class="ao-said">${entry.words}</span>`
          }${entry.files.map((file) => html`<span class="ao-said-file">${link(file.name, href(file))} <span class="muted">${formatBytes(file.bytes)}</span></span>`)}`,
        })),
    ),
  );
}
