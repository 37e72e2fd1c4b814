import { sql } from 'kysely';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  note,
  pageHead,
  readDate,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { agreementPublished } from '../centre-audit.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';
import { currentAgreement } from './agreement-versions.ts';

const publishSchema = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const title = String(fields.title ?? '').trim();
    const words = String(fields.words ?? '')
      .replaceAll('\r\n', '\n')
      .trim();
    const signBy = readDate(fields, 'signBy', 'day by which centres sign', { required: true });
    if (title.length < 5 || title.length > 120) refuse('title', 'Enter a title of 5 to 120 characters');
    if (words.length < 50) refuse('words', 'Enter the words of the agreement');
    if (words.length > 60_000) refuse('words', 'Shorten the agreement to 60,000 characters');
    if (!signBy.ok) refuse(signBy.error.field, signBy.error.message);
    else if ((signBy.date as string) < today) refuse('signBy', 'The day lies in the past. Enter a later day');
    return { title, words, signBy: (signBy.ok && signBy.date) || today };
  });

/** GET /centres-hub/agreements/publish */
export async function showPublishAgreement(context: Context) {
  const current = await context.read(currentAgreement);
  const from: FormValues = current ? { title: current.title, words: current.words } : {};
  return page(await publishPage(context, { ...from, ...(await context.keptFields()) }, []));
}

/** POST /centres-hub/agreements/publish: the next version; the earlier ones and their signatures stay. */
export async function sendPublishAgreement(context: Context) {
  return submitForm(context, {
    schema: publishSchema(dayInLondon(context.now)),
    page: (values, errors) => publishPage(context, values, errors),
    action: async (writer, { title, words, signBy }) => {
      // Of two who publish at the same moment the second one is told.
      await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('centres-hub.agreement', 0))`);
      const current = (await currentAgreement(writer))?.number ?? 0;
      if (String(context.fields.seen ?? current) !== String(current))
        throw new Refused(
          'Somebody has published a newer agreement meanwhile. Read it, then publish yours if it still should take its place',
        );
      const number = current + 1;
      const { id } = await writer.db
        .insertInto('centres_hub.agreement_versions')
        .values({
          number,
          title,
          words,
          sign_by: signBy,
          published_at: writer.now,
          published_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await writer.audit(agreementPublished, { kind: 'agreement', id }, { number, title, signBy }, null);
      return '/centres-hub/agreements?done=published';
    },
  });
}

async function publishPage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const list = '/centres-hub/agreements';
  const current = (await context.read(currentAgreement))?.number ?? 0;
  // Whoever was told of a newer version has seen it.
  const told = errors.some(({ field }) => field === '');
  const seen = told ? String(current) : typed(values, 'seen') || String(current);
  return bodyPage(
    context,
    { title: 'Publish the agreement', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Agreements', href: list }, { label: 'Publish' }])}
${pageHead({ title: 'Publish the agreement' })}
${note('A published version cannot be changed. Every centre is asked to sign the new one; what was signed before stays on record.', { class: 'mb' })}
${card(
  { label: 'The version' },
  form(
    { action: `${list}/publish`, submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', seen)}
${textField({ name: 'title', label: 'Title', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textareaField({ name: 'words', label: 'Words of the agreement', hint: 'A blank line begins a new paragraph', value: typed(values, 'words'), errors, rows: 14 })}
${dateField({ name: 'signBy', label: 'Centres sign it by', value: typedDate(values, 'signBy'), errors })}
${buttonRow(submitButton('Publish'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
