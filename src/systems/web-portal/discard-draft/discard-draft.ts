import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDateTime,
  linkButton,
  pageHead,
  submitButton,
  summaryList,
} from '#ui';
import { portalPage } from '../portal-page/portal-page.ts';
import { DRAFTS, draftHref } from '../registration-drafts/draft-on-page.ts';
import { DRAFT_PARTS, partText } from '../registration-drafts/draft-parts.ts';
import { draftById, endDraft, type RegistrationDraft } from '../registration-drafts/drafts.ts';

const params = z.object({ draftId: z.uuid() });

async function draftOf(context: Context<z.infer<typeof params>>): Promise<RegistrationDraft> {
  const draft = await context.read((reader) => draftById(reader, context.centreId(), context.params.draftId));
  if (!draft) throw new NotFound();
  return draft;
}

/** GET /web-portal/drafts/:draftId/discard */
export const showDiscardDraft = handler({ params }, async (context): Promise<Answer> => {
  return page(await discardPage(context as Context, await draftOf(context), []));
});

/** POST /web-portal/drafts/:draftId/discard */
export const discardDraft = handler({ params }, async (context): Promise<Answer> => {
  const { draftId } = context.params;
  return submitForm(context as Context, {
    schema: z.object({}),
    page: async (_values, errors) => discardPage(context as Context, await draftOf(context), errors),
    action: async (writer) => {
      const draft = await draftById(writer, context.centreId(), draftId);
      if (!draft) throw new NotFound();
      await endDraft(writer, context.centreId(), draftId, 'thrown away');
      return `${DRAFTS}?done=discarded`;
    },
  });
});

function discardPage(context: Context, draft: RegistrationDraft, errors: readonly FieldError[]): Promise<Safe> {
  const title = 'Throw this draft away?';
  const who = draft.name || 'A candidate without name';
  const filled = DRAFT_PARTS.filter((one) => partText(draft.fields, one) !== '').map(({ label }) => label);
  return portalPage(
    context,
    { title: 'Throw a draft away', form: true, hasErrors: errors.length > 0 },
    html`${crumbs([{ label: 'Drafts', href: DRAFTS }, { label: who, href: draftHref(draft) }, { label: 'Throw away' }])}
${errorSummary(errors)}${pageHead({ title, lead: who })}
<div class="wrap-m">${card(
      { label: title },
      form(
        { action: `${DRAFTS}/${draft.id}/discard`, submissionId: randomUUID() },
        html`${summaryList([
          ['Typed so far', filled.join(', ') || 'Nothing'],
          ['Saved', `${formatDateTime(draft.savedAt)}${draft.savedBy ? ` by ${draft.savedBy}` : ''}`],
        ])}<p>What was typed is deleted, and nobody at your centre can go on with it. Nobody is registered.</p>
${buttonRow(submitButton('Throw the draft away', { look: 'bad' }), linkButton('Keep it', draftHref(draft), { look: 'quiet' }))}`,
      ),
    )}</div>`,
  );
}
