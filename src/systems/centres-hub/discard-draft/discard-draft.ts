import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDateTime,
  linkButton,
  pageHead,
  plural,
  submitButton,
  summaryList,
} from '#ui';
import { filesOf } from '../attach-file/files.ts';
import { NEW_REQUEST } from '../begin-request/begin-request.ts';
import {
  type Draft,
  draftById,
  lockDraft,
  mustFillIn,
  type RequestContext,
  requestHref,
  requestNumber,
  requestParams,
} from '../fill-in/drafts.ts';
import { answerList, questionsOf } from '../forms/definition.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { changeRequest, lockRequest } from '../requests/change-request.ts';

async function inQuestion(reader: Reader, context: RequestContext) {
  const hub = await hubOf(reader, context);
  const draft = await draftById(reader, hub.centre.id, context.params.id);
  mustFillIn(draft, context.acting().roles);
  return { hub, draft, files: Object.values(await filesOf(reader, draft.request.id)).flat().length };
}

/** GET /centres-hub/requests/:id/discard: what would be thrown away. */
export const showDiscard = centreHandler({ params: requestParams, query: hubQuery }, async (context) => {
  const { hub, draft, files } = await context.read((reader) => inQuestion(reader, context));
  return page(discardPage(await context.frame(), hub, draft, files, []));
});

/** POST /centres-hub/requests/:id/discard: it leaves the list of drafts; the record keeps that it was there. */
export const sendDiscard = centreHandler({ params: requestParams, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({}),
    page: async (_values, errors) => {
      const { hub, draft, files } = await context.read((reader) => inQuestion(reader, context));
      return discardPage(await context.frame(), hub, draft, files, errors);
    },
    action: async (writer) => {
      const draft = await lockDraft(writer, context.centreId(), context.params.id);
      mustFillIn(draft, context.acting().roles);
      await changeRequest(writer, await lockRequest(writer, draft.request.id), {
        act: 'withdraw',
        words: 'The draft was thrown away',
      });
      return NEW_REQUEST;
    },
  }),
);

function discardPage(
  frame: Frame,
  hub: Hub,
  { request, version, answers }: Draft,
  files: number,
  errors: readonly FieldError[],
): Safe {
  const answered = questionsOf(version.definition).filter(({ key }) => answerList(answers, key).length > 0).length;
  const title = `Throw draft ${requestNumber(request.number)} away`;
  const back = requestHref(request.id, '/fill-in');
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: version.definition.title, href: back }, { label: 'Throw away' }])}
${pageHead({ title, lead: version.definition.title })}
${card(
  { label: title },
  form(
    { action: requestHref(request.id, '/discard'), submissionId: crypto.randomUUID() },
    html`${summaryList([
      ['Answered', plural(answered, 'question')],
      ['Files', String(files)],
      ['Saved', `${formatDateTime(request.savedAt)}${request.savedBy ? ` by ${request.savedBy}` : ''}`],
    ])}<p>Nobody at your centre can go on with it afterwards. The awarding body has never seen it.</p>
${buttonRow(submitButton('Throw the draft away', { look: 'bad' }), linkButton('Keep it', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
