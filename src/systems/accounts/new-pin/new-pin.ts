import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { parseForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { type Acting, onBehalfOf } from '#platform/permissions/principal.ts';
import { brand } from '#platform/settings/brand.ts';
import { crumbs, errorSummary, form, linkButton, note, pageHead, staffPage, submitButton, textareaField } from '#ui';
import { coordinatorsOf } from '../memberships/coordinators.ts';
import { pinReplaced } from '../own-details-audit.ts';
import { passwordAgain, passwordAgainField } from '../password-again/password-again.ts';
import { issuePin, withdrawPin } from '../pins/pins.ts';

const WHY = 'Say why you need a new PIN, so that your coordinator knows';
const pinForm = z.object({
  reason: z
    .string(WHY)
    .trim()
    .min(10, `${WHY}: in ten characters at least`)
    .max(500, 'Say it in at most 500 characters'),
});
const params = z.object({ organisationId: z.uuid() });

/** GET /my-details/pin/:organisationId */
export const showNewPin = handler({ params }, async (context): Promise<Answer> => {
  const { organisation } = await ownPinAt(context, context.params.organisationId);
  return page(newPinPage(await context.frame(), organisation, await context.keptFields(), []));
});

/**
 * POST /my-details/pin/:organisationId: the old PIN stops at once. The new one has to be activated like the first: the
 * pair of PIN and address is what opens a dashboard, and a stolen password alone must not make a new pair.
 */
export const replacePin = handler({ params }, async (context): Promise<Answer> => {
  const person = context.person();
  const { organisation, pinId } = await ownPinAt(context, context.params.organisationId);
  const refuse = async (errors: readonly FieldError[], status = 422) =>
    page(newPinPage(await context.frame(), organisation, context.fields, errors), status);
  const parsed = parseForm(pinForm, context.fields);
  if (!parsed.ok) return refuse(parsed.errors);
  const wrong = await passwordAgain(context, 'PIN');
  if (wrong) return refuse(wrong.errors, wrong.status);
  const { organisationId } = organisation;
  const { reason } = parsed.value;
  await context.services.database.write(
    onBehalfOf(person, { ownMatter: true }),
    async (writer) => {
      const old = await writer.db
        .selectFrom('accounts.pins')
        .select('withdrawn_at')
        .where('id', '=', pinId)
        .forUpdate()
        .executeTakeFirst();
      // The second press of the button: the first one has replaced it.
      if (!old || old.withdrawn_at) return;
      const holder = { personId: person.personId, organisationId };
      await withdrawPin(writer, holder);
      await issuePin(writer, context.services, holder);
      await writer.audit(
        pinReplaced,
        { kind: 'person', id: person.personId },
        { organisationId, reason },
        organisationId,
      );
      const name = `${person.givenNames} ${person.familyName}`;
      for (const coordinator of await coordinatorsOf(writer, organisationId, person.personId))
        await writer.mail({
          kind: 'accounts.pin-replaced',
          to: coordinator.email,
          personId: coordinator.id,
          subject: `${name} has a new PIN`,
          body: `Dear ${coordinator.name}\n\nYou get this mail because you coordinate ${organisation.name}, centre ${organisation.number}.\n\n${name} has replaced the own PIN. The old one stopped at once; the new one works when ${name} has activated it. The reason given:\n\n${reason}\n\nYou need not do anything. If ${name} says that it was somebody else, end the roles in Centres Hub and write to ${brand.supportEmail}.\n\n${brand.name}\n`,
        });
    },
    { requestId: context.requestId },
  );
  return redirect('/my-details?done=pin');
});

async function ownPinAt(context: Context, organisationId: string): Promise<{ organisation: Acting; pinId: string }> {
  const person = context.person();
  const organisation = person.organisations.find((one) => one.organisationId === organisationId);
  const pin = await context.read(({ db }) =>
    db
      .selectFrom('accounts.pins')
      .select('id')
      .where('person_id', '=', person.personId)
      .where('organisation_id', '=', organisationId)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst(),
  );
  if (organisation?.kind !== 'centre' || !pin) throw new NotFound();
  return { organisation, pinId: pin.id };
}

function newPinPage(frame: Frame, organisation: Acting, values: FormValues, errors: readonly FieldError[]): Safe {
  const { reason } = values;
  return staffPage(
    { ...frame, title: 'Get a new PIN', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'My details', href: '/my-details' }, { label: 'Get a new PIN' }])}
${errorSummary(errors)}
${pageHead({ title: 'Get a new PIN', lead: `For ${organisation.name}, centre ${organisation.number}` })}
${form(
  { action: `/my-details/pin/${organisation.organisationId}`, class: 'ao-card wrap-s m0' },
  html`${note(
    'Your old PIN stops at once, also for test sessions that run. The centre is closed to you until you have activated the new one, as you did the first. The coordinators are told, with your reason.',
    { tone: 'warn', class: 'mb' },
  )}
${textareaField({ name: 'reason', label: 'Why do you need a new PIN?', hint: 'For example: somebody saw it', value: typeof reason === 'string' ? reason : '', errors, rows: 3, maxlength: 500 })}
${passwordAgainField(errors)}
<div class="row">${submitButton('Replace my PIN', { icon: 'key' })}${linkButton('Cancel', '/my-details', { look: 'quiet' })}</div>`,
)}`,
  );
}
