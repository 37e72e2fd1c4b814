import { z } from 'zod';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import type { Frame } from '#platform/http/context.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import {
  card,
  formatDate,
  inOrder,
  link,
  linkButton,
  listFields,
  listOf,
  listPage,
  note,
  pageOf,
  rowLink,
  summaryList,
  tag,
  withWords,
} from '#ui';
import { type AgreementVersion, currentAgreement } from '../agreement/agreement-versions.ts';
import { type Signature, signaturesOf } from '../agreement/sign-agreement.ts';
import { centreHandler, type Hub, hubOf, hubPage, hubQuery, whose } from '../hub-page/hub-page.ts';
import { type CentreDocument, documentsOf } from './documents.ts';
import { DOCUMENT_KINDS, type ExpiryStanding, expiryStanding } from './expiry.ts';

const PATH = '/centres-hub/documents';

const listQuery = hubQuery.extend({
  ...listFields(['expires', 'kind', 'recorded']),
  expiry: z.enum(['good', 'soon', 'expired']).optional().catch(undefined),
  done: z.enum(['signed', 'added', 'ended']).optional().catch(undefined),
});
type DocumentsQuery = z.infer<typeof listQuery>;

const DONE = {
  signed: 'The agreement is signed.',
  added: 'The document is recorded. The centre is reminded 90, 30 and 7 days before it expires.',
  ended: 'The document no longer counts. It stays on record.',
} as const;

const STANDING: Record<ExpiryStanding, string> = { good: 'In force', soon: 'Expires soon', expired: 'Expired' };
const TONES = { good: undefined, soon: 'warn', expired: 'bad' } as const;

type Row = CentreDocument & { readonly standing: ExpiryStanding };

async function rowsOf(reader: Reader, centreId: string): Promise<Row[]> {
  const today = dayInLondon(reader.now);
  return (await documentsOf(reader, centreId)).map((one) => ({
    ...one,
    standing: expiryStanding(one.expiresOn, today),
  }));
}

function chosen(rows: readonly Row[], query: DocumentsQuery): Row[] {
  const found = withWords(rows, query.q, (row) => `${DOCUMENT_KINDS[row.kind]} ${row.reference} ${row.fileName}`);
  return inOrder(found, query, {
    kind: (row) => DOCUMENT_KINDS[row.kind],
    recorded: (row) => row.recordedAt.toISOString(),
    expires: (row) => row.expiresOn ?? '9999',
  });
}

const inStanding = (rows: readonly Row[], expiry: DocumentsQuery['expiry']) =>
  rows.filter(({ standing }) => !expiry || standing === expiry);

/** GET /centres-hub/documents: the agreement, then insurance and policies with their expiry. */
export const listDocuments = centreHandler({ query: listQuery }, async (context) => {
  const found = await context.read(async (reader) => {
    const hub = await hubOf(reader, context);
    return {
      hub,
      all: await rowsOf(reader, hub.centre.id),
      agreement: await currentAgreement(reader),
      signatures: await signaturesOf(reader, hub.centre.id),
    };
  });
  return page(documentsPage(await context.frame(), context.query, found));
});

/** GET /centres-hub/documents/export */
export const exportDocuments = centreHandler({ query: listQuery }, async (context) => {
  const rows = await context.read(async (reader) => rowsOf(reader, (await hubOf(reader, context)).centre.id));
  return listFile(
    'documents',
    ['Kind', 'Reference', 'Expires', 'State', 'File', 'Recorded'],
    inStanding(chosen(rows, context.query), context.query.expiry).map((row) => [
      DOCUMENT_KINDS[row.kind],
      row.reference,
      row.expiresOn,
      STANDING[row.standing],
      row.fileName,
      formatDate(row.recordedAt),
    ]),
  );
});

interface Found {
  readonly hub: Hub;
  readonly all: readonly Row[];
  readonly agreement: AgreementVersion | null;
  readonly signatures: readonly Signature[];
}

function documentsPage(frame: Frame, query: DocumentsQuery, { hub, all, agreement, signatures }: Found): Safe {
  const manages = hub.may('centres-hub.manage-users');
  const fitting = chosen(all, query);
  const rows = inStanding(fitting, query.expiry);
  const list = listOf(PATH, listQuery, query);
  const chip = (label: string, expiry: DocumentsQuery['expiry']) =>
    list.chip(label, { expiry }, inStanding(fitting, expiry).length);
  const add = manages && linkButton('Add a document', hub.href(`${PATH}/add`));
  return hubPage(
    frame,
    hub,
    { title: 'Documents' },
    html`${query.done && note(DONE[query.done], { tone: 'ok', announce: true, class: 'mb' })}
${listPage<Row>({
  title: 'Documents',
  lead: whose(hub) ?? 'Insurance and policies of your centre, and the agreement with the awarding body',
  actions: add,
  above: html`<div class="mb">${agreementCard(hub, agreement, signatures)}</div>`,
  ...list.shown(rows.length),
  keep: ['centre'],
  noun: ['document', 'documents'],
  filters: [{ kind: 'search', name: 'q', label: 'Kind or reference' }],
  chips: [chip('All', undefined), chip('Expired', 'expired'), chip('Expires soon', 'soon'), chip('In force', 'good')],
  columns: [
    {
      label: 'Document',
      header: true,
      sort: 'kind',
      cell: (row) =>
        html`${rowLink(DOCUMENT_KINDS[row.kind], hub.href(`${PATH}/${row.id}/file`))}<br><span class="small muted">${row.reference}</span>`,
    },
    { label: 'File', cell: (row) => html`${row.fileName}, ${Math.ceil(row.bytes / 1024)} KB` },
    { label: 'Recorded', sort: 'recorded', cell: (row) => formatDate(row.recordedAt, 'list') },
    {
      label: 'Expires',
      sort: 'expires',
      cell: (row) => (row.expiresOn ? formatDate(row.expiresOn, 'list') : html`<span class="muted">No end set</span>`),
    },
    {
      label: 'State',
      phone: 'status',
      cell: ({ standing }) => tag(STANDING[standing], TONES[standing], TONES[standing] && 'alert'),
    },
    ...(manages
      ? [
          {
            label: 'Change',
            phone: 'plain' as const,
            cell: (row: Row) =>
              html`${link(
                html`Replace<span class="govuk-visually-hidden"> ${DOCUMENT_KINDS[row.kind]}</span>`,
                hub.href(`${PATH}/add`, { replaces: row.id }),
              )} ${link(
                html`Take off<span class="govuk-visually-hidden"> ${DOCUMENT_KINDS[row.kind]}</span>`,
                hub.href(`${PATH}/${row.id}/end`),
              )}`,
          },
        ]
      : []),
  ],
  rows: pageOf(rows, query),
  exportPath: `${PATH}/export`,
  narrowedBy: ['expiry'],
  firstUse: {
    icon: 'doc',
    title: 'No documents yet',
    text: 'Insurance and policies appear here, each with the day on which it expires. The centre is reminded 90, 30 and 7 days before.',
    actions: add,
  },
})}`,
  );
}

function agreementCard(hub: Hub, agreement: AgreementVersion | null, signatures: readonly Signature[]): Safe {
  if (!agreement) {
    return card(
      { title: 'Agreement', id: 'agreement' },
      html`<p class="muted">The awarding body has not published one yet.</p>`,
    );
  }
  const signed = signatures.find(({ number }) => number === agreement.number);
  const older = signatures.filter(({ number }) => number !== agreement.number);
  const href = hub.href(`${PATH}/agreement`);
  const signs = !signed && hub.may('centres-hub.manage-users');
  return card(
    {
      title: 'Agreement',
      id: 'agreement',
      aside: signed ? tag('Signed') : tag('Not signed', 'warn', 'alert'),
    },
    html`${summaryList([
      ['In force', html`${agreement.title}, version ${agreement.number}`],
      signed
        ? ['Signed', html`${signed.signedName}, head of centre, ${formatDate(signed.signedAt)}`]
        : ['To be signed by', formatDate(agreement.signBy)],
      ...older.map((one): [Safe, Safe] => [
        html`Version ${one.number}`,
        html`${link(`Signed by ${one.signedName}`, hub.href(`${PATH}/agreement`, { version: String(one.number) }))}, ${formatDate(one.signedAt)}`,
      ]),
    ])}<div class="row mt">${linkButton(signs ? 'Read and sign' : 'Read the agreement', href, { look: signs ? 'main' : 'quiet' })}</div>`,
  );
}
