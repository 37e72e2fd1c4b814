import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { PRODUCT_KINDS, type Product } from '../catalogue/catalogue.ts';
import { type CentreStanding, ownStanding } from '../contributions.ts';
import { OFFERINGS, type OfferingDates, offeringOn } from '../offering/offering.ts';
import { fitting, isApproved, type ListedProduct, listQuery, sorted } from './narrow.ts';
import { APPROVAL_WORDS, PAGE_SIZE, productsPage } from './page.ts';

/** GET /products */
export const listProducts = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read(listedProducts);
  const found = fitting(all, query);
  const approved = found.filter(isApproved);
  const rows = sorted(query.mine ? approved : found, query);
  const from = (query.page - 1) * PAGE_SIZE;
  return page(
    productsPage(await context.frame(), {
      query,
      rows: rows.slice(from, from + PAGE_SIZE),
      total: rows.length,
      counts: { all: found.length, approved: approved.length },
      forCentre: context.acting().kind === 'centre',
      known: all.length,
    }),
  );
});

/** GET /products/export: the list as it is narrowed and sorted, all pages. */
export const exportProducts = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const found = fitting(await context.read(listedProducts), query);
  const rows = sorted(query.mine ? found.filter(isApproved) : found, query);
  return listFile(
    'products',
    ['Title', 'Qualification number', 'Code', 'Type', 'Level', 'Units', 'Offered', 'Last registration', 'Your centre'],
    rows.map((row) => [
      row.title,
      row.qualificationNumber,
      row.code,
      PRODUCT_KINDS[row.kind],
      row.level,
      row.unitCount,
      OFFERINGS[row.offering],
      row.operationalEnd,
      APPROVAL_WORDS[row.approval],
    ]),
  );
});

type Row = Product & OfferingDates & { unitCount: number };

/** Every product with a published version; they are some hundreds at most, so filters and order are worked out here. */
async function listedProducts(reader: Reader): Promise<ListedProduct[]> {
  const rows = await reader.rows(sql<Row>`
    select p.id, p.code, p.qualification_number as "qualificationNumber", p.title, p.kind, p.level, p.regulated,
      v.operational_start as "operationalStart", v.operational_end as "operationalEnd", v.certification_end as "certificationEnd",
      (select count(*)::int from products.units u where u.version_id = v.id) as "unitCount"
    from products.products p
    join lateral (select * from products.versions v where v.product_id = p.id and v.published_at <= ${reader.now}
      order by v.version desc limit 1) v on true`);
  const standing = await ownStanding(reader);
  const today = dayInLondon(reader.now);
  return rows.map(({ operationalStart, certificationEnd, ...row }) => ({
    ...row,
    offering: offeringOn({ operationalStart, operationalEnd: row.operationalEnd, certificationEnd }, today),
    approval: standing === null ? 'none' : approvalOf(standing.get(row.id)),
  }));
}

function approvalOf(standing: CentreStanding | undefined): ListedProduct['approval'] {
  if (!standing) return 'not_approved';
  return standing.registrationStopped === null ? 'approved' : 'stopped';
}
