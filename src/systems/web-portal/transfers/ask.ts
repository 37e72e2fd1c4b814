/** A centre asks for a registration by candidate number and birth date: a wrong pair is answered alike, whatever is wrong. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { waitInWords } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { parseForm, submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  form,
  linkButton,
  pageHead,
  readDate,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { consequences } from '../amendments/parts.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { nothingOpen, type Offer, offerOf, typed, typedDate } from '../register-candidate/fields.ts';
import { openTransfer } from './open-transfer.ts';
import { acrossCentres, TRANSFERS } from './transfers.ts';

/** Pairs that a centre may try in an hour, and that anybody may try of one number; right and wrong ones count alike. */
const byCentre = throttle('transfer pairs of a centre', { points: 20, duration: 3600 });
const byNumber = throttle('transfer pairs of a number', { points: 5, duration: 3600, blockDuration: 3600 });

const askForm = z.record(z.string(), z.unknown()).transform((fields, check) => {
  const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
  const number = String(fields.candidateNumber ?? '').replace(/[\s-]/g, '');
  if (!/^\d{8}$/.test(number)) refuse('candidateNumber', 'Enter the 8 digits of the candidate number');
  const birthDate = readDate(fields, 'birthDate', 'date of birth', { required: true });
  if (!birthDate.ok) refuse(birthDate.error.field, birthDate.error.message);
  const product = z.uuid().safeParse(fields.product);
  if (!product.success) refuse('product', 'Choose the product');
  const reason = String(fields.reason ?? '').trim();
  if (reason.length < 10) refuse('reason', 'Say in a sentence why: the other centre reads it');
  if (reason.length > 1000) refuse('reason', 'Shorten it to 1,000 characters');
  return { number, birthDate: birthDate.ok ? (birthDate.date ?? '') : '', productId: product.data ?? '', reason };
});

/** GET /web-portal/transfers/ask */
export const showAsk = handler({}, async (context) => {
  const offer = await context.read((reader) => offerOf(reader, context.centreId()));
  return page(await askPage(context, offer, await context.keptFields(), []));
});

/** POST /web-portal/transfers/ask */
export const sendAsk = handler({}, async (context): Promise<Answer> => {
  const centreId = context.centreId();
  // Counted before it is looked at, and apart from the transaction: a wrong pair stays counted.
  const typedPair = parseForm(askForm, context.fields);
  const wait = typedPair.ok ? await claimPair(context, centreId, typedPair.value.number) : 0;
  return submitForm(acrossCentres(context), {
    schema: askForm,
    page: async (values, errors) =>
      askPage(context, await context.read((reader) => offerOf(reader, centreId)), values, errors),
    action: async (writer, { number, birthDate, productId, reason }) => {
      if (wait > 0)
        throw new Refused([
          { field: 'candidateNumber', message: `Too many pairs were tried. Wait ${waitInWords(wait)}, then try again` },
        ]);
      const registrationId = await registrationOfPair(writer, { centreId, number, birthDate, productId });
      if (registrationId === null)
        throw new Refused([
          {
            field: 'candidateNumber',
            message:
              'No candidate of another centre has this number and birth date and a registration for this product in progress. Check all three with the candidate',
          },
        ]);
      return `${TRANSFERS}/${await openTransfer(writer, { direction: 'ask', registrationId, toCentreId: centreId, reason })}?done=asked`;
    },
  });
});

/** Takes one try: 0, or the seconds to wait. */
async function claimPair({ services }: Context, centreId: string, number: string): Promise<number> {
  return (await secondsToWait(byCentre(services), centreId)) || (await secondsToWait(byNumber(services), number));
}

async function registrationOfPair(
  writer: Writer,
  pair: { centreId: string; number: string; birthDate: string; productId: string },
): Promise<string | null> {
  const [found] = await writer.rows(sql<{ id: string }>`
    select r.id from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
    where (c.candidate_number = ${pair.number} or c.id = (select f.candidate_id from web_portal.former_candidates f where f.candidate_number = ${pair.number}))
      and c.birth_date = ${pair.birthDate}::date and r.product_id = ${pair.productId}::uuid and r.state = 'active'
      and r.centre_id <> ${pair.centreId}::uuid`);
  return found?.id ?? null;
}

function askPage(context: Context, offer: Offer, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const title = 'Ask for a transfer';
  return portalPage(
    context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${crumbs([{ label: 'Transfers', href: TRANSFERS }, { label: title }])}
${pageHead({ title, lead: 'Somebody who is registered at another centre comes to yours. That centre answers within 20 working days.' })}
<div class="wrap-m stack">${
      nothingOpen(offer, values) ??
      html`${card(
        { title: 'Who comes', id: 'who' },
        form(
          { action: `${TRANSFERS}/ask`, submissionId: randomUUID() },
          html`${textField({ name: 'candidateNumber', label: 'Candidate number', hint: '8 digits, on every letter and certificate; the candidate knows it', value: typed(values, 'candidateNumber'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 20 })}
${dateField({ name: 'birthDate', label: 'Date of birth', value: typedDate(values, 'birthDate'), errors })}
${selectField({ name: 'product', label: 'Product', placeholder: 'Choose a product', value: typed(values, 'product'), errors, choices: offer.open.map(({ productId, title: label }) => ({ value: productId, label })) })}
${textareaField({ name: 'reason', label: 'Reason', hint: 'The other centre reads it', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Ask for it'), linkButton('Cancel', TRANSFERS, { look: 'quiet' }))}`,
        ),
      )}${consequences([
        'Until the other centre accepts, you see nothing of the registration and it goes on there',
        'Accepted, it goes on at your centre with its units, its programme start and its days used',
        'You can take the question back at any time before the answer',
      ])}`
    }</div>`,
  );
}
