import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { mayClaim } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { actingCentreId } from '#platform/permissions/principal.ts';
import {
  buttonRow,
  card,
  errorSummary,
  form,
  formatDate,
  hiddenField,
  linkButton,
  note,
  pageHead,
  submitButton,
  textareaField,
} from '#ui';
import { type AmendedRegistration, amendedRegistration, refuseUnseen, seenOf } from '../amendments/look.ts';
import { amendmentCrumbs, consequences, registrationHref } from '../amendments/parts.ts';
import { tellOffice } from '../amendments/tell.ts';
import { lockRegistrations, reopenRegistration } from '../change-state/change-state.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';
import { STATE_WORDS } from '../registration-state/registration-state.ts';

const params = z.object({ registrationId: z.uuid() });
type Asked = Context<z.infer<typeof params>>;
const reopenForm = z.object({
  reason: z
    .string()
    .trim()
    .min(10, 'Say in a sentence why it is reopened: it stands in the history')
    .max(500, 'Shorten it to 500 characters'),
  seen: z.string().default(''),
});
const NOTHING = { follows: [], obstacles: [] };

/**
 * Why somebody may not reopen a registration, or null. A centre reopens what was withdrawn; what has lapsed is reopened
 * by the awarding body. Certificates of the version are still issued and the centre is approved, or nothing could come of
 * it; and there is one registration in progress for a product, wherever it is.
 */
async function whyNot(reader: Reader, registration: AmendedRegistration, forBody: boolean): Promise<string | null> {
  const { state, centreId, productId, versionId, candidateId } = registration;
  if (state === 'lapsed' && !forBody)
    return 'The registration has lapsed: the awarding body reopens it. Send a request in Centres Hub';
  if (state !== 'withdrawn' && state !== 'lapsed')
    return `The registration is ${STATE_WORDS[state].toLowerCase()}, so it cannot be reopened`;
  const [other] = await reader.rows(sql<{ there: boolean }>`
    select web_portal.in_progress_elsewhere(${candidateId}, ${productId}) or exists (select from web_portal.registrations r
      where r.candidate_id = ${candidateId} and r.product_id = ${productId} and r.state = 'active') as there`);
  if (other?.there)
    return 'The candidate has another registration for this product that is in progress. Go on with that one';
  const answer = await mayClaim({ centreId, productId, versionId, today: dayInLondon(reader.now) }, reader);
  return answer.allowed ? null : answer.why;
}

interface Look {
  readonly registration: AmendedRegistration;
  readonly refusal: string | null;
}

async function look(reader: Reader, context: Asked): Promise<Look> {
  const centreId = actingCentreId(context.principal);
  const registration = await amendedRegistration(reader, context.params.registrationId, centreId);
  return { registration, refusal: await whyNot(reader, registration, centreId === null) };
}

/** GET /web-portal/registrations/:registrationId/reopen */
export const showReopen = handler({ params }, async (context) => {
  const found = await context.read((reader) => look(reader, context));
  return page(await reopenPage(context, found, await context.keptFields(), []));
});

/** POST /web-portal/registrations/:registrationId/reopen */
export const reopenIt = handler({ params }, (context): Promise<Answer> => {
  const { registrationId } = context.params;
  return submitForm(context, {
    schema: reopenForm,
    page: async (values, errors) =>
      reopenPage(context, await context.read((reader) => look(reader, context)), values, errors),
    action: async (writer, { reason, seen }) => {
      const { centreId } = await amendedRegistration(writer, registrationId, actingCentreId(context.principal));
      await lockRegistrations(writer, centreId, [registrationId]);
      const { registration, refusal } = await look(writer, context);
      if (refusal !== null) throw new Refused(refusal);
      refuseUnseen(registration, NOTHING, seen);
      await reopenRegistration(writer, { registrationId, reason });
      await tellOffice(writer, registration, 'Reopened', reason);
      return `${registrationHref(registration)}?done=reopened`;
    },
  });
});

function reopenPage(
  context: Asked,
  { registration, refusal }: Look,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const here = registrationHref(registration);
  const title = 'Reopen the registration';
  const back = linkButton('Cancel', here, { look: 'quiet' });
  return portalPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${amendmentCrumbs(registration, 'Reopen')}
${pageHead({ title, lead: `${registration.candidateName}, ${registration.productTitle}` })}
<div class="wrap-m stack">${
      refusal !== null
        ? html`${note(html`${refusal}.`, { tone: 'warn' })}${buttonRow(back)}`
        : html`${consequences([
            `It is in progress again; it was ${STATE_WORDS[registration.state].toLowerCase()} since ${formatDate(registration.stateChangedAt)}`,
            `The programme started on ${formatDate(registration.programmeStart)} as before: days used and lateness stay as they are`,
            'Tests whose bookings were cancelled have to be booked anew',
          ])}${card(
            { title: 'Why', id: 'why' },
            form(
              { action: `${here}/reopen`, submissionId: randomUUID() },
              html`${hiddenField('seen', seenOf(registration, NOTHING))}
${textareaField({ name: 'reason', label: 'Reason', hint: 'It stands in the history', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Reopen it'), back)}`,
            ),
          )}`
    }</div>`,
  );
}
