import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { acceptOf } from '#platform/files/file-kind.ts';
import { fileProblems } from '#platform/files/file-problems.ts';
import { type ReceivedForm, receiveForm } from '#platform/files/receive-form.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, type FieldError, file as fileAnswer, NotFound, page, redirect } from '#platform/http/answers.ts';
import type { Context, Frame } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import {
  buttonRow,
  card,
  crumbs,
  errorSummary,
  fileField,
  form,
  formatBytes,
  link,
  linkButton,
  note,
  pageHead,
  plural,
  postButton,
  submitButton,
  table,
} from '#ui';
import { requestFileRemoved } from '../audit.ts';
import { type Draft, draftById, lockDraft, mustFillIn, requestHref, requestParams } from '../fill-in/drafts.ts';
import { definitionSchema, LIMITS, type Question, questionOf } from '../forms/definition.ts';
import type { FileShown } from '../forms/question-field.ts';
import { centreHandler, type Hub, type HubQuery, hubOf, hubPage, hubQuery } from '../hub-page/hub-page.ts';
import { requestNumber } from '../requests/change-request.ts';
import { mayRead, mayWorkOn } from '../requests/may-read.ts';
import { fileHref, filesOf, storeFile } from './files.ts';
import { REQUEST_FILES } from './taken.ts';

const params = requestParams.extend({ key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/) });
type FileContext = Context<z.infer<typeof params>, HubQuery>;

function fileQuestion(draft: Draft, key: string): Question {
  const question = questionOf(draft.version.definition, key);
  if (question?.type !== 'file') throw new NotFound();
  return question;
}

async function inQuestion(reader: Reader, context: FileContext) {
  const hub = await hubOf(reader, context);
  const draft = await draftById(reader, hub.centre.id, context.params.id);
  mustFillIn(draft, context.acting().roles);
  const files = (await filesOf(reader, draft.request.id))[context.params.key] ?? [];
  return { hub, draft, question: fileQuestion(draft, context.params.key), files };
}

/** GET /centres-hub/requests/:id/files/:key: the files of one question. */
export const showFiles = centreHandler({ params, query: hubQuery }, async (context) => {
  const shown = await context.read((reader) => inQuestion(reader, context));
  return page(filesPage(await context.frame(), shown, []));
});

/** POST /centres-hub/requests/:id/files/:key: all files of one choice are taken, or none and a sentence for each. */
export const sendFiles = centreHandler({ params, query: hubQuery }, async (context): Promise<Answer> => {
  const { key } = context.params;
  const received = await receiveForm(context.request, REQUEST_FILES);
  const errors = await context.write(async (writer): Promise<FieldError[]> => {
    const draft = await lockDraft(writer, context.centreId(), context.params.id);
    mustFillIn(draft, context.acting().roles);
    fileQuestion(draft, key);
    const there = (await filesOf(writer, draft.request.id))[key] ?? [];
    const problems = problemsBeside(received, there.length);
    if (problems.length > 0) return problems.map((message) => ({ field: 'file', message }));
    const request = { ...draft.request, number: requestNumber(draft.request.number) };
    for (const file of received.files) await storeFile(writer, request, { questionKey: key }, file);
    return [];
  });
  if (errors.length === 0) return redirect(requestHref(context.params.id, `/files/${key}`));
  const shown = await context.read((reader) => inQuestion(reader, context));
  return page(filesPage(await context.frame(), shown, errors), 422);
});

/** Why these files are not taken beside those that are there, one sentence each. */
function problemsBeside(received: ReceivedForm, there: number): string[] {
  const { files, tooMany } = received;
  if (files.length === 0) return ['Choose a file'];
  if (tooMany || there + files.length > LIMITS.files)
    return [
      `At most ${LIMITS.files} files belong to one question; ${plural(there, 'file is', 'files are')} there already. Remove one first, or choose fewer`,
    ];
  return fileProblems(received, REQUEST_FILES);
}

/** POST /centres-hub/requests/:id/files/:key/remove */
export const sendRemoveFile = centreHandler({ params, query: hubQuery }, async (context): Promise<Answer> => {
  const { id, key } = context.params;
  const fileId = z.uuid().safeParse(context.fields.file);
  if (!fileId.success) throw new NotFound();
  await context.write(async (writer) => {
    const draft = await lockDraft(writer, context.centreId(), id);
    mustFillIn(draft, context.acting().roles);
    const removed = await writer.db
      .updateTable('centres_hub.request_files')
      .set({ removed_at: writer.now })
      .where('id', '=', fileId.data)
      .where('request_id', '=', id)
      .where('centre_id', '=', draft.request.centreId)
      .where('question_key', '=', key)
      .where('removed_at', 'is', null)
      .returning('name')
      .executeTakeFirst();
    // Pressed twice: it is off already.
    if (!removed) return;
    const payload = { number: requestNumber(draft.request.number), question: key, name: removed.name };
    await writer.audit(requestFileRemoved, { kind: 'request', id }, payload, draft.request.centreId);
  });
  return redirect(requestHref(id, `/files/${key}`));
});

const attachmentParams = requestParams.extend({ fileId: z.uuid() });

/** GET /centres-hub/requests/:id/attachments/:fileId: always saved, never shown by the browser. */
export const fetchAttachment = handler({ params: attachmentParams }, async (context): Promise<Answer> => {
  const { id, fileId } = context.params;
  const found = await context.read(({ db, identity }) =>
    db
      .selectFrom('centres_hub.request_files as f')
      .innerJoin('centres_hub.requests as r', 'r.id', 'f.request_id')
      .innerJoin('centres_hub.form_versions as v', 'v.id', 'r.form_version_id')
      .select(['f.name', 'f.media_type', 'f.content', 'r.state', 'v.definition'])
      .select(['r.submitted_at as submittedAt', 'r.begun_by as begunBy', 'r.submitted_by as submittedBy'])
      .where('f.id', '=', fileId)
      .where('f.request_id', '=', id)
      .where('f.removed_at', 'is', null)
      .$if(identity.centreId !== null, (query) => query.where('f.centre_id', '=', identity.centreId as string))
      .executeTakeFirst(),
  );
  if (!found) throw new NotFound();
  const acting = context.acting();
  const asking = { ...acting, personId: context.person().personId };
  const request = { ...found, definition: definitionSchema.parse(found.definition) };
  // A draft is its centre's own, and one that was thrown away nobody's.
  const ownDraft = acting.kind === 'centre' && found.state === 'draft' && mayWorkOn(request, asking);
  if (!ownDraft && (found.submittedAt === null || !mayRead(request, asking))) throw new NotFound();
  return fileAnswer(found.content, { type: found.media_type, name: found.name, cache: 'private, no-store' });
});

interface Shown {
  readonly hub: Hub;
  readonly draft: Draft;
  readonly question: Question;
  readonly files: readonly FileShown[];
}

function filesPage(frame: Frame, { hub, draft, question, files }: Shown, errors: readonly FieldError[]): Safe {
  const { request, version } = draft;
  const back = requestHref(request.id, `/fill-in#q-${question.key}`);
  const here = requestHref(request.id, `/files/${question.key}`);
  const room = LIMITS.files - files.length;
  return hubPage(
    frame,
    hub,
    { title: `Files: ${question.label}`, form: true, hasErrors: errors.length > 0 },
    html`${errorSummary(errors, 'No file was added')}
${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: version.definition.title, href: back }, { label: 'Files' }])}
${pageHead({ title: question.label, lead: question.hint })}
<div class="stack">
${
  files.length > 0 &&
  card(
    { title: plural(files.length, 'file'), id: 'files', flush: true },
    table<FileShown>({
      caption: 'Files',
      rows: files,
      columns: [
        { label: 'File', header: true, cell: (row) => link(row.name, fileHref(request.id)(row)) },
        { label: 'Size', numeric: true, cell: (row) => formatBytes(row.bytes) },
        {
          label: 'Change',
          phone: 'plain',
          cell: (row) =>
            postButton('Remove', {
              action: `${here}/remove`,
              fields: { file: row.id },
              look: 'text',
              small: true,
              label: `Remove ${row.name}`,
            }),
        },
      ],
    }),
  )
}
${
  room > 0
    ? card(
        { label: 'Add files' },
        form(
          { action: here, multipart: true },
          html`${fileField({ name: 'file', label: 'Add files', hint: `${plural(room, 'more file')} at most, 10 MB each: ${REQUEST_FILES.kindsInWords}`, accept: acceptOf(REQUEST_FILES.kinds), multiple: true, errors })}
${buttonRow(submitButton('Add', { icon: 'upload' }), linkButton('Back to the form', back, { look: 'quiet' }))}`,
        ),
      )
    : note(html`There is room for no more. ${link('Back to the form', back)}`)
}</div>`,
  );
}
