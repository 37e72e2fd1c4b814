/** Linking a record without an invitation: candidate number and birth date, then a code mailed to the record's address. */
import { z } from 'zod';
import { networkOf, waitInWords } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import { dateField, errorSummary, form, link, note, pageHead, readDate, submitButton, taskPage, textField } from '#ui';
import { codeAsked, codeGiven } from '../audit.ts';
import { CODE_MINUTES, sendCode, useCode, WRONG_CODE } from '../candidate-account/codes.ts';
import { isCandidateNumber } from '../candidate-number/candidate-number.ts';
import { typed, typedDate } from '../register-candidate/fields.ts';

const HOUR = 3600;
const byPerson = throttle('candidate code person', { points: 5, duration: HOUR });
const byNetwork = throttle('candidate code network', { points: 20, duration: HOUR });
const byNumber = throttle('candidate code number', { points: 10, duration: 24 * HOUR });

const numberForm = z.record(z.string(), z.unknown()).transform((values, context) => {
  const number = String(values.candidateNumber ?? '').replace(/[\s-]/g, '');
  const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (!isCandidateNumber(number))
    wrong(
      'candidateNumber',
      number === ''
        ? 'Enter your candidate number'
        : 'This is no candidate number. Check the 8 digits with your centre',
    );
  const read = readDate(values, 'birthDate', 'date of birth', { required: true });
  if (!read.ok) wrong('birthDate', read.error.message);
  return read.ok && read.date ? { number, birthDate: read.date } : z.NEVER;
});

const codeForm = z.object({
  code: z
    .string('Enter the code')
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the 6 digits of the mail')),
});

/** GET /link-record/by-number */
export async function showLinkByNumber(context: Context): Promise<Answer> {
  return page(await numberPage(context, await context.keptFields(), []));
}

/** POST /link-record/by-number: the same answer whether there is such a record or not. */
export async function askForCode(context: Context): Promise<Answer> {
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(await numberPage(context, context.fields, errors), status);
  const parsed = parseForm(numberForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { services, address } = context;
  const { personId } = context.person();
  const wait =
    (await secondsToWait(byPerson(services), personId)) ||
    (await secondsToWait(byNetwork(services), networkOf(address))) ||
    (await secondsToWait(byNumber(services), parsed.value.number));
  if (wait)
    return refuse(
      [{ field: 'candidateNumber', message: `That was tried too often. Wait ${waitInWords(wait)}, then try again` }],
      429,
    );
  await services.database.write(
    { kind: 'system', personId },
    async (writer) => {
      await sendCode(writer, services, { personId, ...parsed.value });
      await writer.audit(codeAsked, { kind: 'person', id: personId }, { number: parsed.value.number });
    },
    { requestId: context.requestId },
  );
  return redirect('/link-record/code');
}

/** GET /link-record/code */
export async function showCode(context: Context): Promise<Answer> {
  return page(await codePage(context, await context.keptFields(), []));
}

/** POST /link-record/code: links the record whose code this is. */
export async function giveCode(context: Context): Promise<Answer> {
  const refuse = async (errors: readonly FieldError[]) => page(await codePage(context, context.fields, errors), 422);
  const parsed = parseForm(codeForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const { services, requestId } = context;
  const { personId } = context.person();
  try {
    const right = await services.database.write(
      { kind: 'system', personId },
      async (writer) => {
        const fits = await useCode(writer, services, { personId, code: parsed.value.code });
        await writer.audit(codeGiven, { kind: 'person', id: personId }, { right: fits });
        return fits;
      },
      { requestId },
    );
    return right ? redirect('/home') : refuse(WRONG_CODE.errors);
  } catch (error) {
    if (error instanceof Refused) return refuse(error.errors);
    throw error;
  }
}

async function numberPage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const title = 'Link your candidate record';
  return taskPage(
    { ...(await context.frame()), title, form: true, hasErrors: errors.length > 0, width: 'form' },
    html`${errorSummary(errors, 'No code was sent')}
${pageHead({ title, lead: 'Your home then shows your registrations, tests, results and certificates' })}
${form(
  { action: '/link-record/by-number', class: 'ao-card' },
  html`${textField({ name: 'candidateNumber', label: 'Candidate number', hint: '8 digits, on your test entry and your results', value: typed(values, 'candidateNumber'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 10 })}
${dateField({ name: 'birthDate', label: 'Your date of birth', hint: 'For example, 27 3 2007', birthDate: true, value: typedDate(values, 'birthDate'), errors })}
${submitButton('Mail me a code')}`,
)}
${note('The code goes to the e-mail address that your centre has for you, so that nobody else gets at your results.', { icon: 'info', class: 'mt' })}`,
  );
}

async function codePage(context: Context, values: FormValues, errors: readonly FieldError[]): Promise<Safe> {
  const title = 'Enter the code';
  return taskPage(
    { ...(await context.frame()), title, form: true, hasErrors: errors.length > 0, width: 'form' },
    html`${errorSummary(errors, 'Your record is not linked')}
${pageHead({ title, lead: `If number and date of birth belong together, a code is on its way. It works for ${CODE_MINUTES} minutes` })}
${form(
  { action: '/link-record/code', class: 'ao-card' },
  html`${textField({ name: 'code', label: 'Code', hint: '6 digits, from the mail', value: typed(values, 'code'), errors, autocomplete: 'one-time-code', inputmode: 'numeric', code: true, width: 10 })}
${submitButton('Link my record')}`,
)}
<section class="ao-card mt"><h2>No mail after five minutes?</h2>
<ul><li>Look in the folder for junk mail.</li>
<li>Your centre may have another e-mail address for you, or none. Ask it to correct your record; you are invited by itself then.</li>
<li>Check the number and the date: ${link('try again', '/link-record/by-number')}.</li></ul></section>`,
  );
}
