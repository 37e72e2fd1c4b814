/** The last dates of a product: how it is withdrawn. They hold for all its versions, and what it would touch is shown first. */
import { sql } from 'kysely';
import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  formatDate,
  formatDateTime,
  hiddenField,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  summaryList,
  textareaField,
  trail,
} from '#ui';
import { productDatesSet } from '../audit.ts';
import type { Version } from '../catalogue/catalogue.ts';
import { type InProgress, registrationsInProgress } from '../contributions.ts';
import { type Edited, editedByCode, lockEdited, storeDraft } from '../drafts/drafts.ts';
import { dayAsTyped, readDay, refuse, typedDay } from '../edit-facts/typed-values.ts';
import { codeParams, EDITING, editHref, editingPage, markOf, typed } from '../editing-page/editing-page.ts';

type Dates = Pick<Version, 'operationalEnd' | 'certificationEnd' | 'reviewOn'>;
const datesOf = ({ operationalEnd, certificationEnd, reviewOn }: Dates): Dates => ({
  operationalEnd,
  certificationEnd,
  reviewOn,
});

interface Change {
  readonly at: Date;
  readonly by: string | null;
  readonly reason: string;
  readonly after: Dates;
}

interface Found {
  readonly edited: Edited;
  readonly inProgress: InProgress;
  readonly changes: readonly Change[];
}

async function find(reader: Reader, code: string): Promise<Found> {
  const edited = await editedByCode(reader, code);
  if (!edited.product || !edited.version) throw new NotFound();
  const changes = await reader.rows(sql<Change>`
    select c.at, c.reason, c.after,
      (select p.given_names || ' ' || p.family_name from accounts.published_people p where p.id = c.person_id) as by
    from products.date_changes c where c.product_id = ${edited.product.id} order by c.at desc limit 20`);
  return { edited, inProgress: await registrationsInProgress(reader, edited.product.id), changes };
}

const schemaFor = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const reason = reasonField.safeParse(fields.reason);
    if (!reason.success) refuse(check, 'reason', reason.error.issues[0]?.message ?? 'Enter the reason');
    const dates: Dates = {
      operationalEnd: readDay(fields, check, 'operationalEnd', 'last registration'),
      certificationEnd: readDay(fields, check, 'certificationEnd', 'last certification'),
      reviewOn: readDay(fields, check, 'reviewOn', 'review date'),
    };
    const { operationalEnd: end, certificationEnd: claims } = dates;
    if (claims !== null && end === null)
      refuse(
        check,
        'operationalEnd',
        'Enter the last registration too: nobody should register without end before a last certification',
      );
    if (claims !== null && end !== null && claims < end)
      refuse(check, 'certificationEnd', 'The last certification lies before the last registration. Choose a later day');
    return {
      reason: reason.data ?? '',
      dates,
      seen: String(fields.seen ?? ''),
      today,
      confirmed: fields.confirmed === 'yes',
    };
  });

/** GET /products/editing/:code/dates */
export const showDates = handler({ params: codeParams }, async (context) => {
  const found = await context.read((reader) => find(reader, context.params.code));
  const dates = datesOf(found.edited.version as Version);
  const values: FormValues = {
    ...dayAsTyped('operationalEnd', dates.operationalEnd),
    ...dayAsTyped('certificationEnd', dates.certificationEnd),
    ...dayAsTyped('reviewOn', dates.reviewOn),
    seen: markOf(dates),
    ...(await context.keptFields()),
  };
  return page(datesPage(await context.frame(), found, values, []));
});

/** POST /products/editing/:code/dates: the first press shows what it would touch, the second sets them. */
export const sendDates = handler({ params: codeParams }, (context) => {
  const { code } = context.params;
  const today = dayInLondon(context.now);
  return submitForm(context, {
    schema: schemaFor(today),
    page: async (values, errors) =>
      datesPage(await context.frame(), await context.read((reader) => find(reader, code)), values, errors),
    action: async (writer, { reason, dates, seen, confirmed }) => {
      const { product, version, draft } = await lockEdited(writer, code);
      if (!product || !version) throw new NotFound();
      const before = datesOf(version);
      if (markOf(before) !== seen)
        throw new Refused(
          'Somebody set other dates after you opened this page. They are shown below; what you typed is kept',
        );
      if (markOf(before) === markOf(dates))
        throw new Refused('These are the dates as they are. Change one, or go back');
      const { registrations } = await registrationsInProgress(writer, product.id);
      if (registrations > 0 && dates.certificationEnd !== null && dates.certificationEnd < today)
        throw new Refused([
          {
            field: 'certificationEnd',
            message: `${plural(registrations, 'registration')} in progress could never be claimed: this day has passed. Choose today or a later day`,
          },
        ]);
      if (registrations > 0 && !confirmed && closes(before, dates))
        throw new Refused([
          {
            field: 'confirmed',
            message: `Look at the ${plural(registrations, 'registration')} in progress below, then confirm`,
          },
        ]);
      await writer.db
        .updateTable('products.versions')
        .set({
          operational_end: dates.operationalEnd,
          certification_end: dates.certificationEnd,
          review_on: dates.reviewOn,
        })
        .where('product_id', '=', product.id)
        .execute();
      // A draft under work would set the old dates again when it is published.
      if (draft) await storeDraft(writer, draft, { ...draft.content, ...dates });
      await writer.db
        .insertInto('products.date_changes')
        .values({
          product_id: product.id,
          at: writer.now,
          person_id: writer.identity.personId,
          reason,
          before: JSON.stringify(before),
          after: JSON.stringify(dates),
        })
        .execute();
      const payload = { code, reason, before, after: dates, inProgress: registrations };
      await writer.audit(productDatesSet, { kind: 'product', id: product.id }, payload, null);
      return editHref(code, '?done=dates');
    },
  });
});

/** An end that is new or earlier than before. */
function closes(before: Dates, after: Dates): boolean {
  const earlier = (was: string | null, is: string | null) => is !== null && (was === null || is < was);
  return (
    earlier(before.operationalEnd, after.operationalEnd) || earlier(before.certificationEnd, after.certificationEnd)
  );
}

function datesPage(frame: Frame, found: Found, values: FormValues, errors: readonly FieldError[]): Safe {
  const { edited, inProgress, changes } = found;
  const { code, product } = edited;
  const title = 'Last dates';
  const asked = errors.some(({ field }) => field === 'confirmed');
  return editingPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: title }])}
${pageHead({ title, lead: html`${product?.title}. A product is withdrawn by its last dates; nothing is deleted` })}
<div class="split"><div class="stack">
${card(
  { label: title },
  form(
    { action: editHref(code, '/dates'), submissionId: crypto.randomUUID() },
    html`${hiddenField('seen', markOf(datesOf(edited.version as Version)))}
${dateField({ name: 'operationalEnd', label: 'Last registration', hint: 'Empty: no end is set', value: typedDay(values, 'operationalEnd'), errors })}
${dateField({ name: 'certificationEnd', label: 'Last certification', hint: 'Nobody can claim after it, whatever version they are registered for', value: typedDay(values, 'certificationEnd'), errors })}
${dateField({ name: 'reviewOn', label: 'Review', value: typedDay(values, 'reviewOn'), errors })}
${textareaField({ name: 'reason', label: 'Reason', hint: 'Stands in the record', value: typed(values, 'reason'), errors, rows: 3 })}
${asked && html`<input type="hidden" name="confirmed" value="yes">`}
<div id="confirmed">${buttonRow(submitButton(asked ? `Set the dates, with ${plural(inProgress.registrations, 'registration')} in progress` : 'Set the dates'), linkButton('Cancel', editHref(code), { look: 'quiet' }))}</div>`,
  ),
)}
${
  changes.length > 0 &&
  card(
    { title: 'Set before', id: 'before' },
    trail(
      changes.map(({ at, by, reason, after }) => ({
        when: html`${formatDateTime(at, 'list')}${by && html`, ${by}`}`,
        what: `Last registration ${inWords(after.operationalEnd)}, last certification ${inWords(after.certificationEnd)}: ${reason}`,
      })),
    ),
  )
}</div><div class="stack">${inProgressCard(inProgress)}</div></div>`,
  );
}

const inWords = (day: string | null): string => (day === null ? 'without end' : formatDate(day));

function inProgressCard({ registrations, centres, readyToClaim, newestStart, byVersion }: InProgress): Safe {
  if (registrations === 0) return note('Nobody is registered for it and in progress.', { tone: 'ok' });
  return card(
    { title: 'In progress today', id: 'in-progress' },
    html`${summaryList([
      ['Registrations', plural(registrations, 'registration')],
      ['At', plural(centres, 'centre')],
      ['Everything achieved, not claimed', String(readyToClaim)],
      newestStart ? ['Newest programme start', formatDate(newestStart)] : null,
      ...byVersion.map((one): [string, string] => [`Of version ${one.version}`, String(one.registrations)]),
    ])}<p class="muted">After the last registration nobody new begins; those in progress go on and are claimed until the last certification.</p>`,
  );
}
