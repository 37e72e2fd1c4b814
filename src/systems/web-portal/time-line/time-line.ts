import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId } from '#platform/permissions/principal.ts';
import {
  type Column,
  crumbs,
  formatDateTime,
  inOrder,
  link,
  listFields,
  listOf,
  listPage,
  pageOf,
  trail,
  withWords,
} from '#ui';
import { type Candidate, candidateById, survivorOf } from '../candidates/candidates.ts';
import { joinedEvents, TIME_LINE_KINDS, type TimeLineEvent, type TimeLineKind } from '../contributions/time-line.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { ownEvents } from './own-events.ts';

const KIND_WORDS: Record<TimeLineKind, string> = {
  registration: 'Registrations',
  unit: 'Units',
  test: 'Tests',
  certificate: 'Certificates',
  request: 'Requests',
  record: 'The record',
};
/** Events on the candidate's own page. */
const NEWEST = 8;

/** Everything that happened to a candidate, as far as the reader may see it, newest first. */
export async function timeLineOf(reader: Reader, candidateId: string): Promise<TimeLineEvent[]> {
  const events = [...(await ownEvents(reader, candidateId)), ...(await joinedEvents(reader, candidateId))];
  return events.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** The newest events, for the candidate's page, and the way to all of them. */
export function newestEvents(candidateId: string, events: readonly TimeLineEvent[], now: Date): Safe {
  return html`${trail(
    events.slice(0, NEWEST).map((event) => ({
      what: html`<span class="strong">${event.what}</span>${event.about && html`, ${event.about}`}${event.why && html`: ${event.why}`}`,
      when: html`${formatDateTime(event.at, 'list', now)}${event.who && html`, ${event.who}`}`,
    })),
  )}
<p class="mt-s">${link(events.length > NEWEST ? `All ${events.length} events` : 'Time line', `/web-portal/candidates/${candidateId}/time-line`)}</p>`;
}

const params = z.object({ candidateId: z.uuid() });
const query = z.object({
  ...listFields(['at'], 'desc'),
  kind: z.enum(TIME_LINE_KINDS).optional().catch(undefined),
});
type Asked = z.infer<typeof query>;

const textOf = ({ what, about, why, who }: TimeLineEvent) => [what, about, why, who].filter(Boolean).join(' ');
const matching = (events: readonly TimeLineEvent[], { q }: Asked) => withWords(events, q, textOf);
const ordered = (events: readonly TimeLineEvent[], asked: Asked) =>
  inOrder(
    events.filter(({ kind }) => !asked.kind || kind === asked.kind),
    asked,
    { at: ({ at }) => at.toISOString() },
  );

async function look(
  context: Context<z.infer<typeof params>, Asked>,
): Promise<{ readonly candidate: Candidate; readonly events: TimeLineEvent[] } | string> {
  const { candidateId } = context.params;
  return context.read(async (reader) => {
    const candidate = await candidateById(reader, candidateId, actingCentreId(context.principal));
    if (candidate) return { candidate, events: await timeLineOf(reader, candidateId) };
    const survivor = await survivorOf(reader, candidateId);
    if (survivor === null) throw new NotFound();
    return survivor;
  });
}

/** GET /web-portal/candidates/:candidateId/time-line */
export const showTimeLine = handler({ params, query }, async (context): Promise<Answer> => {
  const found = await look(context);
  if (typeof found === 'string') return redirect(`/web-portal/candidates/${found}/time-line`);
  const { candidate } = found;
  const path = `/web-portal/candidates/${candidate.id}/time-line`;
  const name = `${candidate.givenNames} ${candidate.familyName}`;
  const asked = context.query;
  const list = listOf(path, query, asked);
  const events = matching(found.events, asked);
  const shown = ordered(events, asked);
  return page(
    await portalPage(
      context,
      { title: `Time line of ${name}` },
      html`${crumbs([{ label: 'Candidates', href: '/web-portal/candidates' }, { label: name, href: `/web-portal/candidates/${candidate.id}` }, { label: 'Time line' }])}
${listPage<TimeLineEvent>({
  ...list.shown(shown.length),
  title: 'Time line',
  lead: `What happened to ${name}, candidate ${candidate.number}, as far as you may see it`,
  noun: ['event', 'events'],
  filters: [{ kind: 'search', name: 'q', label: 'Words' }],
  narrowedBy: ['kind'],
  chips: [
    list.chip('All', { kind: undefined }, events.length),
    ...TIME_LINE_KINDS.filter((kind) => found.events.some((event) => event.kind === kind)).map((kind) =>
      list.chip(KIND_WORDS[kind], { kind }, events.filter((event) => event.kind === kind).length),
    ),
  ],
  columns: columns(context.now),
  rows: pageOf(shown, asked),
  exportPath: `${path}/export`,
  firstUse: { icon: 'clock', title: 'Nothing yet', text: 'What happens to the candidate appears here.' },
  filtersInWords: [asked.kind && KIND_WORDS[asked.kind], asked.q && `"${asked.q}"`].filter(Boolean).join(', '),
})}`,
    ),
  );
});

/** GET /web-portal/candidates/:candidateId/time-line/export */
export const exportTimeLine = handler({ params, query }, async (context): Promise<Answer> => {
  const found = await look(context);
  if (typeof found === 'string') return redirect(`/web-portal/candidates/${found}/time-line/export`);
  return listFile(
    `time-line-${found.candidate.number}`,
    ['When', 'What', 'Of', 'Details', 'Who'],
    ordered(matching(found.events, context.query), context.query).map(({ at, what, about, why, who }) => [
      formatDateTime(at),
      what,
      about,
      why,
      who,
    ]),
  );
});

function columns(now: Date): Column<TimeLineEvent>[] {
  return [
    { label: 'When', sort: 'at', class: 'nw', cell: ({ at }) => formatDateTime(at, 'list', now) },
    {
      label: 'What',
      header: true,
      cell: ({ what, href, about }) =>
        html`${href ? link(what, href) : what}${about && html`<span class="sub">${about}</span>`}`,
    },
    { label: 'Details', phone: 'plain', cell: ({ why }) => why ?? '' },
    { label: 'Who', phone: 'plain', cell: ({ who }) => who ?? '' },
  ];
}
