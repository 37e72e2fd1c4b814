/** A candidate's own tests: the card on the own home page, and the page of one result. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { card, crumbs, formatDateTime, resultRing, summaryList, tag, taskPage, topicList } from '#ui';
import { adviceFor, firstToRevise } from '../show-result/advice.ts';
import { type SittingState, STATE_WORDS } from '../sitting/states.ts';

export interface OwnTests {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly detail: string; readonly href?: string }[];
  readonly empty: string;
}

interface Row {
  id: string;
  test: string;
  room: string;
  starts_at: Date;
  state: SittingState;
  ended_at: Date | null;
  score: number | null;
  maximum: number | null;
  pass_mark: number | null;
  passed: boolean | null;
  topics: readonly { readonly topic: string; readonly score: number; readonly max: number }[] | null;
  next_sitting_from: Date | null;
}

/** The sittings of the person as a candidate, read in the person's own scope, newest first. */
function ownSittings(reader: Reader, personId: string, sittingId: string | null): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select s.id, f.title as test, n.room, n.starts_at, s.state, s.ended_at, r.score, r.maximum, r.pass_mark, r.passed, r.topics, r.next_sitting_from
    from online_assessments.sittings s
    join web_portal.published_candidates c on c.id = s.candidate_id and c.centre_id = s.centre_id
    join online_assessments.sessions n on n.id = s.session_id
    join online_assessments.test_forms f on f.id = s.test_form_id
    left join lateral (select score, maximum, pass_mark, passed, topics, next_sitting_from from online_assessments.results
      where sitting_id = s.id and released_at is not null order by version desc limit 1) r on s.state = 'released'
    where c.person_id = ${personId} and s.state not in ('cancelled', 'void') and (${sittingId}::uuid is null or s.id = ${sittingId}::uuid)
    order by n.starts_at desc, s.id desc limit 100`);
}

/** The card "My tests" of a candidate; null for somebody who is not a candidate. */
export async function ownTestsCard(context: Context): Promise<OwnTests | null> {
  if (context.principal.kind !== 'person') return null;
  const { personId } = context.principal;
  const found = await context.services.database.read(
    context.principal,
    async (reader) => {
      const candidate = await reader.db
        .selectFrom('web_portal.published_candidates')
        .select('id')
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return candidate ? await ownSittings(reader, personId, null) : null;
    },
    { capability: 'online-assessments.own' },
  );
  if (!found) return null;
  return {
    title: 'My tests',
    rows: found.map((row) => ({
      what: row.test,
      detail: detailOf(row, context.now),
      ...(row.passed === null ? {} : { href: `/my-tests/${row.id}` }),
    })),
    empty: 'No test is booked for you. Your centre books it, and it appears here with its room and time.',
  };
}

function detailOf(row: Row, now: Date): string {
  if (row.passed !== null) {
    const result = `${row.passed ? 'Pass' : 'Not yet'}, ${row.score} of ${row.maximum}`;
    const next = row.next_sitting_from;
    if (row.passed || !next) return `${result}, on ${formatDateTime(row.ended_at ?? row.starts_at)}`;
    return next > now
      ? `${result}. The next sitting is allowed from ${formatDateTime(next)}`
      : `${result}. You can sit it again: your centre books it`;
  }
  if (row.state === 'booked' || row.state === 'checked_in')
    return `Booked: ${formatDateTime(row.starts_at)}, ${row.room}. Bring a document with your photo`;
  if (row.state === 'held') return 'Your result is being checked by the awarding body';
  return `${STATE_WORDS[row.state]}, ${formatDateTime(row.ended_at ?? row.starts_at)}`;
}

/** GET /my-tests/:sitting: the own result, once it is released. */
export const showOwnTest = handler({ params: z.object({ sitting: z.uuid() }) }, async (context): Promise<Answer> => {
  const { personId } = context.person();
  const [row] = await context.read((reader) => ownSittings(reader, personId, context.params.sitting));
  if (!row) throw new NotFound();
  return page(
    taskPage(
      { ...(await context.frame()), title: row.test, noIndex: true },
      html`${crumbs([{ label: 'Home', href: '/home' }, { label: row.test }])}<h1>${row.test}</h1>${
        row.passed === null ? stateCard(row, context.now) : ownResult(row, context.now)
      }`,
    ),
  );
});

function stateCard(row: Row, now: Date): Safe {
  return card({ label: 'Your test' }, html`<p class="lead m0">${detailOf(row, now)}.</p>`);
}

function ownResult(row: Row, now: Date): Safe {
  const { score, maximum, pass_mark: passMark, topics, passed, next_sitting_from: next } = row;
  const each = topics ?? [];
  const revise = passed ? null : firstToRevise(each);
  return html`<section class="ao-card ao-result">${resultRing({ score: score ?? 0, outOf: maximum ?? 0, passMark: passMark ?? 0 })}<div><h2>${
    passed ? tag('Pass', 'ok', 'check') : tag('Not yet', 'warn')
  }</h2><p class="lead m0">You scored ${score} of ${maximum}. The pass mark is ${passMark}.</p></div></section>
<section class="ao-card flush mt" aria-labelledby="topics"><header><h2 id="topics">How you did in each topic</h2></header>${topicList(
    each.map(({ topic, score: right, max }) => ({ name: topic, right, outOf: max, ...adviceFor(right, max) })),
  )}</section>
${card(
  { title: 'What happens next', id: 'next', class: 'mt', tint: true },
  html`${revise && html`<p>Revise first: ${revise}.</p>`}<p class="m0">${
    passed
      ? 'Your centre claims your certificate when all units of your qualification are achieved.'
      : next && next > now
        ? `You can sit this test again from ${formatDateTime(next)}, so that there is time to revise. Your centre books it for you.`
        : 'You can sit this test again as soon as your centre books it.'
  }</p>`,
)}${card(
  { title: 'Your sitting', id: 'sitting', class: 'mt' },
  summaryList([
    ['Taken', formatDateTime(row.ended_at ?? row.starts_at)],
    ['Room', row.room],
  ]),
)}`;
}
