import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  note,
  pageHead,
  prose,
  singleCheckbox,
  submitButton,
} from '#ui';
import { noticeAcknowledged } from '../audit.ts';
import { noticeTag } from '../list-notices/list-notices.ts';
import { noticeText } from '../notices/notice-text.ts';
import { NOTICES_PATH, noticesPage } from '../notices/notices-page.ts';
import { type OwnNotice, ownNotice } from '../notices/own-notices.ts';
import { countAnew } from '../unread/unread.ts';

const params = z.object({ id: z.uuid() });
const query = z.object({ done: z.literal('confirmed').optional().catch(undefined) });

/** GET /notices/:id: opening a notice is reading it. */
export const viewNotice = handler({ params, query }, async (context): Promise<Answer> => {
  const { id } = context.params;
  const notice = await context.read((reader) => ownNotice(reader, id));
  if (!notice) throw new NotFound();
  if (!notice.read) await noteReading(context, notice);
  return page(await noticePage(context, notice, [], context.query.done === 'confirmed'));
});

async function noteReading(context: Context<unknown, unknown>, notice: OwnNotice): Promise<void> {
  const { personId } = context.person();
  await context.write(async ({ db, now }) => {
    await db
      .insertInto('connect.notice_readings')
      .values({ notice_id: notice.id, person_id: personId, version: notice.version, read_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    // What told of it has done its work.
    await db
      .updateTable('platform.notifications')
      .set({ read_at: now })
      .where('person_id', '=', personId)
      .where('href', '=', `${NOTICES_PATH}/${notice.id}`)
      .where('read_at', 'is', null)
      .execute();
  });
  countAnew(context.services, personId);
}

const acknowledgeForm = z.object({ confirmed: z.literal('yes', 'Tick the sentence to confirm it') });

/** POST /notices/:id/acknowledge: once; a second time changes nothing. */
export const acknowledgeNotice = handler({ params }, (context): Promise<Answer> => {
  const { id } = context.params;
  const { personId } = context.person();
  return submitForm(context, {
    schema: acknowledgeForm,
    page: async (_values, errors) => {
      const notice = await context.read((reader) => ownNotice(reader, id));
      if (!notice) throw new NotFound();
      return noticePage(context, notice, errors, false);
    },
    action: async (writer) => {
      const notice = await ownNotice(writer, id);
      if (!notice) throw new NotFound();
      const { version, acknowledgeWords: words } = notice;
      if (notice.past || !words)
        throw new Refused('This notice asks for no confirmation any more. Nothing is left to do');
      if (notice.acknowledgedAt) return `${NOTICES_PATH}/${id}?done=confirmed`;
      const made = await writer.db
        .insertInto('connect.notice_acknowledgements')
        .values({ notice_id: id, person_id: personId, version, words, acknowledged_at: writer.now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('version')
        .executeTakeFirst();
      if (made) await writer.audit(noticeAcknowledged, { kind: 'notice', id }, { version, words });
      return `${NOTICES_PATH}/${id}?done=confirmed`;
    },
  });
});

function noticePage(
  context: Context<unknown, unknown>,
  notice: OwnNotice,
  errors: readonly FieldError[],
  done: boolean,
): Promise<Safe> {
  return noticesPage(
    context,
    { title: notice.title, form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap-s">${errorSummary(errors)}${crumbs([{ label: 'Notices', href: NOTICES_PATH }, { label: notice.title }])}
${done && note('The awarding body can see it.', { tone: 'ok', title: 'You have confirmed this notice.', announce: true, class: 'mb' })}
${notice.past && note(notice.ended ? 'The awarding body has ended it.' : 'Its last day is over.', { title: 'This notice is not in force any more.', class: 'mb' })}
${pageHead({ title: notice.title, lead: datesOf(notice), actions: noticeTag(notice) })}
${noticeSheet(notice)}
${notice.acknowledgeWords && confirmation(notice, notice.acknowledgeWords, errors)}</div>`,
  );
}

const datesOf = ({ publishedAt, showsUntil }: OwnNotice) =>
  `Published ${formatDate(publishedAt)}${showsUntil ? `, in force until ${formatDate(showsUntil)}` : ''}`;

/** What a notice says, as its readers see it; the preview of its writer too. */
export function noticeSheet({ body, correction }: Pick<OwnNotice, 'body' | 'correction'>): Safe {
  return html`${correction && note(correction, { title: 'This is a correction.', class: 'mb' })}${card({ label: 'The notice' }, prose(noticeText(body)))}`;
}

function confirmation(notice: OwnNotice, words: string, errors: readonly FieldError[]): Safe | null {
  if (notice.acknowledgedAt)
    return card(
      { label: 'Your confirmation', tint: true, class: 'mt' },
      html`<p class="strong m0">${words}</p><p class="muted m0">Confirmed by you on ${formatDateTime(notice.acknowledgedAt)}</p>`,
    );
  if (notice.past) return null;
  return card(
    { title: 'Your confirmation', id: 'confirm', class: 'mt' },
    form(
      { action: `${NOTICES_PATH}/${notice.id}/acknowledge`, submissionId: crypto.randomUUID() },
      html`${singleCheckbox({ name: 'confirmed', label: words, errors })}${submitButton('Confirm the notice')}`,
    ),
  );
}
