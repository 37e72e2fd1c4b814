/**
 * What every list is asked and answers: words, an order, a page. `listFields` reads the address, `listOf` writes the links
 * back, and `withWords`, `inOrder` and `pageOf` choose among rows that are in memory.
 */
import { z } from 'zod';
import { type Chip, type ListPageOptions, type ListQuery, listHref } from './list-page.ts';
import type { SortDirection } from './table.ts';

/** Rows on a page. */
export const LIST_PAGE_SIZE = 50;

export interface ListAsked {
  readonly q?: string | undefined;
  readonly sort: string;
  readonly order: SortDirection;
  readonly page: number;
}

/**
 * The fields of the address that all lists have, to spread into a schema beside the filters of the one list. The first
 * of `sorts` and `order` are how a list reads that nobody has sorted. What cannot be read counts as not given.
 */
export function listFields<const First extends string, const Others extends readonly string[]>(
  sorts: readonly [First, ...Others],
  order: SortDirection = 'asc',
) {
  const [first, ...others] = sorts;
  return {
    q: z.string().trim().max(100).optional().catch(undefined),
    sort: z.enum([first, ...others] as readonly (First | Others[number])[]).catch(() => first),
    order: z.enum(['asc', 'desc']).catch(order),
    page: z.coerce.number().int().min(1).max(10_000).catch(1),
  };
}

export interface List<Query extends ListAsked> {
  /** The first page of the same list with `changes`. */
  href(changes: Partial<Query>): string;
  /** The chip that leads to the same list with `changes`; it is the current one when the list is so already. */
  chip(label: string, changes: Partial<Query>, count: number): Chip;
  /** What `listPage` must know of the address, of a list with `total` rows on all pages. */
  shown(total: number): Pick<ListPageOptions<unknown>, 'path' | 'query' | 'paging'> & {
    readonly sort: { readonly by: string; readonly direction: SortDirection };
  };
}

/** Told once after an act, or standing for one page only: no link of the list repeats them. */
const PASSING = ['page', 'done'];

/** A list at `path` as it was asked. Its links say only what differs from the list that nobody has changed. */
export function listOf<Query extends ListAsked>(path: string, schema: z.ZodType<Query>, query: Query): List<Query> {
  const untouched = schema.parse({}) as Readonly<Record<string, unknown>>;
  const inWords = (values: Partial<Query>): ListQuery =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value === undefined || value === untouched[name] ? undefined : String(value),
      ]),
    );
  const { sort, order, ...narrowing } = query;
  const words = inWords({ ...narrowing, sort, order } as unknown as Query);
  const kept = Object.fromEntries(Object.entries(words).filter(([name]) => !PASSING.includes(name)));
  const href = (changes: Partial<Query>) => listHref(path, kept, inWords(changes));
  return {
    href,
    chip: (label, changes, count) => ({
      label,
      count,
      href: href(changes),
      current: Object.entries(changes).every(([name, value]) => query[name as keyof Query] === value),
    }),
    shown: (total) => ({
      path,
      query: kept,
      sort: { by: sort, direction: order },
      paging: {
        page: query.page,
        pageSize: LIST_PAGE_SIZE,
        total,
        href: (page) => listHref(path, kept, { page: String(page) }),
      },
    }),
  };
}

/** The rows in whose text every word of `q` stands, in whatever letters. */
export function withWords<Row>(rows: readonly Row[], q: string | undefined, textOf: (row: Row) => string): Row[] {
  const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The rows in the order asked for, by the key of each sort; rows alike keep the order they came in. */
export function inOrder<Row, Sort extends string>(
  rows: readonly Row[],
  { sort, order }: { readonly sort: Sort; readonly order: SortDirection },
  keys: Readonly<Record<Sort, (row: Row) => string>>,
): Row[] {
  const key = keys[sort];
  const turn = order === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) => turn * key(a).localeCompare(key(b), 'en'));
}

/** The rows of the page asked for. */
export function pageOf<Row>(rows: readonly Row[], { page }: Pick<ListAsked, 'page'>): Row[] {
  return rows.slice((page - 1) * LIST_PAGE_SIZE, page * LIST_PAGE_SIZE);
}
