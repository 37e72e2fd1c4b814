import { z } from 'zod';
import type { Reader, Writer } from '#platform/database/database.ts';
import { type Answer, type FieldError, json, page, redirect } from '#platform/http/answers.ts';
import type { FormValues } from '#platform/http/context.ts';
import { fieldId } from '#ui';
import { countsOf, filesOf } from '../attach-file/files.ts';
import { answersFromFields, fieldOf } from '../forms/answers-from-fields.ts';
import { candidatePicker } from '../forms/candidate-picker.ts';
import { answerProblems } from '../forms/check-answers.ts';
import { choicesOf, idsOf } from '../forms/choices.ts';
import { type Answers, questionOf } from '../forms/definition.ts';
import { centreHandler, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { submitDraft } from '../submit-request/submit-request.ts';
import { carryAnswers, withLeftovers } from './carry-draft.ts';
import { older } from './compare.ts';
import {
  type Draft,
  draftById,
  lockDraft,
  mustFillIn,
  type RequestContext,
  requestById,
  requestHref,
  requestParams,
  storeAnswers,
} from './drafts.ts';
import { type FillInPage, fillInPage, marksOf, savedAt, withSignature } from './page.ts';
import { maySign } from './signature.ts';

const query = hubQuery.extend({
  find: z.string().max(40).optional().catch(undefined),
  q: z.string().trim().max(100).optional().catch(undefined),
  done: z.enum(['saved', 'carried', 'chosen']).optional().catch(undefined),
});

const SAID = {
  saved: 'The draft is saved.',
  carried: 'The draft is saved. The form was changed while you typed: look through it before you submit.',
  chosen: 'The draft is saved as you chose.',
} as const;

/** What the page of a draft shows, with the answers given or those that are stored. */
async function pageData(
  reader: Reader,
  context: RequestContext,
  draft: Draft,
  answers: Answers = draft.answers,
): Promise<Omit<FillInPage, 'errors' | 'signedName' | 'said' | 'found'>> {
  const { centreId } = draft.request;
  const choices = await choicesOf(reader, centreId, draft.version.definition, answers);
  const files = await filesOf(reader, draft.request.id);
  const problems = answerProblems(draft.version.definition, answers, {
    files: countsOf(files),
    choices: idsOf(choices),
  });
  return { draft, answers, choices, files, problems, signs: maySign(draft.version.definition, context.acting().roles) };
}

/** GET /centres-hub/requests/:id/fill-in */
export const showFillIn = centreHandler({ params: requestParams, query }, async (context) => {
  const { id } = context.params;
  const { find, q, done } = context.query;
  const kept = await context.keptFields();
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const request = await requestById(reader, id);
    if (request.state !== 'draft') return { hub, data: null, matches: null };
    const draft = await draftById(reader, hub.centre.id, id);
    mustFillIn(draft, context.acting().roles);
    const answers =
      Object.keys(kept).length > 0
        ? withLeftovers(answersFromFields(draft.version.definition, kept), draft.answers)
        : draft.answers;
    const searched = find && q && questionOf(draft.version.definition, find)?.type === 'candidate';
    const matches = searched
      ? { key: find, typed: q, matches: await candidatePicker().find(reader, hub.centre.id, q) }
      : null;
    return { hub, data: await pageData(reader, context, draft, answers), matches };
  });
  if (!found.data) return redirect(requestHref(id));
  const said = done ? SAID[done] : null;
  return page(
    fillInPage(await context.frame(), found.hub, {
      ...found.data,
      found: found.matches,
      errors: [],
      signedName: '',
      said,
    }),
  );
});

export type Saved =
  | {
      readonly kind: 'saved';
      readonly draft: Draft;
      readonly answers: Answers;
      readonly revision: number;
      readonly carried: boolean;
    }
  /** Somebody saved since the page was made: nothing is stored. */
  | { readonly kind: 'older'; readonly draft: Draft; readonly mine: Answers };

/** What was typed on the page, as answers to the version of today: the page may show an earlier one. */
function typedAnswers(draft: Draft, fields: FormValues): { answers: Answers; carried: boolean } {
  const shown = draft.versions.find(({ id }) => id === fields.version) ?? draft.version;
  const typed = withLeftovers(answersFromFields(shown.definition, fields), draft.answers);
  if (shown.id === draft.version.id) return { answers: typed, carried: false };
  return { answers: carryAnswers(typed, shown, draft.version.definition), carried: true };
}

/** Saves what was typed, unless somebody else saved since the page was made. */
async function save(writer: Writer, context: RequestContext): Promise<Saved> {
  const { fields } = context;
  const draft = await lockDraft(writer, context.centreId(), context.params.id);
  mustFillIn(draft, context.acting().roles);
  const { answers, carried } = typedAnswers(draft, fields);
  const same = JSON.stringify(sorted(answers)) === JSON.stringify(sorted(draft.answers));
  if (Number(fields.revision) !== draft.request.revision && !same) return { kind: 'older', draft, mine: answers };
  const revision = await storeAnswers(writer, draft, answers);
  return { kind: 'saved', draft: { ...draft, request: { ...draft.request, revision } }, answers, revision, carried };
}

const sorted = (answers: Answers) => Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));

/** POST /centres-hub/requests/:id/fill-in: each button of the form saves first, then does its own. */
export const sendFillIn = centreHandler(
  { params: requestParams, query: hubQuery },
  async (context): Promise<Answer> => {
    const { id } = context.params;
    const { fields } = context;
    const request = await context.read((reader) => requestById(reader, id));
    // Sent twice: the first has submitted it.
    if (request.centreId === context.centreId() && request.state !== 'draft') return redirect(requestHref(id));
    const act = typeof fields.act === 'string' ? fields.act : 'save';
    const signedName = typeof fields.signedName === 'string' ? fields.signedName : '';
    const outcome = await context.write(async (writer) => {
      const saved = await save(writer, context);
      if (saved.kind === 'older' || act !== 'submit' || saved.carried) return { saved, errors: null };
      return { saved, errors: await submitDraft(writer, context, saved, signedName) };
    });
    const { saved, errors } = outcome;
    if (saved.kind === 'older') return older(context, saved.draft, saved.mine);
    if (errors?.length === 0) return redirect(`${requestHref(id)}?done=submitted`);
    if (errors) return again(context, errors, signedName);
    const here = requestHref(id, '/fill-in');
    if (saved.carried) return redirect(`${here}?done=carried`);
    const [what = '', key = ''] = act.split(':');
    if (what === 'files' && questionOf(saved.draft.version.definition, key))
      return redirect(requestHref(id, `/files/${key}`));
    if (what === 'find' && questionOf(saved.draft.version.definition, key)) {
      const typed = fields[`find.${key}`];
      const words = new URLSearchParams({ find: key, q: typeof typed === 'string' ? typed.slice(0, 100) : '' });
      return redirect(`${here}?${words}#${fieldId(fieldOf(key))}`);
    }
    return redirect(`${here}?done=saved`);
  },
);

/** The form again with what is wrong; what was typed is saved. */
async function again(context: RequestContext, errors: readonly FieldError[], signedName: string): Promise<Answer> {
  const { hub, data } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, data: await pageData(reader, context, await draftById(reader, hub.centre.id, context.params.id)) };
  });
  return page(fillInPage(await context.frame(), hub, { ...data, found: null, errors, signedName, said: null }), 422);
}

/** POST /centres-hub/requests/:id/draft: the same save, as the island sends it while somebody types; answers in JSON. */
export const saveTyped = centreHandler({ params: requestParams, query: hubQuery }, async (context): Promise<Answer> => {
  const saved = await context.write((writer) => save(writer, context));
  if (saved.kind === 'older') {
    const { savedBy, savedAt: at } = saved.draft.request;
    return json(
      {
        message: `${savedBy ?? 'Somebody'} saved this draft too (${savedAt(at)}). Press "Save draft" to compare both; nothing is lost.`,
      },
      409,
    );
  }
  if (saved.carried)
    return json(
      {
        message:
          'The form was changed by the awarding body. Press "Save draft" to go on in the new version; nothing is lost.',
      },
      409,
    );
  const data = await context.read(async (reader) =>
    pageData(reader, context, await draftById(reader, context.centreId(), context.params.id)),
  );
  return json({
    revision: saved.revision,
    seen: marksOf(saved.draft, saved.answers),
    said: savedAt(context.now),
    missing: withSignature(data.problems, data).map(({ question, message }) => ({
      at: question === '' ? 'signedName' : fieldId(fieldOf(question)),
      message,
    })),
  });
});
