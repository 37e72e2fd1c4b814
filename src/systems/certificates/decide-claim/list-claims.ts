import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { html } from '#platform/html/html.ts';
import { type Answer, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { codeText, formatDate, listHref, listPage, note, plural, rowLink } from '#ui';
import { portalPage } from '#web-portal';

const PATH = '/certificates/claims';
const PAGE_SIZE = 50;

const query = z.object({
  page: z.coerce.number().int().min(1).max(400).catch(1),
  returned: z.string().optional().catch(undefined),
});

interface Row {
  readonly id: string;
  readonly givenNames: string;
  readonly familyName: string;
  readonly title: string;
  readonly centreName: string;
  readonly centreNumber: string;
  readonly claimedAt: Date;
  readonly total: number;
}

/** How many claims wait for the awarding body, and since when the first does. */
export async function waitingClaims(
  reader: Pick<Reader, 'rows'>,
): Promise<{ readonly count: number; readonly since: Date | null }> {
  const [row] = await reader.rows(sql<{ count: number; since: Date | null }>`
    select count(*) as count, min(claimed_at) as since from certificates.claims where state = 'submitted'`);
  return row ?? { count: 0, since: null };
}

/** GET /certificates/claims: what waits for the awarding body, the oldest first. */
export const listClaims = handler({ query }, async (context): Promise<Answer> => {
  const { page: number, returned } = context.query;
  const rows = await context.read((reader) =>
    reader.rows(sql<Row>`
      select c.id, p.given_names as "givenNames", p.family_name as "familyName", d.title, o.name as "centreName",
        o.number as "centreNumber", c.claimed_at as "claimedAt", count(*) over () as total
      from certificates.claims c
      join web_portal.published_registrations r on r.id = c.registration_id
      join web_portal.published_candidates p on p.id = r.candidate_id and p.centre_id = r.centre_id
      join products.published_products d on d.id = r.product_id
      join centres_hub.published_centres o on o.id = c.centre_id
      where c.state = 'submitted'
      order by c.claimed_at, c.id limit ${PAGE_SIZE} offset ${(number - 1) * PAGE_SIZE}`),
  );
  const total = rows[0]?.total ?? 0;
  return page(
    await portalPage(
      context,
      { title: 'Claims to decide' },
      html`${returned && note('The centre reads your reason in its list of certificates.', { tone: 'ok', title: 'The claim is returned.', announce: true, class: 'mb' })}
${listPage<Row>({
  title: 'Claims to decide',
  lead: `${plural(total, 'claim')}, the oldest first`,
  path: PATH,
  query: {},
  noun: ['claim', 'claims'],
  columns: [
    {
      label: 'Candidate',
      header: true,
      cell: (row) => rowLink(`${row.familyName}, ${row.givenNames}`, `${PATH}/${row.id}`),
    },
    { label: 'Product', phone: 'plain', cell: (row) => row.title },
    { label: 'Centre', cell: (row) => html`${row.centreName} ${codeText(row.centreNumber)}` },
    { label: 'Claimed', class: 'nw', cell: (row) => formatDate(row.claimedAt, 'list') },
  ],
  rows,
  paging: {
    page: number,
    pageSize: PAGE_SIZE,
    total,
    href: (to) => listHref(PATH, {}, { page: to > 1 ? String(to) : undefined }),
  },
  firstUse: {
    icon: 'check',
    title: 'No claim waits',
    text: 'Claims appear here when a centre may not claim directly, or when a certificate of the candidate was revoked before.',
  },
})}`,
    ),
  );
});
