/** How the centres answered the questions of a form that can be counted: a survey, and any other form. */
import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { type Column, listFields, listOf, listPage, meter, pageOf } from '#ui';
import { type Answers, answerList, askedQuestions, conditionAnswers, definitionSchema } from '../forms/definition.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { type Asking, readableBy } from '../requests/may-read.ts';
import { forBodyOnly, PERIODS, period } from './period.ts';

const params = z.object({ code: z.string().max(60) });
const query = z.object({ ...listFields(['question', 'answers', 'share']), days: period });
type FiguresQuery = z.infer<typeof query>;

/** One answer that can be given to one question. */
export interface AnswerFigure {
  readonly question: string;
  readonly answer: string;
  /** Submitted requests that gave it. */
  readonly given: number;
  /** Submitted requests that answered the question. */
  readonly of: number;
}

/** A submitted form, as worded that day. */
interface SubmittedForm {
  readonly definition: unknown;
  readonly answers: Answers;
}

/**
 * Counts the answers to each question that offers answers (one of, any of, yes or no) or asks for a whole number, in the
 * order of the newest form that asks it. An answer counts only where the form asked its question. Pure.
 */
export function answerFigures(submitted: readonly SubmittedForm[]): AnswerFigure[] {
  const questions = new Map<string, { label: string; answered: number; given: Map<string, number> }>();
  for (const { definition, answers } of submitted) {
    for (const question of askedQuestions(definitionSchema.parse(definition), answers)) {
      const offered = conditionAnswers(question);
      if (offered.length === 0 && question.type !== 'number') continue;
      const known = questions.get(question.key) ?? { label: question.label, answered: 0, given: new Map() };
      questions.set(question.key, known);
      // What was offered and never chosen counts 0, and is shown.
      for (const { label } of offered) known.given.set(label, known.given.get(label) ?? 0);
      const chosen = answerList(answers, question.key);
      if (chosen.length === 0) continue;
      known.answered += 1;
      for (const value of chosen) {
        const label = offered.find((one) => one.value === value)?.label ?? value;
        known.given.set(label, (known.given.get(label) ?? 0) + 1);
      }
    }
  }
  return [...questions.values()].flatMap(({ label, answered, given }) =>
    [...given].map(([answer, count]) => ({ question: label, answer, given: count, of: answered })),
  );
}

/** What is confidential is counted for those alone who may read it. */
const askingOf = (context: Pick<Context, 'acting' | 'person'>): Asking => ({
  ...context.acting(),
  personId: context.person().personId,
});

async function figuresOf(
  reader: Reader,
  { code, asking }: { readonly code: string; readonly asking: Asking },
  { days }: FiguresQuery,
): Promise<{ title: string; submitted: number; figures: AnswerFigure[] }> {
  const since = new Date(reader.now.getTime() - Number(days) * 86_400_000);
  const [form] = await reader.rows(sql<{ title: string }>`
    select v.definition ->> 'title' as title from centres_hub.forms f join centres_hub.form_versions v on v.form_id = f.id
    where f.code = ${code} order by v.number desc limit 1`);
  if (!form) throw new NotFound();
  const submitted = await reader.rows(sql<SubmittedForm>`
    select v.definition, r.answers from centres_hub.requests r
      join centres_hub.form_versions v on v.id = r.form_version_id join centres_hub.forms f on f.id = v.form_id
    where f.code = ${code} and r.submitted_at >= ${since} and r.state <> 'withdrawn' and ${readableBy(asking)}
    order by v.number desc, r.submitted_at desc`);
  return { title: form.title, submitted: submitted.length, figures: answerFigures(submitted) };
}

function sorted(figures: readonly AnswerFigure[], { sort, order }: FiguresQuery): AnswerFigure[] {
  const turn = order === 'desc' ? -1 : 1;
  // As the form asks them: questions keep their order, answers theirs.
  if (sort === 'question') return turn === 1 ? [...figures] : [...figures].reverse();
  const value = ({ given, of }: AnswerFigure) => (sort === 'answers' ? given : share({ given, of }));
  return [...figures].sort((a, b) => turn * (value(a) - value(b)));
}

/** Of a hundred that answered the question. */
const share = ({ given, of }: Pick<AnswerFigure, 'given' | 'of'>) => (of === 0 ? 0 : Math.round((100 * given) / of));

const columns: Column<AnswerFigure>[] = [
  { label: 'Question', header: true, sort: 'question', cell: (row) => row.question },
  { label: 'Answer', cell: (row) => row.answer },
  {
    label: 'Given',
    numeric: true,
    sort: 'answers',
    cell: (row) => html`${row.given} <span class="muted">of ${row.of}</span>`,
  },
  {
    label: 'Share',
    sort: 'share',
    cell: (row) =>
      meter({ value: share(row), max: 100, label: `${row.answer}: share of the answers`, text: `${share(row)} %` }),
  },
];

/** GET /centres-hub/requests/statistics/answers/:code */
export const showAnswerFigures = handler({ params, query }, async (context) => {
  forBodyOnly(context);
  const { query: asked } = context;
  const { code } = context.params;
  const { title, submitted, figures } = await context.read((reader) =>
    figuresOf(reader, { code, asking: askingOf(context) }, asked),
  );
  const path = `/centres-hub/requests/statistics/answers/${code}`;
  return page(
    await bodyPage(
      context as Context,
      { title: `Answers: ${title}` },
      listPage<AnswerFigure>({
        title: `Answers: ${title}`,
        lead: `${PERIODS[asked.days]}; ${submitted === 1 ? '1 form' : `${submitted} forms`} submitted. Words that centres wrote are in the requests.`,
        ...listOf(path, query, asked).shown(figures.length),
        noun: ['answer', 'answers'],
        filters: [
          {
            kind: 'select',
            name: 'days',
            label: 'Period',
            choices: Object.entries(PERIODS).map(([value, label]) => ({ value: value === '365' ? '' : value, label })),
          },
        ],
        columns,
        rows: pageOf(sorted(figures, asked), asked),
        exportPath: `${path}/export`,
        firstUse: {
          icon: 'chart',
          title: 'Nothing to count yet',
          text: 'When centres submit the form, its questions with answers to choose are counted here.',
        },
      }),
    ),
  );
});

/** GET /centres-hub/requests/statistics/answers/:code/export */
export const exportAnswerFigures = handler({ params, query }, async (context) => {
  forBodyOnly(context);
  const { code } = context.params;
  const { figures } = await context.read((reader) =>
    figuresOf(reader, { code, asking: askingOf(context) }, context.query),
  );
  return listFile(
    `${code}-answers`,
    ['Question', 'Answer', 'Given', 'Answered', 'Share, %'],
    sorted(figures, context.query).map((row) => [row.question, row.answer, row.given, row.of, share(row)]),
  );
});
