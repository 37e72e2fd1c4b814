import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textareaField } from '#ui';
import { typed } from '../add-user/page.ts';
import { staffMemberEnded } from '../audit.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { type StaffMember, staffMemberOf } from './staff-members.ts';

const params = z.object({ id: z.uuid() });

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  return { hub, one: await staffMemberOf(reader, hub.centre.id, context.params.id) };
}

/** GET /centres-hub/staff/:id/end */
export const showEndStaff = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, one } = await context.read((reader) => inQuestion(reader, context));
  return page(endStaffPage(await context.frame(), hub, one, await context.keptFields(), []));
});

/** POST /centres-hub/staff/:id/end: off the profile from now on; what was recorded stays. */
export const sendEndStaff = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const { hub, one } = await context.read((reader) => inQuestion(reader, context));
      return endStaffPage(await context.frame(), hub, one, values, errors);
    },
    action: async (writer, { reason }) => {
      const { hub, one } = await inQuestion(writer, context);
      const ended = await writer.db
        .updateTable('centres_hub.staff_members')
        .set({ left_at: writer.now, left_by: writer.identity.personId, left_reason: reason })
        .where('id', '=', one.id)
        .where('centre_id', '=', hub.centre.id)
        .where('left_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw new NotFound();
      const name = `${one.givenNames} ${one.familyName}`;
      await writer.audit(staffMemberEnded, { kind: 'staff-member', id: one.id }, { name, reason }, hub.centre.id);
      return hub.href('/centres-hub/staff');
    },
  }),
);

function endStaffPage(
  frame: Frame,
  hub: Hub,
  one: StaffMember,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href('/centres-hub/staff');
  const title = `Take ${one.givenNames} ${one.familyName} off the profile`;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Staff members', href: list }, { label: 'Take off' }])}
${pageHead({ title, lead: whose(hub) })}
${card(
  { label: 'Why' },
  form(
    { action: hub.href(`/centres-hub/staff/${one.id}/end`), submissionId: crypto.randomUUID() },
    html`<p>${one.function}. The entry disappears from the profile and stays in the record.</p>
${textareaField({ name: 'reason', label: 'Reason', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Take off the profile', { look: 'bad' }), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
