/** A centre offers a registration of its own to another centre, by that centre's number. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  errorSummary,
  form,
  linkButton,
  note,
  pageHead,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { type AmendedRegistration, amendedRegistration } from '../amendments/look.ts';
import { amendmentCrumbs, registrationHref } from '../amendments/parts.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed } from '../register-candidate/fields.ts';
import { transition } from '../registration-state/registration-state.ts';
import { moveConsequences } from './move-consequences.ts';
import { lookAtMove, type MoveLook } from './move-registration.ts';
import { openTransfer } from './open-transfer.ts';
import { acrossCentres, readAcross, TRANSFERS } from './transfers.ts';

const params = z.object({ registrationId: z.uuid() });
type Asked = Context<z.infer<typeof params>>;

const offerForm = z.object({
  centreNumber: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{5}$/, 'Enter the 5 digits of the number of the other centre')),
  reason: z
    .string()
    .trim()
    .min(10, 'Say in a sentence why: the other centre reads it')
    .max(1000, 'Shorten it to 1,000 characters'),
});

/** The registration in the scope of the centre first: what is another's is 404. */
async function look(context: Asked): Promise<MoveLook> {
  const { registrationId } = context.params;
  await context.read((reader) => amendedRegistration(reader, registrationId, context.centreId()));
  return readAcross(context as Context, (reader) => lookAtMove(reader, registrationId, null));
}

/** GET /web-portal/registrations/:registrationId/transfer */
export const showOffer = handler({ params }, async (context) =>
  page(await offerPage(context, await look(context), await context.keptFields(), [])),
);

/** POST /web-portal/registrations/:registrationId/transfer */
export const sendOffer = handler({ params }, (context): Promise<Answer> => {
  const centreId = context.centreId();
  return submitForm(acrossCentres(context as Context), {
    schema: offerForm,
    page: async (values, errors) => offerPage(context, await look(context), values, errors),
    action: async (writer, { centreNumber, reason }) => {
      const { registrationId } = await amendedRegistration(writer, context.params.registrationId, centreId);
      const other = await writer.db
        .selectFrom('centres_hub.published_centres')
        .select('id')
        .where('number', '=', centreNumber)
        .executeTakeFirst();
      if (!other) throw refuse('There is no centre of this number. Check the 5 digits');
      if (other.id === centreId) throw refuse('This is the number of your own centre. Enter that of the other one');
      const id = await openTransfer(writer, { direction: 'offer', registrationId, toCentreId: other.id, reason });
      return `${TRANSFERS}/${id}?done=asked`;
    },
  });
});

const refuse = (message: string) => new Refused([{ field: 'centreNumber', message }]);

function offerPage(
  context: Asked,
  { registration, ...move }: MoveLook,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const here = registrationHref(registration);
  const title = 'Move to another centre';
  const allowed = transition(registration.state, 'transfer', registration);
  const back = linkButton('Cancel', here, { look: 'quiet' });
  return portalPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${amendmentCrumbs(registration, title)}
${pageHead({ title, lead: lead(registration) })}
<div class="wrap-m stack">${
      allowed.ok
        ? html`${moveConsequences({ registration, ...move })}${card(
            { title: 'The offer', id: 'offer' },
            form(
              { action: `${here}/transfer`, submissionId: randomUUID() },
              html`${textField({ name: 'centreNumber', label: 'Number of the other centre', hint: '5 digits', value: typed(values, 'centreNumber'), errors, autocomplete: 'off', inputmode: 'numeric', code: true, width: 10 })}
${textareaField({ name: 'reason', label: 'Reason', hint: 'The other centre reads it', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Offer it'), back)}`,
            ),
          )}`
        : html`${note(html`${allowed.message}.`, { tone: 'warn' })}${buttonRow(back)}`
    }</div>`,
  );
}

const lead = ({ candidateName, productTitle }: AmendedRegistration) =>
  `${candidateName}, ${productTitle}. The other centre accepts or refuses within 20 working days; until then everything goes on here.`;
