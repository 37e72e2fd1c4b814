import { z } from 'zod';
import { reasonField } from '#accounts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, NotFound, page, Refused, redirect } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  hiddenField,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  submitButton,
  table,
  textareaField,
} from '#ui';
import { formPublished } from '../audit.ts';
import { designPage, FORMS, formHref, formParams } from '../design-form/design-page.ts';
import { publishProblems } from '../forms/check-definition.ts';
import type { FormDefinition } from '../forms/definition.ts';
import { type Difference, differences } from '../forms/differences.ts';
import { type Form, formByCode, lockForm, openDrafts, storeVersion } from '../forms/forms.ts';
import { typed } from '../typed-fields/typed-fields.ts';

interface Preview {
  readonly form: Form;
  readonly draft: FormDefinition;
  readonly open: number;
}

async function inQuestion(reader: Reader, code: string): Promise<Preview | null> {
  const form = await formByCode(reader, code);
  return form.draft && { form, draft: form.draft, open: await openDrafts(reader, form.id) };
}

/** GET /centres-hub/forms/:code/publish: what changes, before it does. */
export const showPublish = handler({ params: formParams }, async (context): Promise<Answer> => {
  const { code } = context.params;
  const preview = await context.read((reader) => inQuestion(reader, code));
  if (!preview) return redirect(formHref(code));
  return page(publishPage(await context.frame(), preview, await context.keptFields(), []));
});

/** POST /centres-hub/forms/:code/publish: exactly the draft that was shown becomes the next version. */
export const sendPublish = handler({ params: formParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({ reason: reasonField, revision: z.coerce.number().int().catch(-1) }),
    page: async (values, errors) => {
      const preview = await context.read((reader) => inQuestion(reader, code));
      if (!preview) throw new NotFound();
      return publishPage(await context.frame(), preview, values, errors);
    },
    action: async (writer, { reason, revision }) => {
      const form = await lockForm(writer, code);
      const { draft } = form;
      if (draft === null) throw new Refused('The draft was published or thrown away meanwhile');
      if (form.draftRevision !== revision)
        throw new Refused('The draft was changed after you opened this page. What would change now is shown below');
      const [problem] = publishProblems(draft);
      if (problem) throw new Refused(problem.message);
      const changes = differences(form.current?.definition ?? null, draft);
      if (changes.length === 0) throw new Refused('Nothing has changed since the version that is published');
      const number = await storeVersion(writer, form, draft, reason);
      await writer.db.updateTable('centres_hub.forms').set({ draft: null }).where('id', '=', form.id).execute();
      const payload = { code, number, reason, changes: changes.map(({ about }) => about) };
      await writer.audit(formPublished, { kind: 'form', id: form.id }, payload, null);
      return formHref(code, '?done=published');
    },
  });
});

function publishPage(
  frame: Frame,
  { form: one, draft, open }: Preview,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { code, current } = one;
  const problems = publishProblems(draft);
  const changes = differences(current?.definition ?? null, draft);
  return designPage(
    frame,
    { title: `Publish "${draft.title}"`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Forms', href: FORMS }, { label: draft.title, href: formHref(code) }, { label: 'Publish' }])}
${pageHead({
  title: `Publish "${draft.title}"`,
  lead: current
    ? `It takes the place of version ${current.number} at once. What has been submitted stays as it was worded.`
    : 'Centres can fill it in at once',
  actions: linkButton('Preview', formHref(code, '/preview'), { look: 'quiet' }),
})}
<div class="stack">
${
  open > 0 &&
  note(
    `Centres have ${plural(open, 'open draft')} of this form. Each is carried to the new version with all its answers; what no longer has a place is shown to the centre as text to copy.`,
  )
}
${changesCard(changes, current === null)}
${
  problems.length > 0
    ? card(
        { title: 'It cannot be published yet', id: 'problems', class: 'ao-todo' },
        html`<ul>${problems.map(({ question, message }) => html`<li>${question === null ? message : link(message, formHref(code, `/questions/${question}`))}</li>`)}</ul>${linkButton('Back to the draft', formHref(code), { look: 'quiet' })}`,
      )
    : card(
        { label: 'Why' },
        form(
          { action: formHref(code, '/publish'), submissionId: crypto.randomUUID() },
          html`${hiddenField('revision', one.draftRevision)}
${textareaField({ name: 'reason', label: 'Reason', hint: 'Why this version is published; stands in the record', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton(`Publish ${current ? 'the new version' : 'the form'}`), linkButton('Cancel', formHref(code), { look: 'quiet' }))}`,
        ),
      )
}</div>`,
  );
}

function changesCard(changes: readonly Difference[], first: boolean): Safe {
  if (changes.length === 0) return note('Nothing has changed since the version that is published.', { tone: 'warn' });
  const none = html`<span class="muted">Nothing</span>`;
  return card(
    { title: first ? 'What is published' : `What changes (${changes.length})`, id: 'changes', flush: true },
    table<Difference>({
      caption: 'Changes, one by one',
      rows: changes,
      columns: [
        { label: 'What', header: true, cell: (row) => row.about },
        ...(first ? [] : [{ label: 'Before', cell: (row: Difference) => row.before || none }]),
        { label: first ? 'As published' : 'After', cell: (row) => row.after || none },
      ],
    }),
  );
}
