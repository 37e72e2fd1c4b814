import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import type { Services } from '#platform/services.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textareaField } from '#ui';
import { type Application, applicationOf, moveApplication, newApplicantLink } from '../applications/applications.ts';
import { agreementMail, invitedMail, refusedMail, returnedMail } from '../applications/mails.ts';
import { applicationParams } from '../applications/view-application.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { typed } from '../typed-fields/typed-fields.ts';

interface WordAct {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly bad?: true;
  /** What becomes of it: the mail to the applicant. */
  readonly after: (writer: Writer, services: Services, application: Application, words: string) => Promise<void>;
}

const mailTo = (writer: Writer, application: Application, text: { subject: string; body: string }) =>
  writer.mail({ kind: 'centres-hub.application', to: application.email, ...text });

/** Acts that ask for words, one page each. */
const WORD_ACTS = {
  invite: {
    title: 'Invite to apply',
    label: 'Why the organisation is invited',
    hint: 'Stands in the record. The organisation is mailed a link to its application.',
    button: 'Send the invitation',
    after: async (writer, services, application) =>
      mailTo(
        writer,
        application,
        invitedMail(services, application.reference, await newApplicantLink(writer, application.id, 'application')),
      ),
  },
  return: {
    title: 'Send back with a question',
    label: 'What do you need?',
    hint: 'The organisation reads it in a mail and on its page, and can change its application.',
    button: 'Send back',
    after: async (writer, services, application, words) =>
      mailTo(
        writer,
        application,
        returnedMail(
          services,
          application.reference,
          words,
          await newApplicantLink(writer, application.id, 'application'),
        ),
      ),
  },
  refuse: {
    title: 'Refuse the application',
    label: 'Reasons',
    hint: 'The organisation reads them in a mail, with how to appeal.',
    button: 'Refuse',
    bad: true,
    after: (writer, _services, application, words) =>
      mailTo(writer, application, refusedMail(application.reference, words)),
  },
  reopen: {
    title: 'Take up again on appeal',
    label: 'What the appeal says, and why it is taken up',
    hint: 'The checks begin anew where you want them to. Whoever refused cannot do this.',
    button: 'Take up again',
    after: async () => {},
  },
} as const satisfies Record<string, WordAct>;
type WordActName = keyof typeof WORD_ACTS;
export const WORD_ACT_NAMES = Object.keys(WORD_ACTS) as readonly WordActName[];

/** GET /centres-hub/applications/:id/ACT */
export function showWordAct(name: WordActName) {
  return handler({ params: applicationParams }, async (context) => {
    const application = await context.read((reader) => applicationOf(reader, context.params.id));
    return page(await wordsPage(context, name, application, await context.keptFields(), []));
  });
}

/** POST /centres-hub/applications/:id/ACT */
export function sendWordAct(name: WordActName) {
  const act: WordAct = WORD_ACTS[name];
  return handler({ params: applicationParams }, (context) =>
    submitForm(context as Context, {
      schema: z.object({ words: reasonField }),
      page: async (values, errors) => {
        const application = await context.read((reader) => applicationOf(reader, context.params.id));
        return wordsPage(context, name, application, values, errors);
      },
      action: async (writer, { words }) => {
        const application = await moveApplication(writer, context.params.id, name, { words });
        await act.after(writer, context.services, application, words);
        return `/centres-hub/applications/${application.id}`;
      },
    }),
  );
}

async function wordsPage(
  context: Context<{ id: string }>,
  name: WordActName,
  application: Application,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const act: WordAct = WORD_ACTS[name];
  const back = `/centres-hub/applications/${application.id}`;
  return bodyPage(
    context as Context,
    { title: act.title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Applications', href: '/centres-hub/applications' }, { label: application.reference, href: back }, { label: act.title }])}
${pageHead({ title: act.title, lead: application.organisation })}
${card(
  { label: act.title },
  form(
    { action: `${back}/${name}`, submissionId: crypto.randomUUID() },
    html`${textareaField({ name: 'words', label: act.label, hint: act.hint, value: typed(values, 'words'), errors, rows: 4 })}
${buttonRow(submitButton(act.button, act.bad ? { look: 'bad' } : {}), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}`,
  );
}

/** POST of an act that needs no words: the checks are done, the agreement goes out. */
export function sendPlainAct(name: 'pass-checks' | 'offer') {
  return handler({ params: applicationParams }, (context) =>
    submitForm(context as Context, {
      schema: z.object({}),
      page: async (_values, errors) => {
        const application = await context.read((reader) => applicationOf(reader, context.params.id));
        return notNowPage(context, application, errors);
      },
      action: async (writer) => {
        const application = await moveApplication(writer, context.params.id, name);
        if (name === 'offer') {
          const token = await newApplicantLink(writer, application.id, 'application');
          await mailTo(writer, application, agreementMail(context.services, application.reference, token));
        }
        return `/centres-hub/applications/${application.id}`;
      },
    }),
  );
}

async function notNowPage(
  context: Context<{ id: string }>,
  application: Application,
  errors: readonly FieldError[],
): Promise<Safe> {
  return bodyPage(
    context as Context,
    { title: 'Not now', hasErrors: true },
    html`${errorSummary(errors)}${pageHead({ title: 'This cannot be done now', lead: application.organisation })}
${buttonRow(linkButton('Back to the application', `/centres-hub/applications/${application.id}`))}`,
  );
}

/** 422 in a sentence unless the application is in one of these states. */
export function onlyIn(application: Application, states: readonly Application['state'][]): void {
  if (!states.includes(application.state)) {
    throw new Refused('The application has gone on since you opened this page. Look at it again');
  }
}
