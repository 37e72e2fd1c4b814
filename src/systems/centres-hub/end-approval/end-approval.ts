import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { card, reasonForm } from '#ui';
import { type ApprovedProduct, approvedProducts } from '../approvals/approvals.ts';
import { approvalEnded } from '../audit.ts';
import { formPage } from '../hub-page/form-page.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubQuery } from '../hub-page/hub-page.ts';
import { approvalWasEnded, tellCentre } from '../notifications.ts';

const params = z.object({ approvalId: z.uuid() });

async function inQuestion(reader: Reader, context: Context<z.infer<typeof params>, HubQuery>) {
  const hub = await hubOf(reader, context);
  const all = await approvedProducts(reader, hub.centre.id);
  const approval = all.find(({ approvalId }) => approvalId === context.params.approvalId);
  if (!approval) throw new NotFound();
  return { hub, approval };
}

/** GET /centres-hub/approvals/:approvalId/end */
export const showEndApproval = centreHandler({ params, query: hubQuery }, async (context) => {
  const { hub, approval } = await context.read((reader) => inQuestion(reader, context));
  return page(endApprovalPage(await context.frame(), hub, approval, await context.keptFields(), []));
});

/** POST /centres-hub/approvals/:approvalId/end */
export const sendEndApproval = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const { hub, approval } = await context.read((reader) => inQuestion(reader, context));
      return endApprovalPage(await context.frame(), hub, approval, values, errors);
    },
    action: async (writer, { reason }) => {
      const { hub, approval } = await inQuestion(writer, context);
      const ended = await writer.db
        .updateTable('centres_hub.approvals')
        .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
        .where('id', '=', approval.approvalId)
        .where('centre_id', '=', hub.centre.id)
        .where('ended_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!ended) throw new NotFound();
      const payload = { productId: approval.productId, code: approval.code, reason };
      await writer.audit(approvalEnded, { kind: 'approval', id: approval.approvalId }, payload, hub.centre.id);
      await tellCentre(writer, approvalWasEnded, hub.centre.id, {
        subject: `Approval ended: ${approval.title}`,
        body: `The approval of ${hub.centre.name} for ${approval.title} has ended. The reason: ${reason}`,
      });
      return hub.href('/centres-hub/approvals', { done: 'ended' });
    },
  }),
);

function endApprovalPage(
  frame: Frame,
  hub: Hub,
  approval: ApprovedProduct,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href('/centres-hub/approvals');
  return formPage(
    frame,
    hub,
    { title: 'End an approval', crumbs: [{ label: 'Approvals', href: list }, { label: 'End an approval' }], errors },
    html`${card(
      { title: approval.title, id: 'approval' },
      html`<p>At once, the centre can no longer register candidates for this product, run its tests or claim its certificates. Registrations and results stay on record. To stop new registrations only, <a href="${hub.href('/centres-hub/approvals/switches/off')}">stop registration</a> instead.</p>
${reasonForm({ action: hub.href(`/centres-hub/approvals/${approval.approvalId}/end`), button: 'End the approval', back: list, values, errors, hint: 'The centre reads it in its record.' })}`,
    )}`,
  );
}
