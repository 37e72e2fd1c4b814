/** The beginning and the end of a draft that nobody published. */
import { z } from 'zod';
import { reasonField } from '#accounts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import { buttonRow, card, crumbs, errorSummary, form, linkButton, pageHead, submitButton, textareaField } from '#ui';
import { formDraftDiscarded, formDraftSaved } from '../audit.ts';
import { type Form, formByCode, lockForm, storeDraft, versionsOf } from '../forms/forms.ts';
import { typed } from '../typed-fields/typed-fields.ts';
import { designPage, FORMS, formHref, formParams } from './design-page.ts';

/** POST /centres-hub/forms/:code/begin-draft: the newest version, to be changed. */
export const sendBeginDraft = handler({ params: formParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({}),
    page: () => {
      throw new NotFound();
    },
    action: async (writer) => {
      const form = await lockForm(writer, code);
      const [newest] = await versionsOf(writer, form.id);
      // Two who begin at once work on one draft.
      if (form.draft !== null || !newest) return formHref(code);
      await storeDraft(writer, form, newest.definition);
      await writer.audit(
        formDraftSaved,
        { kind: 'form', id: form.id },
        { code, what: `begun from version ${newest.number}` },
        null,
      );
      return formHref(code);
    },
  });
});

/** GET /centres-hub/forms/:code/discard-draft */
export const showDiscardDraft = handler({ params: formParams }, async (context) => {
  const form = await context.read((reader) => formByCode(reader, context.params.code));
  if (form.draft === null || form.current === null) throw new NotFound();
  return page(discardPage(await context.frame(), form, await context.keptFields(), []));
});

/** POST /centres-hub/forms/:code/discard-draft: a form that was published keeps its version; the draft is gone. */
export const sendDiscardDraft = handler({ params: formParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({ reason: reasonField, revision: z.coerce.number().int().catch(-1) }),
    page: async (values, errors) =>
      discardPage(await context.frame(), await context.read((reader) => formByCode(reader, code)), values, errors),
    action: async (writer, { reason, revision }) => {
      const form = await lockForm(writer, code);
      if (form.draft === null || form.current === null) throw new NotFound();
      if (form.draftRevision !== revision)
        throw new Refused(
          'The draft was changed after you opened this page. Look at it again before you throw it away',
        );
      await writer.db.updateTable('centres_hub.forms').set({ draft: null }).where('id', '=', form.id).execute();
      await writer.audit(formDraftDiscarded, { kind: 'form', id: form.id }, { code, reason }, null);
      return formHref(code, '?done=discarded');
    },
  });
});

function discardPage(frame: Frame, form_: Form, values: FormValues, errors: readonly FieldError[]): Safe {
  const { code, current } = form_;
  return designPage(
    frame,
    { title: 'Throw the draft away', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: code, href: formHref(code) }, { label: 'Throw the draft away' }])}
${pageHead({ title: 'Throw the draft away', lead: html`Version ${current?.number} of "${current?.definition.title}" stays as centres see it` })}
${card(
  { label: 'Why' },
  form(
    { action: formHref(code, '/discard-draft'), submissionId: crypto.randomUUID() },
    html`<input type="hidden" name="revision" value="${form_.draftRevision}">
${textareaField({ name: 'reason', label: 'Reason', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Throw the draft away', { look: 'bad' }), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}
