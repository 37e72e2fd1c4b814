import { z } from 'zod';
import { type Answer, page, Refused } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { currentAgreement } from '../agreement/agreement-versions.ts';
import { answersFrom, answerText, missingFrom } from '../applications/application-form.ts';
import { type Application, applicationOf, moveApplication, stepsOf } from '../applications/applications.ts';
import { tellOfficers } from '../applications/tell-officers.ts';
import { applicationSaved } from '../centre-audit.ts';
import { conditionsOfApplication } from '../conditions/conditions.ts';
import { sameName } from '../signatures/same-name.ts';
import { asApplicant, noApplication, ownApplication, type TokenQuery, tokenQuery } from './applicant.ts';
import { type ApplicantView, applicantPage } from './applicant-page.ts';

type Here = Context<unknown, TokenQuery>;

/** GET /become-a-centre/application: where the application stands, and what is the applicant's move. */
export const showApplication = handler({ query: tokenQuery }, async (context): Promise<Answer> => {
  const view = await viewOf(context);
  return view ? page(applicantPage(await context.frame(), view, {})) : noApplication(context);
});

async function viewOf(context: Here): Promise<ApplicantView | null> {
  return asApplicant(context).read(async (reader) => {
    const application = await ownApplication(reader, context);
    if (!application) return null;
    return {
      application,
      token: context.query.token,
      done: context.query.done ?? null,
      steps: await stepsOf(reader, application.id),
      conditions: await conditionsOfApplication(reader, application.id),
      agreement: await currentAgreement(reader),
      now: reader.now,
    };
  });
}

/** The applicant's acts have one shape: find the application, act, lead back to it. */
function applicantAct<T>(
  schema: z.ZodType<T>,
  action: (
    writer: Parameters<Parameters<Here['write']>[0]>[0],
    application: Application,
    value: T,
    context: Here,
  ) => Promise<NonNullable<TokenQuery['done']>>,
) {
  return handler({ query: tokenQuery }, async (context): Promise<Answer> => {
    const view = await viewOf(context);
    if (!view) return noApplication(context);
    return submitForm(asApplicant(context) as Context, {
      schema,
      page: async (values, errors) =>
        applicantPage(await context.frame(), (await viewOf(context)) ?? view, { values, errors }),
      action: async (writer, value) => {
        const application = await ownApplication(writer, context);
        if (!application) throw new Refused('The link has been replaced by a newer one. Use the newest mail from us');
        const done = await action(writer, application, value, context);
        const query = new URLSearchParams({ ...(context.query.token ? { token: context.query.token } : {}), done });
        return `/become-a-centre/application?${query}`;
      },
    });
  });
}

const fillForm = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** POST /become-a-centre/application: saves what was typed, whatever is missing; sends it when that was the button. */
export const sendApplication = applicantAct(fillForm, async (writer, { id }, fields) => {
  // Locked, so that of two saves, or a save and a sending, at the same moment the second one sees the first.
  const application = await applicationOf(writer, id, true);
  if (application.state !== 'invited') {
    throw new Refused('The application has been sent already, and nobody can change it now. Look at it again');
  }
  if (Number(fields.revision) !== application.revision) {
    throw new Refused(
      'Somebody saved this application while you were writing. Your text stands below; send it again to put it in the place of what was saved',
    );
  }
  const answers = answersFrom(fields);
  const missing = fields.act === 'send' ? missingFrom(answers) : [];
  if (missing.length > 0) throw new Refused(missing);
  const revision = application.revision + 1;
  await writer.db
    .updateTable('centres_hub.applications')
    .set({ answers: JSON.stringify(answers), revision, saved_at: writer.now })
    .where('id', '=', application.id)
    .execute();
  await writer.audit(applicationSaved, { kind: 'application', id: application.id }, { revision }, null);
  if (fields.act !== 'send') return 'saved';
  await moveApplication(writer, application.id, 'submit', { by: application.organisation });
  await tellOfficers(
    writer,
    application,
    `${application.organisation} has sent its application`,
    'Do the checks, then decide about a visit.',
  );
  return 'sent';
});

/** POST /become-a-centre/application/sign: the head of centre types the name. */
export const signApplication = applicantAct(
  z.object({
    signedName: z
      .string('Type the name of the head of centre')
      .trim()
      .min(1, 'Type the name of the head of centre')
      .max(200, 'Shorten the name to 200 characters'),
    versionId: z.string(),
  }),
  async (writer, application, { signedName, versionId }) => {
    const head = answerText(application.answers, 'headName');
    if (!sameName(signedName, head)) {
      throw new Refused([
        {
          field: 'signedName',
          message: `Only the head of centre signs. Type the name as the application has it: ${head}`,
        },
      ]);
    }
    const agreement = await currentAgreement(writer);
    if (!agreement || agreement.id !== versionId) {
      throw new Refused('A newer agreement was published while you were reading. Read it, then sign');
    }
    await moveApplication(writer, application.id, 'sign', { by: signedName, words: agreement.title });
    await writer.db
      .updateTable('centres_hub.applications')
      .set({ agreement_version_id: agreement.id, signed_name: signedName, signed_at: writer.now })
      .where('id', '=', application.id)
      .execute();
    await tellOfficers(
      writer,
      application,
      `${application.organisation} has signed the agreement`,
      'Approve the centre.',
    );
    return 'signed';
  },
);

/** POST /become-a-centre/application/withdraw */
export const withdrawApplication = applicantAct(z.object({}), async (writer, application) => {
  await moveApplication(writer, application.id, 'withdraw', { by: application.organisation });
  return 'withdrawn';
});
