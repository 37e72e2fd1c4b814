import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import {
  card,
  codeText,
  crumbs,
  form,
  formatDateTime,
  formatTime,
  hiddenField,
  link,
  linkButton,
  note,
  pageHead,
  resultRing,
  submitButton,
  summaryList,
  table,
  tag,
  topicList,
} from '#ui';
import { type AccessArrangement, arrangementOn, arrangementWords } from '#web-portal';
import { assessmentsPage } from '../assessments-page/assessments-page.ts';
import {
  type BoardSeat,
  boardOf,
  type HeldEventRow,
  heldEventsOf,
  type ResultOfUnit,
  resultsOf,
  timelineOf,
} from '../board/board.ts';
import { submissionOf } from '../close-sitting/close-sitting.ts';
import { IDENTITY_DOCUMENTS, type IdentityDocument } from '../confirm-identity/confirm-identity.ts';
import type { HandInAnswer } from '../protocol/wire.ts';
import { adviceFor } from '../show-result/advice.ts';
import { STATE_WORDS } from '../sitting/states.ts';
import { durationWords } from '../sitting/time.ts';
import { type SittingFacts, sittingFacts } from '../sitting-act/target.ts';
import { peopleNames } from '../view-session/people-names.ts';
import { HELD_WORDS, type TimelineLine, timelineWords } from './timeline-words.ts';

interface Found {
  readonly sitting: SittingFacts;
  /** Null for a cancelled booking, which has no seat on the board. */
  readonly seat: BoardSeat | null;
  readonly open: boolean;
  readonly timeline: readonly TimelineLine[];
  readonly names: ReadonlyMap<string, string>;
  readonly held: readonly HeldEventRow[];
  readonly result: ResultOfUnit | null;
  readonly submission: HandInAnswer | null;
  readonly document: string | null;
  readonly arrangement: AccessArrangement | null;
}

/** GET /online-assessments/sittings/:sitting: everything about one sitting, but for questions and answers. */
export const viewSitting = handler({ params: z.object({ sitting: z.uuid() }) }, async (context): Promise<Answer> => {
  const found = await context.read(async (reader): Promise<Found> => {
    const sitting = await sittingFacts(reader, context.params.sitting);
    const { session, seats } = await boardOf(reader, sitting.sessionId);
    const timeline = timelineWords(await timelineOf(reader, sitting.id));
    const row = await reader.db
      .selectFrom('online_assessments.sittings')
      .select('identity_document')
      .where('id', '=', sitting.id)
      .executeTakeFirst();
    return {
      sitting,
      seat: seats.find(({ sittingId }) => sittingId === sitting.id) ?? null,
      open: session.state === 'open',
      timeline,
      names: await peopleNames(
        reader,
        timeline.map(({ personId }) => personId),
      ),
      held: (await heldEventsOf(reader, sitting.sessionId)).filter(({ sittingId }) => sittingId === sitting.id),
      result:
        (await resultsOf(reader, sitting.registrationId)).find(({ sittingId }) => sittingId === sitting.id) ?? null,
      submission: await submissionOf(reader, sitting.id),
      document: row?.identity_document ?? null,
      arrangement: await arrangementOn(reader, {
        candidateId: sitting.candidateId,
        day: dayInLondon(session.startsAt),
      }),
    };
  });
  return page(await sittingPage(context as Context, found));
});

function sittingPage(context: Context, found: Found): Promise<Safe> {
  const { sitting, seat, open, result, held, submission } = found;
  const session = `/online-assessments/sessions/${sitting.sessionId}`;
  const ownCentre = actingCentreId(context.principal) !== null;
  const acts = open && ownCentre && may(context.principal, 'online-assessments.invigilate');
  const name = may(context.principal, 'web-portal.view')
    ? link(sitting.name, `/web-portal/candidates/${sitting.candidateId}`)
    : sitting.name;
  return assessmentsPage(
    context,
    { title: `Sitting of ${sitting.name}`, form: true },
    html`${crumbs([
      { label: 'Sessions', href: '/online-assessments' },
      { label: sitting.room, href: session },
      { label: 'Live board', href: `${session}/board` },
      { label: `Seat ${sitting.seat}` },
    ])}${pageHead({
      title: sitting.name,
      lead: html`${sitting.test}, seat ${sitting.seat} ${tag(STATE_WORDS[sitting.state])}`,
      actions: html`${acts && seat && actButtons(sitting, seat)}${
        ownCentre &&
        may(context.principal, 'online-assessments.book') &&
        linkButton('Log an incident', `${pathOf(sitting)}/incident`, { look: 'quiet', icon: 'edit' })
      }`,
    })}
<div class="split"><div>${result && resultCard(result)}${held.length > 0 && heldCard(found, acts)}${timelineCard(found)}</div><div>${card(
      { title: 'This sitting', id: 'facts' },
      summaryList([
        ['Candidate', name],
        ['Candidate number', codeText(sitting.candidateNumber)],
        [
          'Identity',
          found.document
            ? (IDENTITY_DOCUMENTS[found.document as IdentityDocument] ?? found.document)
            : 'Not confirmed yet',
        ],
        seat && ['Answered', `${seat.answered} of ${seat.questions}`],
        seat && seat.extraTimePercent > 0 && ['Extra time', `${seat.extraTimePercent} %`],
        seat && seat.addedSeconds > 0 && ['Added', durationWords(seat.addedSeconds * 1000)],
        found.arrangement && ['Granted', arrangementWords(found.arrangement)],
        found.arrangement?.notes ? ['To know at the test', found.arrangement.notes] : null,
        seat?.remainingMs != null && LIVE.includes(sitting.state) && ['Time left', durationWords(seat.remainingMs)],
        seat && ['Left the window', String(seat.leftWindowCount)],
      ]),
    )}${submission && receiptCard(submission)}</div></div>`,
  );
}

const LIVE = ['running', 'paused'];
const pathOf = ({ id }: SittingFacts): string => `/online-assessments/sittings/${id}`;

/** What the invigilator may do in this state. */
function actButtons(sitting: SittingFacts, seat: BoardSeat): Safe {
  const path = pathOf(sitting);
  const { state } = sitting;
  const live = state === 'running' || state === 'paused';
  return html`${state === 'booked' && seat.arrived && linkButton('Check identity', `${path}/identity`)}${
    state === 'running' && linkButton('Pause', `${path}/pause`, { look: 'quiet', icon: 'pause' })
  }${state === 'paused' && linkButton('Resume', `${path}/resume`, { icon: 'play' })}${
    live && linkButton('Add time', `${path}/add-time`, { look: 'quiet', icon: 'clock' })
  }${(live || state === 'checked_in') && linkButton('Move to another seat', `${path}/release`, { look: 'quiet' })}${
    live && linkButton('End this test', `${path}/end`, { look: 'bad' })
  }`;
}

function resultCard(result: ResultOfUnit): Safe {
  const { score, maximum, passMark, passed, topics, releasedAt, nextSittingFrom } = result;
  return html`<section class="ao-card ao-result mb" aria-labelledby="result">${resultRing({ score, outOf: maximum, passMark })}<div><h2 id="result">${
    passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')
  } ${score} of ${maximum}</h2><p class="m0">Pass mark ${passMark}. Released ${formatDateTime(releasedAt)}.${
    nextSittingFrom && ` The next sitting is allowed from ${formatDateTime(nextSittingFrom)}.`
  }</p></div></section>
<section class="ao-card flush mb" aria-labelledby="topics"><header><h2 id="topics">Topics</h2></header>${topicList(
    topics.map(({ topic, score: right, max }) => ({ name: topic, right, outOf: max, ...adviceFor(right, max) })),
  )}</section>`;
}

function heldCard({ held, seat, sitting }: Found, acts: boolean): Safe {
  const unseen = seat !== null && seat.heldEvents > seat.heldSeen;
  return card(
    {
      title: `Held entries (${held.length})`,
      id: 'held',
      flush: true,
      class: 'mb',
      aside:
        acts &&
        unseen &&
        form(
          { action: `${pathOf(sitting)}/seen`, class: 'inline' },
          html`${hiddenField('heldEvents', seat.heldEvents)}${submitButton('Seen', { look: 'quiet', small: true })}`,
        ),
    },
    html`<div class="ao-inset">${note('They are kept, and do not count in the result. The awarding body decides about them.')}</div>${table<HeldEventRow>(
      {
        caption: 'Held entries',
        rows: held,
        columns: [
          { label: 'Received', header: true, cell: ({ receivedAt }) => formatTime(receivedAt, 'second') },
          { label: 'What', cell: ({ event }) => heldWords(event) },
          { label: 'Why held', phone: 'plain', cell: ({ why }) => HELD_WORDS[why] },
        ],
      },
    )}`,
  );
}

/** "Answer to question 4"; the answer itself is not shown. */
function heldWords(event: unknown): string {
  const { kind, item } = (event ?? {}) as { kind?: unknown; item?: unknown };
  const what = kind === 'flag' ? 'Flag on' : kind === 'visit' ? 'Visit of' : 'Answer to';
  return typeof item === 'number' ? `${what} question ${item}` : 'Entry';
}

function timelineCard({ timeline, names }: Found): Safe {
  return card(
    { title: 'Timeline', id: 'timeline', flush: true },
    table<TimelineLine>({
      caption: 'What happened, in order of time',
      rows: timeline,
      columns: [
        {
          label: 'When',
          class: 'nw',
          phone: 'plain',
          cell: ({ at }) =>
            html`${formatDateTime(at, 'list')}<span class="muted">:${formatTime(at, 'second').slice(-2)}</span>`,
        },
        { label: 'What', header: true, cell: ({ what }) => html`<span class="strong">${what}</span>` },
        { label: 'Detail', phone: 'plain', cell: ({ detail }) => detail },
        { label: 'By', cell: ({ personId }) => (personId ? (names.get(personId) ?? 'The awarding body') : '') },
      ],
    }),
  );
}

function receiptCard({ content, words }: HandInAnswer): Safe {
  return card(
    { title: 'Receipt', id: 'receipt', tint: true, class: 'mt' },
    html`<p class="lead strong m0">${words}</p>${summaryList([
      ['Closed', `${formatDateTime(new Date(content.at))}`],
      ['Test form', content.form],
      ['Entries kept', String(content.count)],
    ])}`,
  );
}
