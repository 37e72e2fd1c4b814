import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { html, type Safe } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import {
  type Column,
  codeText,
  type Filter,
  formatDate,
  linkButton,
  listHref,
  listPage,
  note,
  plural,
  rowLink,
  type Tone,
  tag,
} from '#ui';
import { portalPage } from '#web-portal';
import { CLAIM_STATES, CLAIM_WORDS, type ClaimState } from '../claim-state/claim-state.ts';
import { EXPIRES, type Expires } from '../expiry/expiring.ts';
import { formatSerial } from '../serial/serial.ts';
import { type Counts, directionOf, type ListQuery, listCounts, listQuery, listRows, type Row } from './list-query.ts';

const PATH = '/certificates';
const PAGE_SIZE = 50;
const MOST_ROWS = 20_000;
const READY = '/web-portal/candidates?status=ready';
const TONES: Record<ClaimState, Tone | undefined> = {
  issued: 'ok',
  submitted: 'info',
  returned: 'warn',
  revoked: 'bad',
};
const EXPIRES_WORDS: Record<Expires, string> = {
  7: 'Within 7 days',
  30: 'Within 30 days',
  90: 'Within 90 days',
  expired: 'Expired',
};
const CHIPS = { submitted: 'Waiting', issued: 'Issued', returned: 'Returned', revoked: 'Revoked' } as const;

/** GET /certificates: claims and certificates of the centre; the awarding body sees all centres. */
export const listCertificates = handler({ query: listQuery }, async (context): Promise<Answer> => {
  const { query } = context;
  const centreId = actingCentreId(context.principal);
  const found = await context.read(async (reader) => ({
    rows: await listRows(reader, query, centreId, { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE }),
    ...(await listCounts(reader, query, centreId)),
  }));
  return page(await certificatesPage(context, found, centreId));
});

/** The state of a claim as a tag. */
export function claimTag(state: ClaimState): Safe {
  return tag(CLAIM_WORDS[state], TONES[state], state === 'issued' ? 'check' : state === 'revoked' ? 'x' : undefined);
}

function certificatesPage(
  context: Context<unknown, ListQuery>,
  {
    rows,
    counts,
    products,
  }: { rows: readonly Row[]; counts: Counts; products: readonly { id: string; title: string }[] },
  centreId: string | null,
): Promise<Safe> {
  const { query } = context;
  const direction = directionOf(query);
  const linked = {
    q: query.q,
    product: query.product,
    state: query.state,
    expires: query.expires,
    centre: centreId ? undefined : query.centre,
    sort: query.sort === 'claimed' && direction === 'desc' ? undefined : query.sort,
    order: query.order,
  };
  const mayClaim = may(context.principal, 'certificates.claim');
  const decide = may(context.principal, 'certificates.decide');
  const total = query.state ? counts[query.state] : counts.all;
  return portalPage(
    context,
    { title: 'Certificates' },
    html`${query.claimed && note('The awarding body decides now. You see the decision in this list.', { tone: 'ok', title: 'Your claim is sent.', announce: true, class: 'mb' })}
${listPage<Row>({
  title: 'Certificates',
  lead: leadFor(counts, mayClaim),
  actions: html`${mayClaim && counts.ready > 0 && linkButton(`Claim (${counts.ready} ready)`, READY, { icon: 'award' })}${may(context.principal, 'certificates.extend') && linkButton('Extensions', `${PATH}/extensions`, { look: 'quiet' })}${decide && linkButton('Claims to decide', `${PATH}/claims`)}`,
  path: PATH,
  query: linked,
  noun: ['claim', 'claims'],
  filters: filtersFor(products, centreId),
  narrowedBy: ['state'],
  chips: [
    { label: 'All', count: counts.all, href: listHref(PATH, linked, { state: undefined }), current: !query.state },
    ...CLAIM_STATES.map((state) => ({
      label: CHIPS[state],
      count: counts[state],
      href: listHref(PATH, linked, { state }),
      current: query.state === state,
    })),
  ],
  columns: columnsFor(centreId),
  rows,
  sort: { by: query.sort, direction },
  paging: {
    page: query.page,
    pageSize: PAGE_SIZE,
    total,
    href: (number) => listHref(PATH, linked, { page: number > 1 ? String(number) : undefined }),
  },
  exportPath: `${PATH}/export`,
  firstUse: {
    icon: 'award',
    title: 'No certificates yet',
    text: mayClaim
      ? 'When all units of a candidate are achieved, claim the certificate: it appears here with its number and the document to print.'
      : 'Claims and certificates appear here as soon as a centre claims one.',
    actions: mayClaim && counts.ready > 0 && linkButton(`Claim (${counts.ready} ready)`, READY, { icon: 'award' }),
  },
})}`,
  );
}

function leadFor(counts: Counts, mayClaim: boolean): string {
  const parts = [`${plural(counts.issued, 'certificate')} issued`];
  if (counts.submitted > 0) parts.push(`${plural(counts.submitted, 'claim')} waiting for a decision`);
  if (mayClaim && counts.ready > 0) parts.push(`${counts.ready} ready to claim`);
  return parts.join(', ');
}

function filtersFor(products: readonly { id: string; title: string }[], centreId: string | null): Filter[] {
  return [
    { kind: 'search', name: 'q', label: 'Name, candidate or certificate number' },
    {
      kind: 'select',
      name: 'product',
      label: 'Product',
      choices: [
        { value: '', label: 'All products' },
        ...products.map(({ id, title }) => ({ value: id, label: title })),
      ],
    },
    {
      kind: 'select',
      name: 'expires',
      label: 'Expiry',
      choices: [
        { value: '', label: 'Any or none' },
        ...EXPIRES.map((value) => ({ value, label: EXPIRES_WORDS[value] })),
      ],
    },
    ...(centreId ? [] : [{ kind: 'search', name: 'centre', label: 'Centre number' } as const]),
  ];
}

function columnsFor(centreId: string | null): Column<Row>[] {
  return [
    {
      label: 'Candidate',
      header: true,
      sort: 'name',
      cell: (row) =>
        html`${rowLink(`${row.familyName}, ${row.givenNames}`, hrefOf(row, centreId))}<span class="sub code">${row.candidateNumber}</span>`,
    },
    {
      label: 'Product',
      phone: 'plain',
      cell: (row) => html`${row.title}${row.kind === 'partial' && html`<span class="sub">Credit for units</span>`}`,
    },
    ...(centreId ? [] : [{ label: 'Centre', code: true, cell: (row: Row) => row.centreNumber }]),
    { label: 'Claimed', class: 'nw', sort: 'claimed', cell: (row) => formatDate(row.claimedAt, 'list') },
    {
      label: 'Certificate number',
      class: 'nw',
      sort: 'number',
      cell: (row) => (row.serial ? codeText(formatSerial(row.serial)) : html`<span class="muted">None yet</span>`),
    },
    {
      label: 'State',
      phone: 'status',
      cell: (row) =>
        html`${claimTag(row.state)}${row.state === 'returned' && html`<span class="sub">${row.reason}</span>`}`,
    },
  ];
}

/** Where a row leads: to the certificate, to the decision, or back to the claim. */
function hrefOf(row: Row, centreId: string | null): string {
  if (row.certificateId) return `${PATH}/${row.certificateId}`;
  return centreId ? `${PATH}/claim/${row.registrationId}` : `${PATH}/claims/${row.id}`;
}

const HEADINGS = [
  'Certificate number',
  'Candidate number',
  'Family name',
  'Given names',
  'Product',
  'Kind',
  'Centre',
  'Claimed',
  'Issued',
  'State',
  'Reason',
];

/** GET /certificates/export: the list as asked, for a spreadsheet. */
export const exportCertificates = handler({ query: listQuery }, async (context): Promise<Answer> => {
  const centreId = actingCentreId(context.principal);
  const rows = await context.read((reader) =>
    listRows(reader, context.query, centreId, { limit: MOST_ROWS, offset: 0 }),
  );
  return listFile(
    `certificates-${centreId ? context.acting().number : 'all-centres'}-${dayInLondon(context.now)}`,
    HEADINGS,
    rows.map((row) => [
      row.serial ? formatSerial(row.serial) : null,
      row.candidateNumber,
      row.familyName,
      row.givenNames,
      row.title,
      row.kind === 'full' ? 'Full' : 'Credit for units',
      row.centreNumber,
      dayInLondon(row.claimedAt),
      row.issuedOn,
      CLAIM_WORDS[row.state],
      row.state === 'returned' ? row.reason : null,
    ]),
  );
});
