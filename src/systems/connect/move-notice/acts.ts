import { z } from 'zod';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textareaField } from '#ui';
import { discardDraft, endNotice, publishNotice } from '../notices/move-notice.ts';
import { noticeById, publishedOf } from '../notices/notice-records.ts';
import { noticesPage, WRITTEN_PATH } from '../notices/notices-page.ts';
import { countAnew } from '../unread/unread.ts';
import { writtenPage } from '../written-notices/view-written.ts';
import { remindReaders } from './remind.ts';

const params = z.object({ id: z.uuid() });

/** An act of one button on the page of a notice; refused, the page says why. */
const act = (work: (writer: Writer, id: string) => Promise<string>) =>
  handler({ params }, async (context): Promise<Answer> => {
    const { id } = context.params;
    const answer = await submitForm(context, {
      schema: z.unknown(),
      page: (_values, errors) => writtenPage(context, id, { errors }),
      action: (writer) => work(writer, id),
    });
    countAnew(context.services);
    return answer;
  });

/** POST /notices/written/:id/publish */
export const publish = act(async (writer, id) => {
  await publishNotice(writer, id);
  return `${WRITTEN_PATH}/${id}?done=published`;
});

/** POST /notices/written/:id/discard */
export const discard = act(async (writer, id) =>
  (await discardDraft(writer, id)) === 'notice'
    ? `${WRITTEN_PATH}?done=discarded`
    : `${WRITTEN_PATH}/${id}?done=discarded`,
);

/** POST /notices/written/:id/remind */
export const remind = act(async (writer, id) => {
  const people = await remindReaders(writer, id);
  return `${WRITTEN_PATH}/${id}?done=reminded&people=${people}`;
});

/** GET /notices/written/:id/end */
export const showEnd = handler(
  { params },
  async (context): Promise<Answer> => page(await endPage(context, context.params.id, await context.keptFields(), [])),
);

const ASK = 'Say why the notice is ended';

/** POST /notices/written/:id/end */
export const sendEnd = handler({ params }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const answer = await submitForm(context, {
    schema: z.object({ reason: z.string(ASK).trim().min(1, ASK).max(500, 'Say why in at most 500 characters') }),
    page: (values, errors) => endPage(context, id, values, errors),
    action: async (writer, { reason }) => {
      await endNotice(writer, id, reason);
      return `${WRITTEN_PATH}/${id}?done=ended`;
    },
  });
  countAnew(context.services);
  return answer;
});

async function endPage(
  context: Context<unknown, unknown>,
  id: string,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const notice = await context.read((reader) => noticeById(reader, id));
  const version = notice && publishedOf(notice);
  if (!version) throw new NotFound();
  const back = `${WRITTEN_PATH}/${id}`;
  return noticesPage(
    context,
    { title: 'End the notice', form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-s">${errorSummary(errors)}${crumbs([{ label: 'Write notices', href: WRITTEN_PATH }, { label: version.title, href: back }, { label: 'End the notice' }])}
${pageHead({ title: 'End the notice', lead: version.title })}
${card(
  { label: 'End the notice' },
  html`<p>Nobody is shown it as current any more, and nobody is asked to confirm it. Those who have read it still find it under Past.</p>${form(
    { action: `${back}/end`, submissionId: crypto.randomUUID() },
    html`${textareaField({ name: 'reason', label: 'Reason', hint: 'For the record of the awarding body.', value: String(values.reason ?? ''), errors, rows: 3 })}${buttonRow(
      submitButton('End the notice', { look: 'bad' }),
      linkButton('Cancel', back, { look: 'quiet' }),
    )}`,
  )}`,
)}</div>`,
  );
}
