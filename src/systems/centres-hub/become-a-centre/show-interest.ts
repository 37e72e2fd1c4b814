import { z } from 'zod';
import { mailableEmail, networkOf, waitInWords } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm, submitForm } from '#platform/http/forms.ts';
import { secondsToWait, throttle } from '#platform/throttle/throttle.ts';
import {
  errorSummary,
  form,
  link,
  linkButton,
  pageHead,
  prose,
  publicPage,
  submitButton,
  taskPage,
  textareaField,
  textField,
} from '#ui';
import { newApplicantLink, recordStep } from '../applications/applications.ts';
import { confirmMail } from '../applications/mails.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { asApplicant } from './applicant.ts';

const byNetwork = throttle('interest network', { points: 10, duration: 900 });
const byAddress = throttle('interest address', { points: 3, duration: 900 });

const text = (missing: string, most: number) =>
  z.string(missing).trim().min(1, missing).max(most, `Shorten it to ${most} characters`);

const interestForm = z.object({
  organisation: text('Enter the name of the organisation', 150),
  contactName: text('Enter your name', 150),
  email: mailableEmail,
  postcode: text('Enter the postcode', 10).regex(
    /^[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}$/,
    'Enter a postcode such as SG13 8PQ',
  ),
  products: text('Say which products you want to offer', 1000),
  message: z.string().trim().max(2000, 'Shorten the message to 2000 characters').default(''),
});

/** GET /become-a-centre */
export async function showInterest(context: Context): Promise<Answer> {
  return page(interestPage(await context.frame(), {}, []));
}

/** POST /become-a-centre: keeps what was written and mails a link that confirms the address. Answers the same whoever asks. */
export async function sendInterest(context: Context): Promise<Answer> {
  const { services, address } = context;
  const showForm = async (values: FormValues, errors: readonly FieldError[]) =>
    interestPage(await context.frame(), values, errors);
  // What is refused for its form costs nothing and counts nothing.
  const parsed = parseForm(interestForm, context.fields);
  if (parsed.ok) {
    const wait =
      (await secondsToWait(byNetwork(services), networkOf(address))) ||
      (await secondsToWait(byAddress(services), parsed.value.email.toLowerCase()));
    if (wait > 0) {
      const message = `This was sent several times already. Look in your mail, or wait ${waitInWords(wait)}`;
      return page(await showForm(context.fields, [{ field: 'email', message }]), 429);
    }
  }
  return submitForm(asApplicant(context), {
    schema: interestForm,
    page: showForm,
    action: async (writer, interest) => {
      const { id } = await writer.db
        .insertInto('centres_hub.applications')
        .values({
          state: 'asked',
          state_changed_at: writer.now,
          organisation: interest.organisation,
          contact_name: interest.contactName,
          email: interest.email,
          postcode: interest.postcode.toUpperCase(),
          products: interest.products,
          message: interest.message,
          asked_at: writer.now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const token = await newApplicantLink(writer, id, 'confirm');
      await recordStep(writer, id, { act: 'ask', to: 'asked', words: null, by: interest.organisation });
      await writer.mail({ kind: 'centres-hub.confirm-interest', to: interest.email, ...confirmMail(services, token) });
      return '/become-a-centre/sent';
    },
  });
}

/** GET /become-a-centre/sent */
export async function showInterestSent(context: Context): Promise<Answer> {
  return page(
    taskPage(
      { ...(await context.frame()), title: 'Look in your mail', width: 'form', noIndex: true },
      html`${pageHead({ title: 'Look in your mail', lead: 'One step is left: a link is on its way to the address that you gave. Open it within 7 days and confirm.' })}
<section class="ao-card"><h2>Then</h2><p>We read what you wrote and mail you an invitation to apply, or tell you why not. Nothing arrived after five minutes? Look in the folder for junk mail.</p>
<div class="row mt">${linkButton('Back to Become a centre', '/become-a-centre', { look: 'quiet' })}</div></section>`,
    ),
  );
}

function interestPage(frame: Frame, values: FormValues, errors: readonly FieldError[]): Safe {
  const title = 'Become an approved centre';
  return publicPage(
    { ...frame, title, form: true, hasErrors: errors.length > 0 },
    html`<div class="wrap band">${errorSummary(errors, 'Nothing was sent yet')}<h1>${title}</h1>${prose(html`
<p>An approved centre teaches and assesses our qualifications in its own name and answers for their quality. We approve the centre first, then each product it offers.</p>
<h2>What we ask of you</h2>
<ul><li>A centre coordinator, who runs the centre's users and speaks for it</li><li>Assessors and internal quality assurers who are competent in the trade and in assessing</li><li>Rooms fit for tests, and invigilators who do not teach the candidates they watch</li><li>A written policy for malpractice, complaints, appeals, equality and data protection</li></ul>
<h2>How it goes</h2>
<ol><li>Tell us of your interest below, and confirm your address by the link we mail.</li><li>We invite you to apply. The application shows what is missing, and you can save it and come back.</li><li>We do our checks, and visit you or decide from the desk.</li><li>We agree conditions with dates, or tell you why not. You can appeal.</li><li>The head of centre signs the agreement. Your coordinator gets a PIN, and products are approved one by one in Centres Hub.</li></ol>
<p>${link('See the qualifications you could offer', '/find-a-qualification')}.</p>`)}
<section class="ao-card mt" aria-labelledby="interest"><h2 id="interest">Tell us of your interest</h2>
${form(
  { action: '/become-a-centre', submissionId: crypto.randomUUID(), label: 'Tell us of your interest' },
  html`${textField({ name: 'organisation', label: 'Organisation', value: typed(values, 'organisation'), errors, autocomplete: 'organization' })}
${textField({ name: 'contactName', label: 'Your name', value: typed(values, 'contactName'), errors, autocomplete: 'name' })}
${textField({ name: 'email', label: 'E-mail address', hint: 'We mail you a link there to confirm it', type: 'email', value: typed(values, 'email'), errors, autocomplete: 'email', spellcheck: false, autocapitalize: 'none' })}
${textField({ name: 'postcode', label: 'Postcode', value: typed(values, 'postcode'), errors, autocomplete: 'postal-code', width: 10 })}
${textareaField({ name: 'products', label: 'Products of interest', hint: 'Titles or numbers of the qualifications and accreditations', value: typed(values, 'products'), errors, rows: 3 })}
${textareaField({ name: 'message', label: 'Message (optional)', value: typed(values, 'message'), errors, rows: 4 })}
<p class="muted">We use this to answer you, and for nothing else. ${link('What we keep, and your rights', '/privacy')}.</p>
${submitButton('Send')}`,
)}</section></div>`,
  );
}
