import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { card, reasonForm } from '#ui';
import { staffMemberEnded } from '../audit.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
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
  return formPage(
    frame,
    hub,
    { title, crumbs: [{ label: 'Staff members', href: list }, { label: 'Take off' }], errors },
    html`${card(
      { label: 'Why' },
      html`<p>${one.function}. The entry disappears from the profile and stays in the record.</p>
${reasonForm({ action: hub.href(`/centres-hub/staff/${one.id}/end`), button: 'Take off the profile', back: list, values, errors })}`,
    )}`,
  );
}
