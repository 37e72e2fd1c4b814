import { z } from 'zod';
import { reasonField } from '#accounts';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { acceptOf } from '#platform/files/file-kind.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type FieldError, file, NotFound, page, Refused } from '#platform/http/answers.ts';
import type { Context, FormValues, Frame } from '#platform/http/context.ts';
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
  pageHead,
  readDate,
  selectField,
  submitButton,
  textareaField,
  textField,
} from '#ui';
import { documentEnded, documentRecorded } from '../centre-audit.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { recordProfileChanges } from '../profile-changes/record.ts';
import { typed, typedDate } from '../typed-fields/typed-fields.ts';
import { type CentreDocument, documentOf } from './documents.ts';
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS, type DocumentKind } from './expiry.ts';
import { DOCUMENT_FILES, MOST_MEGABYTES, receiveDocument } from './received-document.ts';

const PATH = '/centres-hub/documents';
const query = hubQuery.extend({ replaces: z.uuid().optional().catch(undefined) });

const documentSchema = (today: string) =>
  z.record(z.string(), z.unknown()).transform((fields, check) => {
    const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
    const kind = DOCUMENT_KIND_NAMES.find((one) => one === fields.kind);
    const reference = String(fields.reference ?? '').trim();
    const expires = readDate(fields, 'expiresOn', 'day on which it expires');
    if (!kind) refuse('kind', 'Choose what kind of document it is');
    if (reference === '') refuse('reference', 'Enter the number of the policy, or the title of the document');
    if (reference.length > 120) refuse('reference', 'Shorten the reference to 120 characters');
    if (!expires.ok) refuse(expires.error.field, expires.error.message);
    else if (expires.date !== null && expires.date < today) {
      refuse('expiresOn', 'This has expired already. Choose the document that is in force, or check the day');
    }
    return { kind: kind ?? ('other' as DocumentKind), reference, expiresOn: expires.ok ? expires.date : null };
  });

/** GET /centres-hub/documents/add */
export const showAddDocument = centreHandler({ query }, async (context) => {
  const { hub, former } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const { replaces } = context.query;
    return { hub, former: replaces ? await documentOf(reader, hub.centre.id, replaces) : null };
  });
  const values: FormValues = former ? { kind: former.kind, reference: former.reference } : {};
  return page(addPage(await context.frame(), hub, former, { ...values, ...(await context.keptFields()) }, []));
});

/** POST /centres-hub/documents/add: a new document; one that it replaces no longer counts. */
export const sendAddDocument = centreHandler({ query }, async (context) => {
  const received = await receiveDocument(context.request);
  const { file: given } = received;
  const formerIn = async (reader: Parameters<typeof documentOf>[0], hub: Hub) =>
    context.query.replaces ? documentOf(reader, hub.centre.id, context.query.replaces) : null;
  return submitForm({ ...context, fields: received.fields } as Context, {
    schema: documentSchema(dayInLondon(context.now)),
    page: async (values, errors) => {
      const { hub, former } = await context.read(async (reader) => {
        const hub = await hubOf(reader, context);
        return { hub, former: await formerIn(reader, hub) };
      });
      // A browser does not send a chosen file twice: say so, beside what else is wrong.
      const again = { field: 'file', message: received.problem ?? 'Choose the file again' };
      const all = errors.some(({ field }) => field === 'file') ? errors : [...errors, again];
      return addPage(await context.frame(), hub, former, values, all);
    },
    action: async (writer, { kind, reference, expiresOn }) => {
      const hub = await hubOf(writer, context);
      const former = await formerIn(writer, hub);
      if (!given) throw new Refused([{ field: 'file', message: received.problem ?? 'Choose the file' }]);
      if (former) await endIt(writer, hub, former, 'Replaced by a newer one');
      const { id } = await writer.db
        .insertInto('centres_hub.documents')
        .values({
          centre_id: hub.centre.id,
          kind,
          reference,
          expires_on: expiresOn,
          file_name: given.name,
          media_type: given.kind?.mediaType ?? 'application/octet-stream',
          bytes: given.content.length,
          sha256: given.sha256,
          content: given.content,
          recorded_at: writer.now,
          recorded_by: writer.identity.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const payload = { kind, reference, expiresOn, sha256: given.sha256.toString('hex') };
      await writer.audit(documentRecorded, { kind: 'document', id }, payload, hub.centre.id);
      await recordProfileChanges(writer, hub.centre.id, [
        { what: DOCUMENT_KINDS[kind], before: former && inWords(former), after: inWords({ reference, expiresOn }) },
      ]);
      return hub.href(PATH, { done: 'added' });
    },
  });
});

const inWords = ({ reference, expiresOn }: Pick<CentreDocument, 'reference' | 'expiresOn'>) =>
  expiresOn ? `${reference}, until ${expiresOn}` : reference;

async function endIt(writer: Writer, hub: Hub, document: CentreDocument, reason: string): Promise<void> {
  const ended = await writer.db
    .updateTable('centres_hub.documents')
    .set({ ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
    .where('id', '=', document.id)
    .where('centre_id', '=', hub.centre.id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new NotFound();
  const { kind, reference } = document;
  await writer.audit(documentEnded, { kind: 'document', id: document.id }, { kind, reference, reason }, hub.centre.id);
}

const params = z.object({ documentId: z.uuid() });

/** GET /centres-hub/documents/:documentId/file */
export const downloadDocument = centreHandler({ params, query: hubQuery }, async (context) => {
  const { document, content } = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    const document = await documentOf(reader, hub.centre.id, context.params.documentId);
    const { content } = await reader.db
      .selectFrom('centres_hub.documents')
      .select('content')
      .where('id', '=', document.id)
      .where('centre_id', '=', hub.centre.id)
      .executeTakeFirstOrThrow();
    return { document, content };
  });
  return file(content, { type: document.mediaType, name: document.fileName });
});

/** GET /centres-hub/documents/:documentId/end */
export const showEndDocument = centreHandler({ params, query: hubQuery }, async (context) => {
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return { hub, document: await documentOf(reader, hub.centre.id, context.params.documentId) };
  });
  return page(endPage(await context.frame(), found.hub, found.document, await context.keptFields(), []));
});

/** POST /centres-hub/documents/:documentId/end */
export const sendEndDocument = centreHandler({ params, query: hubQuery }, (context) =>
  submitForm(context, {
    schema: z.object({ reason: reasonField }),
    page: async (values, errors) => {
      const found = await context.read(async (reader) => {
        const hub = await hubOf(reader, context);
        return { hub, document: await documentOf(reader, hub.centre.id, context.params.documentId) };
      });
      return endPage(await context.frame(), found.hub, found.document, values, errors);
    },
    action: async (writer, { reason }) => {
      const hub = await hubOf(writer, context);
      const document = await documentOf(writer, hub.centre.id, context.params.documentId);
      await endIt(writer, hub, document, reason);
      await recordProfileChanges(writer, hub.centre.id, [
        { what: DOCUMENT_KINDS[document.kind], before: inWords(document), after: null },
      ]);
      return hub.href(PATH, { done: 'ended' });
    },
  }),
);

function addPage(
  frame: Frame,
  hub: Hub,
  former: CentreDocument | null,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href(PATH);
  const title = former ? `Replace: ${DOCUMENT_KINDS[former.kind]}` : 'Add a document';
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Documents', href: list }, { label: title }])}
${pageHead({ title, lead: whose(hub) })}
${card(
  { label: title },
  form(
    {
      action: hub.href(`${PATH}/add`, former ? { replaces: former.id } : {}),
      submissionId: crypto.randomUUID(),
      multipart: true,
    },
    html`${selectField({
      name: 'kind',
      label: 'Kind',
      placeholder: 'Choose a kind',
      value: typed(values, 'kind'),
      errors,
      choices: DOCUMENT_KIND_NAMES.map((value) => ({ value, label: DOCUMENT_KINDS[value] })),
    })}
${textField({ name: 'reference', label: 'Reference', hint: 'The number of the policy, or the title of the document', value: typed(values, 'reference'), errors, autocomplete: 'off' })}
${dateField({ name: 'expiresOn', label: 'Expires on (leave empty when it does not expire)', value: typedDate(values, 'expiresOn'), errors })}
${fileField({ name: 'file', label: 'File', hint: `PDF, PNG or JPEG, ${MOST_MEGABYTES} MB at most`, accept: acceptOf(DOCUMENT_FILES), errors })}
${buttonRow(submitButton(former ? 'Replace the document' : 'Add the document'), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}

function endPage(
  frame: Frame,
  hub: Hub,
  document: CentreDocument,
  values: FormValues,
  errors: readonly FieldError[],
): Safe {
  const list = hub.href(PATH);
  const title = `Take off: ${DOCUMENT_KINDS[document.kind]}`;
  return hubPage(
    frame,
    hub,
    { title, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors)}
${crumbs([{ label: 'Documents', href: list }, { label: 'Take off' }])}
${pageHead({ title, lead: whose(hub) })}
${card(
  { label: 'Why' },
  form(
    { action: hub.href(`${PATH}/${document.id}/end`), submissionId: crypto.randomUUID() },
    html`<p>${document.reference}. It disappears from the list and stays on record.</p>
${textareaField({ name: 'reason', label: 'Reason', value: typed(values, 'reason'), errors, rows: 3 })}
${buttonRow(submitButton('Take it off', { look: 'bad' }), linkButton('Cancel', list, { look: 'quiet' }))}`,
  ),
)}`,
  );
}
