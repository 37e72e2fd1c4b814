/** The versions of a form: each as it was worded, and the end of the current one. */
import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
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
  note,
  pageHead,
  plural,
  submitButton,
  summaryList,
  textareaField,
} from '#ui';
import { formVersionWithdrawn } from '../audit.ts';
import { designPage, FORMS, formHref, formParams } from '../design-form/design-page.ts';
import { factsInWords } from '../forms/differences.ts';
import { endVersion, type FormVersion, formByCode, historyOf, lockForm, openDrafts } from '../forms/forms.ts';
import { wordedForm } from '../forms/worded.ts';
import { typed } from '../typed-fields/typed-fields.ts';

const versionParams = formParams.extend({ number: z.coerce.number().int().min(1).max(100_000) });

async function versionIn(reader: Reader, { code, number }: z.infer<typeof versionParams>): Promise<FormVersion> {
  const form = await formByCode(reader, code);
  const version = (await historyOf(reader, form.id)).find((one) => one.number === number);
  if (!version) throw new NotFound();
  return version;
}

/** GET /centres-hub/forms/:code/versions/:number */
export const viewVersion = handler({ params: versionParams }, async (context) => {
  const version = await context.read((reader) => versionIn(reader, context.params));
  const { code, number, definition } = version;
  const title = `Version ${number} of "${definition.title}"`;
  return page(
    designPage(
      await context.frame(),
      { title },
      html`${crumbs([{ label: 'Forms', href: FORMS }, { label: definition.title, href: formHref(code) }, { label: `Version ${number}` }])}
${pageHead({ title, lead: `Published ${formatDateTime(version.publishedAt)}${version.publishedBy ? ` by ${version.publishedBy}` : ''}` })}
${
  version.withdrawnAt &&
  note(`In use until ${formatDateTime(version.withdrawnAt)}. ${version.withdrawnReason ?? ''}`, { class: 'mb' })
}
${card({ title: 'Facts', id: 'facts', class: 'mb' }, summaryList(factsInWords(definition).map(([name, words]) => words !== '' && [name, words])))}
${wordedForm(definition)}`,
    ),
  );
});

async function toWithdraw(reader: Reader, params: z.infer<typeof versionParams>) {
  const version = await versionIn(reader, params);
  if (version.withdrawnAt !== null) throw new NotFound();
  return { version, open: await openDrafts(reader, version.formId) };
}

/** GET /centres-hub/forms/:code/versions/:number/withdraw */
export const showWithdraw = handler({ params: versionParams }, async (context) => {
  const { version, open } = await context.read((reader) => toWithdraw(reader, context.params));
  return page(withdrawPage(await context.frame(), version, open, await context.keptFields(), []));
});

/** POST /centres-hub/forms/:code/versions/:number/withdraw */
export const sendWithdraw = handler({ params: versionParams }, (context) => {
  const { code, number } = context.params;
  return submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const { version, open } = await context.read((reader) => toWithdraw(reader, context.params));
      return withdrawPage(await context.frame(), version, open, values, errors);
    },
    action: async (writer, { reason }) => {
      const form = await lockForm(writer, code);
      if (form.current?.number !== number) throw new NotFound();
      const open = await openDrafts(writer, form.id);
      await endVersion(writer, form.current.id, reason);
      const payload = { code, number, reason, openDrafts: open };
      await writer.audit(formVersionWithdrawn, { kind: 'form', id: form.id }, payload, null);
      return formHref(code, '?done=withdrawn');
    },
  });
});

function withdrawPage(
  frame: Frame,
  version: FormVersion,
  open: number,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { code, number, definition } = version;
  const title = `Withdraw version ${number}`;
  return designPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: definition.title, href: formHref(code) }, { label: title }])}
${pageHead({ title, lead: definition.title })}
${card(
  { label: 'Why' },
  form(
    { action: formHref(code, `/versions/${number}/withdraw`), submissionId: crypto.randomUUID() },
    html`<p>Centres can no longer begin or submit this form. What has been submitted goes on as before.</p>
<p>${open === 0 ? 'No centre has an open draft of it.' : `Centres have ${plural(open, 'open draft')} of it. Nothing typed is lost: each centre is told, sees the reason you give, can copy its answers, and is carried to the next version if you publish one.`}</p>
${textareaField({ name: 'reason', label: 'Reason', hint: 'Centres with an open draft read it', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Withdraw the version', { look: 'bad' }), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}
