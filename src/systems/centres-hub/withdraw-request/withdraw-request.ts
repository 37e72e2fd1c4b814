import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { card, crumbs, errorSummary, linkButton, note, pageHead, reasonForm } from '#ui';
import { hubPage } from '../hub-page/hub-page.ts';
import { tellAssigned } from '../notifications.ts';
import { changeRequest, lockRequest } from '../requests/change-request.ts';
import { transition } from '../requests/request-state.ts';
import { type RequestInQuestion, requestInQuestion } from '../view-request/request-facts.ts';
import { requestParams } from '../view-request/view-request.ts';

/** GET /centres-hub/requests/:requestId/withdraw: what ends with it. */
export const showWithdrawRequest = handler({ params: requestParams }, async (context) => {
  const found = await context.read((reader) => requestInQuestion(reader, context));
  if (found.request.state === 'draft') return redirect(`/centres-hub/requests/${found.request.id}/discard`);
  return page(withdrawPage(await context.frame(), found, await context.keptFields(), []));
});

/** POST /centres-hub/requests/:requestId/withdraw: the centre does not want it any more. */
export const sendWithdrawRequest = handler({ params: requestParams }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) =>
      withdrawPage(
        await context.frame(),
        await context.read((reader) => requestInQuestion(reader, context)),
        values,
        errors,
      ),
    action: async (writer, { reason }) => {
      const { request: asked } = await requestInQuestion(writer, context);
      // A draft is thrown away on a page of its own.
      if (context.acting().kind !== 'centre' || asked.state === 'draft') throw new NotFound();
      const request = await lockRequest(writer, context.params.requestId);
      await changeRequest(writer, request, { act: 'withdraw', words: reason });
      await tellAssigned(writer, request, {
        subject: `Withdrawn: ${request.number} ${request.definition.title}`,
        body: reason,
      });
      return `/centres-hub/requests/${request.id}?done=withdrawn`;
    },
  }),
);

function withdrawPage(
  frame: Frame,
  { hub, request }: RequestInQuestion,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const title = 'Withdraw the request';
  const back = `/centres-hub/requests/${request.id}`;
  const possible = transition(request.state, 'withdraw');
  return hubPage(
    frame,
    hub,
    { title: `${title} ${request.number}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: request.number, href: back }, { label: title }])}
${pageHead({ title, lead: `${request.number} ${request.definition.title}` })}
${
  possible.ok
    ? html`<div class="stack">${note('The awarding body stops working on it. The thread stays; to ask again, make a new request.')}
${card(
  { label: 'Why' },
  reasonForm({ action: `/centres-hub/requests/${request.id}/withdraw`, button: title, back, values, errors }),
)}</div>`
    : note(possible.message, { tone: 'warn', action: linkButton('Back', back, { look: 'quiet', small: true }) })
}`,
  );
}
