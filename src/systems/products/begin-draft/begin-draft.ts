/** The beginning of a draft, and the end of one that nobody published. */
import { z } from 'zod';
import { reasonField } from '#accounts';
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
  hiddenField,
  linkButton,
  pageHead,
  radios,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { productDraftBegun, productDraftDiscarded } from '../audit.ts';
import { PRODUCT_KINDS, type ProductKind, productByCode } from '../catalogue/catalogue.ts';
import { emptyContent } from '../drafts/content.ts';
import { beginDraft, dropDraft, type Edited, editedByCode, lockEdited } from '../drafts/drafts.ts';
import { CODE, codeParams, EDITING, editHref, editingPage, typed } from '../editing-page/editing-page.ts';

/** Words that stand in addresses of the editor where a code could stand. */
const TAKEN = new Set(['EDITING', 'EXPORT', 'NEW', 'IMPORT']);
const KINDS = Object.keys(PRODUCT_KINDS) as [ProductKind, ...ProductKind[]];

const newForm = z.object({
  title: z
    .string()
    .trim()
    .min(1, 'Enter the title as it stands on the register')
    .max(200, 'Shorten the title to 200 characters'),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(CODE, 'Enter a code of 2 to 20 capital letters, digits and hyphens that begins with a letter, such as ARH')
    .refine((code) => !TAKEN.has(code), 'This word is used in addresses. Choose another code'),
  kind: z.enum(KINDS, 'Choose the type of product'),
});

/** GET /products/editing/new */
export const showNewProduct = handler({}, async (context) =>
  page(newPage(await context.frame(), await context.keptFields(), [])),
);

/** POST /products/editing/new */
export const sendNewProduct = handler({}, (context) =>
  submitForm(context, {
    schema: newForm,
    page: async (values, errors) => newPage(await context.frame(), values, errors),
    action: async (writer, { title, code, kind }) => {
      const taken = (await productByCode(writer, code)) !== null;
      const begun = !taken && (await beginDraft(writer, { code, productId: null, content: emptyContent(title, kind) }));
      if (!begun)
        throw new Refused([
          { field: 'code', message: `There is a product with the code ${code} already. Choose another` },
        ]);
      const { draft } = await editedByCode(writer, code);
      await writer.audit(
        productDraftBegun,
        { kind: 'product', id: draft?.id as string },
        { code, from: 'nothing' },
        null,
      );
      return editHref(code, '/facts');
    },
  }),
);

function newPage(frame: Frame, values: FormValues, errors: readonly FieldError[]): Safe {
  return editingPage(
    frame,
    { title: 'New product', form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: 'New product' }])}
${pageHead({ title: 'New product', lead: 'Centres see nothing of it until you publish it' })}
${card(
  { label: 'New product' },
  form(
    { action: `${EDITING}/new`, submissionId: crypto.randomUUID() },
    html`${textField({ name: 'title', label: 'Title', hint: 'Word for word as on the register', value: typed(values, 'title'), errors, autocomplete: 'off' })}
${textField({ name: 'code', label: 'Code', hint: 'Ours, short, part of its address for good: ARH', value: typed(values, 'code'), errors, code: true, width: 20, autocomplete: 'off', spellcheck: false, autocapitalize: 'characters' })}
${radios({ name: 'kind', label: 'Type', value: typed(values, 'kind') || null, errors, items: KINDS.map((value) => ({ value, label: PRODUCT_KINDS[value] })) })}
${buttonRow(submitButton('Begin the draft'), linkButton('Cancel', EDITING, { look: 'quiet' }))}`,
  ),
)}`,
  );
}

/** POST /products/editing/:code/begin-draft: the version in force, to be changed. */
export const sendBeginDraft = handler({ params: codeParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({}),
    page: () => {
      throw new NotFound();
    },
    action: async (writer) => {
      const { product, version, inForce } = await lockEdited(writer, code);
      if (!product || !version || !inForce) throw new NotFound();
      // Two who begin at once work on one draft.
      if (!(await beginDraft(writer, { code, productId: product.id, content: inForce }))) return editHref(code);
      const { draft } = await editedByCode(writer, code);
      const from = `version ${version.version}`;
      await writer.audit(productDraftBegun, { kind: 'product', id: draft?.id as string }, { code, from }, null);
      return editHref(code);
    },
  });
});

/** GET /products/editing/:code/discard */
export const showDiscard = handler({ params: codeParams }, async (context) => {
  const edited = await context.read((reader) => editedByCode(reader, context.params.code));
  if (!edited.draft) throw new NotFound();
  return page(discardPage(await context.frame(), edited, await context.keptFields(), []));
});

/** POST /products/editing/:code/discard */
export const sendDiscard = handler({ params: codeParams }, (context) => {
  const { code } = context.params;
  return submitForm(context, {
    schema: z.object({ reason: reasonField, revision: z.coerce.number().int().catch(-1) }),
    page: async (values, errors) =>
      discardPage(await context.frame(), await context.read((reader) => editedByCode(reader, code)), values, errors),
    action: async (writer, { reason, revision }) => {
      const { draft, version } = await lockEdited(writer, code);
      if (!draft) throw new NotFound();
      if (draft.revision !== revision)
        throw new Refused(
          'The draft was changed after you opened this page. Look at it again before you throw it away',
        );
      await dropDraft(writer, draft);
      await writer.audit(productDraftDiscarded, { kind: 'product', id: draft.id }, { code, reason }, null);
      return version ? editHref(code, '?done=discarded') : `${EDITING}?done=discarded`;
    },
  });
});

function discardPage(
  frame: Frame,
  { code, draft, version }: Edited,
  values: FormValues,
  errors: readonly FieldError[],
) {
  if (!draft) throw new NotFound();
  const title = 'Throw the draft away';
  return editingPage(
    frame,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Editing', href: EDITING }, { label: code, href: editHref(code) }, { label: title }])}
${pageHead({
  title,
  lead: version
    ? `Version ${version.version} stays as centres see it`
    : 'Nothing of this product was published: nothing of it stays',
})}
${card(
  { label: 'Why' },
  form(
    { action: editHref(code, '/discard'), submissionId: crypto.randomUUID() },
    html`${hiddenField('revision', draft.revision)}
${textareaField({ name: 'reason', label: 'Reason', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Throw the draft away', { look: 'bad' }), linkButton('Cancel', editHref(code), { look: 'quiet' }))}`,
  ),
)}`,
  );
}
