import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  dateField,
  errorSummary,
  form,
  hiddenField,
  linkButton,
  note,
  pageHead,
  plural,
  readDate,
  selectField,
  submitButton,
  textareaField,
} from '#ui';
import {
  type AmendedRegistration,
  amendedRegistration,
  type EndPreview,
  previewEnd,
  refuseUnseen,
  registrationEnders,
  seenOf,
} from '../amendments/look.ts';
import { amendmentCrumbs, consequences, endObstacles, registrationHref } from '../amendments/parts.ts';
import { tellOffice } from '../amendments/tell.ts';
import { changeRegistrationState, lockRegistrations } from '../change-state/change-state.ts';
import { portalPage } from '../portal-page/portal-page.ts';
import { typed, typedDate } from '../register-candidate/fields.ts';
import { transition } from '../registration-state/registration-state.ts';
import { openTransferObstacle } from '../transfers/transfers.ts';
import { WITHDRAWAL_REASONS, type WithdrawalReason, withdrawalDayProblem, withdrawalWords } from './withdrawal.ts';

const params = z.object({ registrationId: z.uuid() });
type Asked = Context<z.infer<typeof params>>;
const REASONS = Object.keys(WITHDRAWAL_REASONS) as [WithdrawalReason, ...WithdrawalReason[]];

const withdrawalForm = z.record(z.string(), z.unknown()).transform((fields, check) => {
  const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
  const reason = z.enum(REASONS).safeParse(fields.reason);
  if (!reason.success) refuse('reason', 'Choose the reason');
  const words = String(fields.words ?? '').trim();
  if (reason.data === 'other' && words.length < 5) refuse('words', 'Say in a few words why');
  if (words.length > 500) refuse('words', 'Shorten it to 500 characters');
  const on = readDate(fields, 'on', 'day of the withdrawal', { required: true });
  if (!on.ok) refuse(on.error.field, on.error.message);
  return {
    reason: reason.data ?? 'other',
    words,
    on: on.ok ? (on.date ?? '') : '',
    seen: String(fields.seen ?? ''),
  } as const;
});

interface Look {
  readonly registration: AmendedRegistration;
  readonly preview: EndPreview;
}

async function look(reader: Reader, context: Asked): Promise<Look> {
  const centreId = context.centreId();
  const registration = await amendedRegistration(reader, context.params.registrationId, centreId);
  const preview = await previewEnd(reader, registration);
  const transfer = await openTransferObstacle(reader, registration.registrationId);
  return { registration, preview: { ...preview, obstacles: [...preview.obstacles, ...transfer] } };
}

/** GET /web-portal/registrations/:registrationId/withdraw: what follows, and what stands in the way. */
export const showWithdraw = handler({ params }, async (context) => {
  const found = await context.read((reader) => look(reader, context));
  return page(await withdrawPage(context, found, await context.keptFields(), []));
});

/** POST /web-portal/registrations/:registrationId/withdraw */
export const withdrawRegistration = handler({ params }, (context): Promise<Answer> => {
  const { registrationId } = context.params;
  return submitForm(context, {
    schema: withdrawalForm,
    page: async (values, errors) =>
      withdrawPage(context, await context.read((reader) => look(reader, context)), values, errors),
    action: async (writer, { reason, words, on, seen }) => {
      const centreId = context.centreId();
      // Under lock: a booking or a claim of this moment comes before, and is seen, or finds the registration withdrawn.
      await lockRegistrations(writer, centreId, [registrationId]);
      const { registration, preview } = await look(writer, context);
      const allowed = transition(registration.state, 'withdraw', registration);
      if (!allowed.ok) throw new Refused(allowed.message);
      refuseUnseen(registration, preview, seen);
      if (preview.obstacles.length > 0) throw new Refused(`${preview.obstacles.join('. ')}`);
      const { programmeStart } = registration;
      const wrongDay = withdrawalDayProblem(on, { programmeStart, today: dayInLondon(writer.now) });
      if (wrongDay) throw new Refused([{ field: 'on', message: wrongDay }]);
      const why = withdrawalWords(reason, words);
      for (const ender of registrationEnders())
        await ender.end?.(writer, registration, `The registration was withdrawn: ${why}`);
      await changeRegistrationState(writer, { registrationId, act: 'withdraw', reason: why, kind: reason, on });
      await tellOffice(writer, registration, 'Withdrawn', why);
      return `${registrationHref(registration)}?done=withdrawn`;
    },
  });
});

function withdrawPage(
  context: Asked,
  { registration, preview }: Look,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const { candidateName, productTitle, state, unitsAchieved } = registration;
  const here = registrationHref(registration);
  const allowed = transition(state, 'withdraw', registration);
  const title = 'Withdraw the registration';
  const back = linkButton('Cancel', here, { look: 'quiet' });
  return portalPage(
    context as Context,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}${amendmentCrumbs(registration, 'Withdraw')}
${pageHead({ title, lead: `${candidateName}, ${productTitle}` })}
<div class="wrap-m stack">${
      !allowed.ok
        ? html`${note(html`${allowed.message}.`, { tone: 'warn' })}${buttonRow(back)}`
        : html`${endObstacles(preview.obstacles, 'It cannot be withdrawn yet.')}${consequences([
            unitsAchieved > 0
              ? `${plural(unitsAchieved, 'unit')} achieved on it ${unitsAchieved === 1 ? 'stays' : 'stay'} on record and can count again`
              : 'Nothing was achieved on it',
            ...preview.follows,
            'Nobody can book a test or claim a certificate on it any more',
            'It can be reopened while certificates of the product are issued; start of the programme and days used stay as they are',
          ])}${
            preview.obstacles.length > 0
              ? buttonRow(back)
              : card(
                  { title: 'The withdrawal', id: 'withdrawal' },
                  form(
                    { action: `${here}/withdraw`, submissionId: randomUUID() },
                    html`${hiddenField('seen', seenOf(registration, preview))}
${selectField({ name: 'reason', label: 'Reason', placeholder: 'Choose a reason', value: typed(values, 'reason'), errors, choices: REASONS.map((value) => ({ value, label: WITHDRAWAL_REASONS[value] })) })}
${textareaField({ name: 'words', label: 'In your words', hint: 'Needed for "Something else"; it stands in the history', value: typed(values, 'words'), errors, rows: 3 })}
${dateField({ name: 'on', label: 'Day of the withdrawal', hint: 'The last day on which the candidate took part', value: typedDate(values, 'on'), errors })}
${buttonRow(submitButton('Withdraw it', { look: 'bad' }), back)}`,
                  ),
                )
          }`
    }</div>`,
  );
}
