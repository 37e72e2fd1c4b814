/** A draft becomes the next version: what changes is shown first, and nobody changes the version afterwards. */
import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { FormValues, Frame } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  form,
  formatDate,
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
import { productVersionPublished } from '../audit.ts';
import { type InProgress, registrationsInProgress } from '../contributions.ts';
import { type Problem, publishProblems } from '../drafts/check-draft.ts';
import { type Difference, differences } from '../drafts/differences.ts';
import { type Draft, dropDraft, type Edited, editedByCode, lockEdited, storeVersion } from '../drafts/drafts.ts';
import { codeParams, draftOrBack, EDITING, editHref, editingPage, typed } from '../editing-page/editing-page.ts';
import { offeringOn } from '../offering/offering.ts';

/** All that stands in the way today: what the draft says of itself, and what is in force. */
function problemsOf({ version }: Edited, { content }: Draft, today: string): Problem[] {
  const problems = publishProblems(content);
  const start = content.operationalStart;
  if (version && start !== null && start > today && offeringOn(version, today) === 'open')
    problems.push({
      page: 'size',
      message: `Version ${version.version} is open for registration, and this one opens on ${formatDate(start)}: nobody could register until then. Publish it on that day, or keep the operational start of the product.`,
    });
  return problems;
}

/** GET /products/editing/:code/publish */
export const showPublish = handler({ params: codeParams }, async (context) => {
  const { code } = context.params;
  const found = await context.read(async (reader) => {
    const edited = await editedByCode(reader, code);
    const inProgress = edited.product ? await registrationsInProgress(reader, edited.product.id) : null;
    return { edited, inProgress };
  });
  const { back } = draftOrBack(found.edited);
  if (back) return back;
  const today = dayInLondon(context.now);
  return page(
    publishPage(await context.frame(), found.edited, found.inProgress, today, await context.keptFields(), []),
  );
});

/** POST /products/editing/:code/publish: exactly the draft that was shown becomes the next version. */
export const sendPublish = handler({ params: codeParams }, (context) => {
  const { code } = context.params;
  const today = dayInLondon(context.now);
  return submitForm(context, {
    schema: z.object({ reason: reasonField, revision: z.coerce.number().int().catch(-1) }),
    page: async (values, errors) => {
      const edited = await context.read((reader) => editedByCode(reader, code));
      if (!edited.draft) throw new NotFound();
      return publishPage(await context.frame(), edited, null, today, values, errors);
    },
    action: async (writer, { reason, revision }) => {
      const edited = await lockEdited(writer, code);
      const { draft, inForce } = edited;
      if (!draft) throw new NotFound();
      if (draft.revision !== revision)
        throw new Refused('The draft was changed after you opened this page. What would change now is shown below');
      const [problem] = problemsOf(edited, draft, today);
      if (problem) throw new Refused(problem.message);
      const changes = differences(inForce, draft.content);
      if (changes.length === 0) throw new Refused('Nothing has changed since the version that is in force');
      const number = draft.content.qualificationNumber;
      if (number !== null) {
        const other = await writer.db
          .selectFrom('products.products')
          .select('code')
          .where('qualification_number', '=', number)
          .where('code', '!=', code)
          .executeTakeFirst();
        if (other)
          throw new Refused(`${other.code} has the qualification number ${number} already. Correct one of both`);
      }
      const made = await storeVersion(writer, edited, draft.content, reason);
      await dropDraft(writer, draft);
      const payload = { code, number: made.number, reason, changes: changes.map(({ about }) => about) };
      await writer.audit(productVersionPublished, { kind: 'product', id: made.productId }, payload, null);
      return editHref(code, '?done=published');
    },
  });
});

function publishPage(
  frame: Frame,
  edited: Edited,
  inProgress: InProgress | null,
  today: string,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const { code, version, inForce } = edited;
  const draft = edited.draft as Draft;
  const problems = problemsOf(edited, draft, today);
  const title = `Publish ${draft.content.title || code}`;
  const open = inProgress?.registrations ?? 0;
  return editingPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: 'Publish' }])}
${pageHead({
  title,
  lead: version
    ? `Version ${version.version + 1} counts for new registrations at once. Version ${version.version} stays as it is.`
    : 'Centres and the public see it at once',
  actions: linkButton('Preview', editHref(code, '/preview'), { look: 'quiet' }),
})}
<div class="stack">
${open > 0 && note(`${plural(open, 'registration')} in progress ${open === 1 ? 'keeps' : 'keep'} the version ${open === 1 ? 'it was' : 'they were'} made for: its units, its rule and its grading.`)}
${changesCard(differences(inForce, draft.content), version === null)}
${
  problems.length > 0
    ? card(
        { title: 'It cannot be published yet', id: 'problems', class: 'ao-todo' },
        html`<ul>${problems.map((one) => html`<li>${link(one.message, editHref(code, one.page === 'units' ? '' : `/${one.page}`))}</li>`)}</ul>${linkButton('Back to the draft', editHref(code), { look: 'quiet' })}`,
      )
    : card(
        { label: 'Why' },
        form(
          { action: editHref(code, '/publish'), submissionId: crypto.randomUUID() },
          html`${hiddenField('revision', draft.revision)}
${textareaField({ name: 'reason', label: 'Reason', hint: 'Why this version is published; stands in the record', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton(version ? `Publish version ${version.version + 1}` : 'Publish the product'), linkButton('Cancel', editHref(code), { look: 'quiet' }))}`,
        ),
      )
}</div>`,
  );
}

function changesCard(changes: readonly Difference[], first: boolean): Safe {
  if (changes.length === 0) return note('Nothing has changed since the version that is in force.', { tone: 'warn' });
  const none = html`<span class="muted">Nothing</span>`;
  return card(
    { title: first ? 'What is published' : `What changes (${changes.length})`, id: 'changes', flush: true },
    table<Difference>({
      caption: 'Changes, one by one',
      rows: changes,
      columns: [
        { label: 'What', header: true, cell: (row) => row.about },
        ...(first ? [] : [{ label: 'In force', class: 'ao-text', cell: (row: Difference) => row.before || none }]),
        { label: first ? 'As published' : 'After', class: 'ao-text', cell: (row) => row.after || none },
      ],
    }),
  );
}
