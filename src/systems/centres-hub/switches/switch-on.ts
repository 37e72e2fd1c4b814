import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, form, formatDateTime, linkButton, submitButton, summaryList, textareaField } from '#ui';
import { capabilitySwitchedOn } from '../audit.ts';
import { CAPABILITY_NAMES } from '../capabilities/capability-answer.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { whoActs } from '../profile-changes/record.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { type Stopped, stoppedAt } from './switches.ts';

const params = z.object({ switchId: z.uuid() });

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  const one = (await stoppedAt(reader, hub.centre.id)).find(({ id }) => id === context.params.switchId);
  if (!one) throw new NotFound();
  return { hub, one };
}

/** GET /centres-hub/approvals/switches/:switchId/on */
export const showSwitchOn = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, one } = await context.read((reader) => inQuestion(reader, context));
  return page(switchOnPage(await context.frame(), hub, one, await context.keptFields(), []));
});

/** POST /centres-hub/approvals/switches/:switchId/on */
export const sendSwitchOn = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const { hub, one } = await context.read((reader) => inQuestion(reader, context));
      return switchOnPage(await context.frame(), hub, one, values, errors);
    },
    action: async (writer, { reason }) => {
      const { hub, one } = await inQuestion(writer, context);
      const done = await writer.db
        .updateTable('centres_hub.capability_switches')
        .set({
          switched_on_at: writer.now,
          switched_on_by: writer.identity.personId,
          switched_on_reason: reason,
          switched_on_by_name: whoActs(writer),
        })
        .where('id', '=', one.id)
        .where('centre_id', '=', hub.centre.id)
        .where('switched_on_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!done) throw new NotFound();
      const payload = { capability: one.capability, productId: one.productId, reason };
      await writer.audit(capabilitySwitchedOn, { kind: 'capability-switch', id: one.id }, payload, hub.centre.id);
      return hub.href('/centres-hub/approvals', { done: 'allowed' });
    },
  }),
);

function switchOnPage(frame: Frame, hub: Hub, one: Stopped, values: FormValues, errors: readonly FieldError[]): Safe {
  const list = hub.href('/centres-hub/approvals');
  return formPage(
    frame,
    hub,
    { title: 'Allow again', crumbs: [{ label: 'Approvals', href: list }, { label: 'Allow again' }], errors },
    html`${card(
      { label: 'What is stopped' },
      html`${summaryList([
        ['What', CAPABILITY_NAMES[one.capability]],
        ['Product', one.productTitle ?? 'Every product of the centre'],
        ['Stopped', html`${formatDateTime(one.switchedOffAt)}, by ${one.switchedOffBy}`],
        one.until !== null && ['Until', formatDateTime(one.until)],
        ['Reason', one.reason],
      ])}
${form(
  { action: hub.href(`/centres-hub/approvals/switches/${one.id}/on`), submissionId: crypto.randomUUID() },
  html`${textareaField({ name: 'reason', label: 'Why is it allowed again?', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Allow it again'), linkButton('Cancel', list, { look: 'quiet' }))}`,
)}`,
    )}`,
  );
}
