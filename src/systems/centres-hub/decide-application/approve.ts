import { sql } from 'kysely';
import { z } from 'zod';
import { addMembership, ensureOrganisation, ensurePerson, invite, issuePin } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import type { Services } from '#platform/services.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, summaryList } from '#ui';
import { answerLines, answerText } from '../applications/application-form.ts';
import { type Application, applicationOf, mayMove, moveApplication } from '../applications/applications.ts';
import { approvedMail } from '../applications/mails.ts';
import { applicationParams } from '../applications/view-application.ts';
import { userAdded } from '../audit.ts';
import { agreementSigned, centreMade } from '../centre-audit.ts';
import { bodyPage } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { tidyUkprn } from '../ukprn/ukprn.ts';

/** GET /centres-hub/applications/:id/approve: what will be made, before it is. */
export const showApprove = handler({ params: applicationParams }, async (context) => {
  const application = await context.read((reader) => applicationOf(reader, context.params.id));
  return page(await approvePage(context, application, []));
});

/** POST /centres-hub/applications/:id/approve */
export const sendApprove = handler({ params: applicationParams }, (context) =>
  submitForm(context as Context, {
    schema: z.object({}),
    page: async (_values, errors) => {
      const application = await context.read((reader) => applicationOf(reader, context.params.id));
      return approvePage(context, application, errors);
    },
    action: async (writer) => {
      const number = await makeCentre(writer, context.services, context.params.id);
      return `/centres-hub?centre=${number}`;
    },
  }),
);

/**
 * Makes the centre with its site, contacts and signed agreement, takes the conditions over, and invites the coordinator
 * with a PIN: all in this transaction. Returns the centre number.
 */
async function makeCentre(writer: Writer, services: Services, applicationId: string): Promise<string> {
  // The rule is asked before the centre's row is made, and the state comes after, since "approved" needs the row.
  const application = await mayMove(writer, applicationId, 'approve');
  const number = await nextCentreNumber(writer);
  const name = application.organisation;
  const centreId = await ensureOrganisation(writer, { kind: 'centre', number, name });
  await insertCentre(writer, centreId, application);
  await moveApplication(writer, applicationId, 'approve', { centreId, words: `Centre ${number}` });
  await writer.db
    .updateTable('centres_hub.conditions')
    .set({ centre_id: centreId })
    .where('application_id', '=', applicationId)
    .execute();
  await signatureOf(writer, centreId, application);
  await writer.audit(centreMade, { kind: 'centre', id: centreId }, { number, name, applicationId }, centreId);
  await recordProfileChanges(writer, centreId, [
    { what: 'Name', before: null, after: name },
    { what: 'Head of centre', before: null, after: answerText(application.answers, 'headName') },
    { what: 'Owner', before: null, after: answerText(application.answers, 'owner') },
  ]);
  await inviteCoordinator(writer, services, centreId, application);
  const text = approvedMail(application.reference, number);
  await writer.mail({ kind: 'centres-hub.application', to: application.email, ...text });
  return number;
}

/** The next free number of 5 digits after the highest; whoever approves at the same time waits. */
async function nextCentreNumber(writer: Writer): Promise<string> {
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('centres-hub.centre-number', 0))`);
  const [row] = await writer.rows(sql<{ number: string }>`
    select lpad((coalesce(max(number::int), 4400) + 1)::text, 5, '0') as number
    from accounts.published_organisations where kind = 'centre'`);
  return (row as { number: string }).number;
}

async function insertCentre(writer: Writer, centreId: string, { answers, email }: Application): Promise<void> {
  const text = (key: string) => answerText(answers, key);
  const or = (key: string) => text(key) || null;
  const { db, now } = writer;
  await db
    .insertInto('centres_hub.centres')
    .values({
      id: centreId,
      trading_name: or('tradingName'),
      owner: or('owner'),
      address: answerLines(answers, 'address'),
      town: text('town'),
      postcode: text('postcode').toUpperCase(),
      telephone: or('telephone'),
      email,
      website: or('website'),
      ukprn: text('ukprn') ? tidyUkprn(text('ukprn')) : null,
      approved_on: dayInLondon(now),
    })
    .execute();
  await db
    .insertInto('centres_hub.sites')
    .values({ centre_id: centreId, name: text('siteName'), rooms: answerLines(answers, 'rooms') })
    .execute();
  const contact = { centre_id: centreId, recorded_at: now, recorded_by: writer.identity.personId };
  await db
    .insertInto('centres_hub.contacts')
    .values([
      { ...contact, function: 'head_of_centre', name: text('headName'), email: text('headEmail') },
      {
        ...contact,
        function: 'coordinator',
        name: `${text('coordinatorGivenNames')} ${text('coordinatorFamilyName')}`,
        email: text('coordinatorEmail'),
      },
    ])
    .execute();
}

async function signatureOf(writer: Writer, centreId: string, application: Application): Promise<void> {
  const { agreementVersionId, signedName, signedAt } = application;
  if (!agreementVersionId || !signedName || !signedAt) return;
  const { id } = await writer.db
    .insertInto('centres_hub.agreement_signatures')
    .values({
      centre_id: centreId,
      agreement_version_id: agreementVersionId,
      signed_name: signedName,
      signed_at: signedAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { number } = await writer.db
    .selectFrom('centres_hub.agreement_versions')
    .select('number')
    .where('id', '=', agreementVersionId)
    .executeTakeFirstOrThrow();
  await writer.audit(agreementSigned, { kind: 'agreement signature', id }, { number, signedName }, centreId);
}

async function inviteCoordinator(
  writer: Writer,
  services: Services,
  centreId: string,
  { answers }: Application,
): Promise<void> {
  const email = answerText(answers, 'coordinatorEmail');
  const givenNames = answerText(answers, 'coordinatorGivenNames');
  const familyName = answerText(answers, 'coordinatorFamilyName');
  const personId = await ensurePerson(writer, { givenNames, familyName, email });
  const membership = { personId, organisationId: centreId };
  await addMembership(writer, { ...membership, role: 'coordinator' });
  await issuePin(writer, services, membership);
  await invite(writer, services, { ...membership, email });
  await writer.db
    .insertInto('centres_hub.staff_members')
    .values({
      centre_id: centreId,
      person_id: personId,
      given_names: givenNames,
      family_name: familyName,
      email,
      function: 'Centre coordinator',
      recorded_at: writer.now,
      recorded_by: writer.identity.personId,
    })
    .execute();
  await writer.audit(userAdded, { kind: 'person', id: personId }, { email, roles: ['coordinator'] }, centreId);
}

async function approvePage(
  context: Context<{ id: string }>,
  application: Application,
  errors: readonly FieldError[],
): Promise<Safe> {
  const back = `/centres-hub/applications/${application.id}`;
  const text = (key: string) => answerText(application.answers, key);
  return bodyPage(
    context as Context,
    { title: 'Approve the centre', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Applications', href: '/centres-hub/applications' }, { label: application.reference, href: back }, { label: 'Approve' }])}
${pageHead({ title: 'Approve the centre', lead: application.organisation })}
${card(
  { label: 'What is made' },
  html`<p>The organisation becomes a centre at once, with the next free centre number. Products are approved one by one afterwards.</p>
${summaryList([
  ['Head of centre', text('headName')],
  [
    'Coordinator, who is invited and gets a PIN',
    html`${text('coordinatorGivenNames')} ${text('coordinatorFamilyName')}, ${text('coordinatorEmail')}`,
  ],
  ['First site', html`${text('siteName')}: ${answerLines(application.answers, 'rooms').join(', ')}`],
  ['Agreement', application.signedName ? `Signed by ${application.signedName}` : 'Not signed'],
])}
${form({ action: `${back}/approve`, submissionId: crypto.randomUUID() }, buttonRow(submitButton('Approve the centre'), linkButton('Cancel', back, { look: 'quiet' })))}`,
)}`,
  );
}
