/** Two people or two tabs changed one draft: both texts side by side, one choice for each question that differs. */
import { z } from 'zod';
import { readMarks, sideBeforehand } from '#platform/drafts/two-texts.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, redirect } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatTime,
  hiddenField,
  note,
  pageHead,
  radios,
  submitButton,
} from '#ui';
import { answerInWords } from '../forms/check-answers.ts';
import { type Choices, choicesOf, namesOf } from '../forms/choices.ts';
import { type Answers, answerList, type Question, questionsOf } from '../forms/definition.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { leftoverQuestion, leftoversOf, withLeftovers } from './carry-draft.ts';
import {
  type Draft,
  lockDraft,
  mustFillIn,
  type RequestContext,
  requestHref,
  requestParams,
  storeAnswers,
} from './drafts.ts';

export interface Comparison {
  readonly draft: Draft;
  readonly mine: Answers;
  readonly choices: readonly Choices[];
  /** The marks of the answers that the page of `mine` was made upon, as JSON. */
  readonly marks: string;
  readonly chosen: FormValues;
  readonly errors: readonly FieldError[];
}

const same = (a: Answers, b: Answers, key: string) =>
  JSON.stringify(answerList(a, key)) === JSON.stringify(answerList(b, key));

/** Two answers that differ: to a question of today, or to one that is no longer asked (`KEY@NUMBER`). */
interface Differing {
  /** The key in the answers. */
  readonly key: string;
  readonly label: string;
  /** Undefined: no version that is known asked it. */
  readonly question: Question | undefined;
}

/** What differs; what was left over on the side of `mine` alone, or on both sides, among it. */
export function differing({ draft, mine }: Pick<Comparison, 'draft' | 'mine'>): Differing[] {
  const asked = questionsOf(draft.version.definition).map((question) => ({
    key: question.key,
    label: question.label,
    question,
  }));
  const left = leftoversOf(mine).map((leftover) => {
    const question = leftoverQuestion(draft.versions, leftover);
    const label = `${question?.label ?? leftover.key} (no longer asked)`;
    return { key: `${leftover.key}@${leftover.version}`, label, question };
  });
  return [...asked, ...left].filter(({ key }) => !same(mine, draft.answers, key));
}

/** Whose answer is chosen beforehand: that of the side that changed it, when only one did. */
function beforehand({ draft, mine, marks }: Comparison, key: string): string | null {
  // What is no longer asked was typed by one side, as long as the other has no text for it.
  if (key.includes('@') && draft.answers[key] === undefined) return 'mine';
  return sideBeforehand(readMarks(marks)[key], mine[key], draft.answers[key]);
}

export function comparePage(frame: Frame, hub: Hub, data: Comparison): Safe {
  const { draft, mine, choices, chosen, errors, marks } = data;
  const { request, version } = draft;
  const names = new Map(choices.flatMap((one) => [...namesOf(one)]));
  const words = ({ key, question }: Differing, answers: Answers) => {
    const list = answerList(answers, key);
    return (question ? answerInWords(question, list, names) : list.join(', ')) || 'Not answered';
  };
  const by = request.savedBy ?? 'Somebody';
  const title = 'Choose between two texts';
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: version.definition.title, href: requestHref(request.id, '/fill-in') }, { label: title }])}
${pageHead({ title, lead: version.definition.title })}
${note(`${by} saved this draft at ${formatTime(request.savedAt)}, after you opened it. What you typed is not saved yet, and nothing is lost: choose for each question.`, { tone: 'warn', announce: true, class: 'mb' })}
${card(
  { label: title },
  form(
    { action: requestHref(request.id, '/compare') },
    html`${hiddenField('revision', request.revision)}${hiddenField('seen', marks)}${hiddenField('mine', JSON.stringify(mine))}
${differing(data).map((one) =>
  radios({
    name: `choose.${one.key}`,
    label: one.label,
    errors,
    value:
      typeof chosen[`choose.${one.key}`] === 'string'
        ? (chosen[`choose.${one.key}`] as string)
        : beforehand(data, one.key),
    items: [
      {
        value: 'theirs',
        label: `As saved by ${by}`,
        hint: html`<span class="ao-text">${words(one, draft.answers)}</span>`,
      },
      { value: 'mine', label: 'As you typed it', hint: html`<span class="ao-text">${words(one, mine)}</span>` },
    ],
  }),
)}
${buttonRow(submitButton('Save what I chose'))}`,
  ),
)}`,
  );
}

/** Both texts, and the choice between them. */
export async function older(
  context: RequestContext,
  draft: Draft,
  mine: Answers,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const { hub, choices } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const { definition } = draft.version;
    const both = [
      await choicesOf(reader, hub.centre.id, definition, mine),
      await choicesOf(reader, hub.centre.id, definition, draft.answers),
    ];
    return { hub, choices: both };
  });
  const { seen } = context.fields;
  const marks = typeof seen === 'string' ? seen : '{}';
  return page(
    comparePage(await context.frame(), hub, { draft, mine, choices, marks, chosen: context.fields, errors }),
    errors.length > 0 ? 422 : 409,
  );
}

const answersField = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

function readMine(text: unknown): Answers | null {
  try {
    return answersField.parse(JSON.parse(typeof text === 'string' ? text : ''));
  } catch {
    // The page always sends them whole; whatever this is, it is not from the page.
    return null;
  }
}

/** POST /centres-hub/requests/:id/compare: the draft as chosen, unless somebody saved again meanwhile. */
export const sendCompare = centreHandler(
  { params: requestParams, query: hubQuery },
  async (context): Promise<Answer> => {
    const { fields } = context;
    const here = requestHref(context.params.id, '/fill-in');
    const mine = readMine(fields.mine);
    const outcome = await context.write(async (writer) => {
      const draft = await lockDraft(writer, context.centreId(), context.params.id);
      mustFillIn(draft, context.acting().roles);
      if (mine === null) return { kind: 'saved' as const };
      if (Number(fields.revision) !== draft.request.revision) return { kind: 'older' as const, draft, errors: [] };
      const open = differing({ draft, mine });
      const errors = open
        .filter(({ key }) => fields[`choose.${key}`] !== 'mine' && fields[`choose.${key}`] !== 'theirs')
        .map(
          ({ key, label }): FieldError => ({
            field: `choose.${key}`,
            message: `Choose one of the two answers to "${label}"`,
          }),
        );
      if (errors.length > 0) return { kind: 'older' as const, draft, errors };
      const answers: Record<string, string | readonly string[]> = {};
      for (const key of [...questionsOf(draft.version.definition), ...open].map((one) => one.key)) {
        const answer = fields[`choose.${key}`] === 'theirs' ? draft.answers[key] : mine[key];
        if (answer !== undefined) answers[key] = answer;
      }
      await storeAnswers(writer, draft, withLeftovers(answers, draft.answers));
      return { kind: 'saved' as const };
    });
    if (outcome.kind === 'older' && mine !== null) return older(context, outcome.draft, mine, outcome.errors);
    return redirect(`${here}?done=chosen`);
  },
);
