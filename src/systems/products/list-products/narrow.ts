import { z } from 'zod';
import type { Product } from '../catalogue/catalogue.ts';
import type { Offering } from '../offering/offering.ts';

export interface ListedProduct extends Product {
  readonly offering: Offering;
  readonly operationalEnd: string | null;
  readonly unitCount: number;
  /** `none`: the awarding body looks, which needs no approval. */
  readonly approval: 'approved' | 'stopped' | 'not_approved' | 'none';
}

const text = z.string().trim().max(100).optional().catch(undefined);
const SORTS = ['title', 'number', 'level', 'offering'] as const;

/** The query string of the list; a value that does not fit is left out. */
export const listQuery = z.object({
  q: text,
  kind: z
    .enum(['qualification', 'accreditation', 'quality_assured_programme', 'end_point_assessment'])
    .optional()
    .catch(undefined),
  level: z
    .string()
    .regex(/^[0-8]$/)
    .optional()
    .catch(undefined),
  offering: z.enum(['planned', 'open', 'certification_only', 'closed']).optional().catch(undefined),
  mine: z.literal('yes').optional().catch(undefined),
  sort: z.enum(SORTS).catch('title'),
  order: z.enum(['asc', 'desc']).catch('asc'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type ProductQuery = z.infer<typeof listQuery>;

/** Letters without case and marks, numbers without obliques: "5006771" finds 500/6771/0. */
const plain = (words: string) =>
  words
    .normalize('NFKD')
    .replace(/\p{M}|\//gu, '')
    .toLowerCase();

/** The products that fit the filters, apart from "approved only". */
export function fitting(products: readonly ListedProduct[], query: ProductQuery): ListedProduct[] {
  const words = plain(query.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return products.filter((product) => {
    if (query.kind && product.kind !== query.kind) return false;
    if (query.level && product.level !== Number(query.level)) return false;
    if (query.offering && product.offering !== query.offering) return false;
    const where = plain(`${product.title} ${product.qualificationNumber ?? ''} ${product.code}`);
    return words.every((word) => where.includes(word));
  });
}

export const isApproved = (product: ListedProduct) => product.approval === 'approved' || product.approval === 'stopped';

/** In the order asked for; equal ones by title. */
export function sorted(products: readonly ListedProduct[], { sort, order }: Pick<ProductQuery, 'sort' | 'order'>) {
  const key = (product: ListedProduct): string => {
    if (sort === 'number') return product.qualificationNumber ?? '~';
    if (sort === 'level') return String(product.level);
    return sort === 'offering' ? product.offering : product.title;
  };
  const turn = order === 'desc' ? -1 : 1;
  return [...products].sort(
    (a, b) => turn * key(a).localeCompare(key(b), 'en') || a.title.localeCompare(b.title, 'en'),
  );
}
