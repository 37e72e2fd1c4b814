import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues } from '#platform/http/context.ts';
import { submitForm } from '#platform/http/forms.ts';
import {
  buttonRow,
  card,
  crumbs,
  dateField,
  errorSummary,
  fileField,
  form,
  linkButton,
  note,
  pageHead,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { approvedProducts } from '../approvals/approvals.ts';
import { centreHandler, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';
import { recordAdded } from './audit.ts';
import { entryFor } from './colleagues.ts';
import { FILE_ACCEPT, FILE_HINT, receiveEvidence, storeEvidence, withFields } from './evidence-file.ts';
import { fieldsOfRecord, KIND_FIELDS, recordForm } from './record-form.ts';
import {
  type CompetenceRecord,
  isCurrent,
  KIND_ARTICLES,
  RECORD_KINDS,
  type RecordKind,
  recordsOf,
} from './records.ts';
import { whoParams, whoseRecords } from './whose-competence.ts';

const addParams = whoParams.extend({ kind: z.enum(RECORD_KINDS) });
const correctParams = whoParams.extend({ recordId: z.uuid() });
type Query = z.infer<typeof hubQuery>;
type Asked = Context<{ who: string }, Query>;

/** What is to be recorded: a new record of a kind, or one that supersedes another. */
interface ToRecord {
  readonly kind: RecordKind;
  readonly corrected: CompetenceRecord | null;
}

async function recordToCorrect(
  reader: Reader,
  context: Context<z.infer<typeof correctParams>, Query>,
): Promise<ToRecord> {
  const { hub, colleague } = await whoseRecords(reader, context);
  const all = colleague.entryId === null ? [] : await recordsOf(reader, hub.centre.id, colleague.entryId);
  const corrected = all.find(({ id }) => id === context.params.recordId);
  if (!corrected || !isCurrent(corrected)) throw new NotFound();
  return { kind: corrected.kind, corrected };
}

/** GET /centres-hub/competence/:who/records/add/:kind */
export const showAddRecord = centreHandler({ params: addParams, query: hubQuery }, async (context) =>
  page(await recordPage(context, { kind: context.params.kind, corrected: null }, await context.keptFields(), [])),
);

/** POST /centres-hub/competence/:who/records/add/:kind */
export const sendAddRecord = centreHandler({ params: addParams, query: hubQuery }, (context) =>
  send(context, async () => ({ kind: context.params.kind, corrected: null })),
);

/** GET /centres-hub/competence/:who/records/:recordId/correct */
export const showCorrectRecord = centreHandler({ params: correctParams, query: hubQuery }, async (context) => {
  const to = await context.read((reader) => recordToCorrect(reader, context));
  const stored = to.corrected ? fieldsOfRecord(to.corrected) : {};
  return page(await recordPage(context, to, { ...stored, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/competence/:who/records/:recordId/correct: a new record in place of the old one, which stays readable. */
export const sendCorrectRecord = centreHandler({ params: correctParams, query: hubQuery }, (context) =>
  send(context, (reader) => recordToCorrect(reader, context)),
);

async function send(context: Asked, find: (reader: Reader) => Promise<ToRecord>) {
  const { to, products } = await context.read(async (reader) => {
    const { hub } = await whoseRecords(reader, context);
    return { to: await find(reader), products: await approvedProducts(reader, hub.centre.id) };
  });
  const { fields, file, errors: fileErrors } = await receiveEvidence(context.request);
  const again = file
    ? [{ field: 'file', message: `Choose ${file.name} again: a form that was refused does not keep its file` }]
    : [];
  return submitForm(withFields(context, fields), {
    schema: recordForm(to.kind, dayInLondon(context.now)),
    page: (values, errors) =>
      recordPage(context, to, values, [...errors, ...fileErrors, ...(errors.length > 0 ? again : [])]),
    action: async (writer, value) => {
      if (fileErrors.length > 0) throw new Refused(fileErrors);
      const { hub, colleague } = await whoseRecords(writer, context);
      const { productId } = value;
      if (productId !== null && !products.some((one) => one.productId === productId))
        throw new Refused([{ field: 'productId', message: 'Choose a product that the centre is approved for' }]);
      if (to.kind === 'licence' && to.corrected && to.corrected.productId !== productId)
        throw new Refused([
          {
            field: 'productId',
            message:
              'A correction stays with what the licence is needed for. For another product withdraw this record and add a new one: the awarding body then decides anew',
          },
        ]);
      const made = await writer.db
        .insertInto('centres_hub.competence_records')
        .values({
          centre_id: hub.centre.id,
          staff_member_id: await entryFor(writer, hub.centre.id, colleague),
          kind: to.kind,
          title: value.title,
          happened_on: value.happenedOn as string,
          issuer: value.issuer,
          minutes: value.hours,
          words: value.words,
          number: value.number,
          product_id: productId,
          expires_on: to.kind === 'licence' ? value.expiresOn : null,
          recorded_at: writer.now,
          recorded_by: writer.identity.personId,
          supersedes_id: to.corrected?.id ?? null,
        })
        .onConflict((conflict) => conflict.column('supersedes_id').doNothing())
        .returning('id')
        .executeTakeFirst();
      if (!made) throw new Refused('Somebody else has corrected this record in the meantime. Look at it again first');
      if (file) await storeEvidence(writer, hub.centre.id, { recordId: made.id }, file);
      await writer.audit(
        recordAdded,
        { kind: 'competence-record', id: made.id },
        {
          name: colleague.name,
          kind: to.kind,
          title: value.title,
          supersedes: to.corrected?.id ?? null,
          file: file?.name ?? null,
        },
        hub.centre.id,
      );
      return hub.href(`/centres-hub/competence/${colleague.id}`, { done: to.corrected ? 'corrected' : 'added' });
    },
  });
}

async function recordPage(
  context: Asked,
  { kind, corrected }: ToRecord,
  values: FormValues,
  errors: readonly FieldError[],
): Promise<Safe> {
  const { hub, colleague, own, products } = await context.read(async (reader) => {
    const found = await whoseRecords(reader, context);
    return { ...found, products: await approvedProducts(reader, found.hub.centre.id) };
  });
  const asks = KIND_FIELDS[kind];
  const back = hub.href(`/centres-hub/competence/${colleague.id}`);
  const title = corrected ? `Correct: ${corrected.title}` : `Add ${KIND_ARTICLES[kind]}`;
  const path = `/centres-hub/competence/${colleague.id}/records`;
  return hubPage(
    await context.frame(),
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: own ? 'Your own competence' : `Competence of ${colleague.name}`, href: back }, { label: corrected ? 'Correct' : 'Add' }])}
${pageHead({ title, lead: whose(hub) ?? (own ? null : colleague.name) })}
<div class="stack">${corrected && note('The old record stays readable under "Corrected and withdrawn". A file is not carried over: choose it again.')}
${card(
  { label: 'The record' },
  form(
    {
      action: hub.href(corrected ? `${path}/${corrected.id}/correct` : `${path}/add/${kind}`),
      submissionId: crypto.randomUUID(),
      multipart: true,
    },
    html`${textField({ name: 'title', label: asks.title, hint: asks.titleHint, value: typed(values, 'title'), errors, autocomplete: 'off' })}
${asks.issuer && textField({ name: 'issuer', label: asks.issuer, value: typed(values, 'issuer'), errors, autocomplete: 'off' })}
${asks.number && textField({ name: 'number', label: 'Number (optional)', value: typed(values, 'number'), errors, width: 20, autocomplete: 'off' })}
${dateField({ name: 'happenedOn', label: asks.date, value: typedDate(values, 'happenedOn'), errors })}
${asks.licence && dateField({ name: 'expiresOn', label: 'Last day of the licence', hint: 'The right to assess ends with it.', value: typedDate(values, 'expiresOn'), errors })}
${asks.hours && textField({ name: 'hours', label: 'Hours', hint: 'Such as 2 or 1.5', value: typed(values, 'hours'), errors, width: 4, inputmode: 'decimal', autocomplete: 'off' })}
${asks.words && textareaField({ name: 'words', label: asks.words, value: typed(values, 'words'), errors, rows: 4 })}
${
  asks.licence &&
  selectField({
    name: 'productId',
    label: 'Needed for',
    value: typed(values, 'productId') || 'all',
    errors,
    choices: [
      { value: 'all', label: 'Every product that is assessed or quality-assured' },
      ...products.map((product) => ({ value: product.productId, label: product.title })),
    ],
  })
}
${fileField({ name: 'file', label: kind === 'cv' ? 'The curriculum vitae' : 'Evidence (optional)', hint: FILE_HINT, accept: FILE_ACCEPT, errors })}
${buttonRow(submitButton(corrected ? 'Correct the record' : 'Add the record'), linkButton('Cancel', back, { look: 'quiet' }))}`,
  ),
)}</div>`,
  );
}
