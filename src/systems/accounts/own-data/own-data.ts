import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, file, page } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { onBehalfOf } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { crumbs, errorSummary, form, linkButton, pageHead, staffPage, submitButton } from '#ui';
import { ownDataTaken } from '../own-details-audit.ts';
import { passwordAgain, passwordAgainField } from '../password-again/password-again.ts';
import { ownDataFor } from './contribution.ts';

/** GET /my-details/data */
export async function showOwnData(context: Context): Promise<Answer> {
  return page(ownDataPage(await context.frame(), []));
}

/** POST /my-details/data: everything that the product holds about the person, as one JSON file (UK GDPR, articles 15 and 20). */
export async function takeOwnData(context: Context): Promise<Answer> {
  const person = context.person();
  const wrong = await passwordAgain(context, 'own data');
  if (wrong) return page(ownDataPage(await context.frame(), wrong.errors), wrong.status);
  const parts = await ownDataFor(context);
  await context.services.database.write(
    onBehalfOf(person, { ownMatter: true }),
    async (writer) => {
      const subject = { kind: 'person', id: person.personId };
      await writer.audit(ownDataTaken, subject, { address: context.address });
      if (person.email === null) return;
      await writer.mail({
        kind: 'accounts.own-data-taken',
        to: person.email,
        personId: person.personId,
        subject: 'Your data was downloaded',
        body: `Dear ${person.givenNames} ${person.familyName}\n\nYou get this mail because somebody who knows your password has just downloaded, under My details, what ${brand.name} holds about you.\n\nIf it was you, there is nothing to do. If it was not, change your password, look at your security events, and write to ${brand.supportEmail}.\n\n${brand.name}\n`,
      });
    },
    { requestId: context.requestId },
  );
  const content = {
    about: `What ${brand.name} holds about ${person.givenNames} ${person.familyName}`,
    madeAt: context.now,
    systems: Object.fromEntries(parts.map(({ system, data }) => [system, data])),
  };
  return file(`${JSON.stringify(content, null, 2)}\n`, {
    type: 'application/json; charset=utf-8',
    name: `my-data-${context.now.toISOString().slice(0, 10)}.json`,
  });
}

function ownDataPage(frame: Frame, errors: readonly FieldError[]): Safe {
  return staffPage(
    { ...frame, title: 'Download my data', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Download my data' }])}
${errorSummary(errors)}
${pageHead({ title: 'Download my data', lead: 'One file (JSON) with what the product holds about you' })}
${form(
  { action: '/my-details/data', class: 'ao-card wrap-s m0' },
  html`<p>In it: your account, roles, log-in sessions and security events; your records as a candidate with registrations, sittings, results and certificates; your entry on the profile of a centre.</p>
<p>Not in it: questions and answers of tests, which are confidential, and your PINs, which stand under My details.</p>
${passwordAgainField(errors)}
<div class="row">${submitButton('Download my data', { icon: 'download' })}${linkButton('Cancel', '/my-details', { look: 'quiet' })}</div>`,
)}`,
  );
}
