import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { NotFound, page, redirect } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { card, codeText, crumbs, formatDate, formatDateTime, pageHead, summaryList } from '#ui';
import { fileHref, filesOf } from '../attach-file/files.ts';
import { requestById, requestHref, requestNumber, requestParams, type StoredRequest } from '../fill-in/drafts.ts';
import { type FormVersion, versionById } from '../forms/forms.ts';
import { type FileShown, paragraphs } from '../forms/question-field.ts';
import { answeredForm } from '../forms/worded.ts';
import { hubOfCentre, hubPage, whose } from '../hub-page/hub-page.ts';
import { mayRead } from '../requests/may-read.ts';

export interface Submitted {
  readonly request: StoredRequest;
  readonly version: FormVersion;
  readonly files: Readonly<Record<string, readonly FileShown[]>>;
}

/** What was submitted, as it was worded that day; for the page of the request too. 404 out of the reader's scope. */
export async function submittedForm(
  reader: Pick<Reader, 'rows' | 'db' | 'identity'>,
  requestId: string,
): Promise<Submitted> {
  const request = await requestById(reader, requestId);
  return { request, version: await versionById(reader, request.versionId), files: await filesOf(reader, requestId) };
}

/** The sections with answers and signature. */
export function submittedBody({ request, version, files }: Submitted): Safe {
  const { signature } = version.definition;
  return html`${answeredForm(version.definition, { answers: request.answers, files, fileHref: fileHref(request.id) })}${
    signature &&
    request.signedName &&
    card(
      { title: 'Signature', id: 'signature', class: 'mb' },
      html`${paragraphs(signature.statement)}${summaryList([['Signed', request.signedName]])}`,
    )
  }`;
}

/** GET /centres-hub/requests/:id/form: read by the centre and by the awarding body. */
export const viewSubmitted = handler({ params: requestParams }, async (context) => {
  const { id } = context.params;
  const { hub, submitted } = await context.read(async (reader) => {
    const submitted = await submittedForm(reader, id);
    return { hub: await hubOfCentre(reader, context, submitted.request.centreId), submitted };
  });
  const { request, version } = submitted;
  // A draft is the centre's own: the awarding body never sees it.
  if (request.submittedAt === null && (hub.forBody || request.state !== 'draft')) throw new NotFound();
  if (request.state === 'draft') return redirect(requestHref(id, '/fill-in'));
  const asking = { ...context.acting(), personId: context.person().personId };
  if (!mayRead({ ...request, definition: version.definition }, asking)) throw new NotFound();
  const { title } = version.definition;
  return page(
    hubPage(
      await context.frame(),
      hub,
      { title },
      html`${crumbs([{ label: 'Requests', href: '/centres-hub/requests' }, { label: requestNumber(request.number), href: requestHref(id) }, { label: 'As submitted' }])}
${pageHead({ title, lead: html`${codeText(requestNumber(request.number))}${whose(hub) && html`, ${whose(hub)}`}` })}
${card(
  { label: 'Facts', class: 'mb' },
  summaryList([
    request.submittedAt && [
      'Submitted',
      `${formatDateTime(request.submittedAt)}${request.submittedByName ? ` by ${request.submittedByName}` : ''}`,
    ],
    [
      'Form',
      `Version ${version.number}, published ${formatDate(version.publishedAt)}; shown as it was worded that day`,
    ],
    request.dueOn !== null && ['Answer by', formatDate(request.dueOn)],
  ]),
)}
${submittedBody(submitted)}`,
    ),
  );
});
