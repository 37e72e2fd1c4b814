import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Context } from '#platform/http/context.ts';
import { actingCentreId, may } from '#platform/permissions/principal.ts';
import { matches, type Query, wordsOf } from '../search-words/search-words.ts';
import { type Entry, type Searchable, searchablesFor } from './searchable.ts';

/** So many on a page of one kind. */
export const PAGE_SIZE = 25;

/** What was found of one kind. */
export interface Group {
  readonly kind: string;
  readonly name: string;
  readonly icon: Searchable['icon'];
  readonly entries: readonly Entry[];
  /** There are more than these. */
  readonly more: boolean;
}

export interface Search {
  readonly typed: string;
  readonly query: Query;
  /** One kind only, or all. */
  readonly kind?: string | undefined;
  /** At most so many of each kind. */
  readonly limit: number;
  readonly offset?: number;
}

interface Row extends Entry {
  readonly kind: string;
  readonly place: string;
  readonly is_exact: boolean;
}

type Found = Entry & { readonly kind: string; readonly exact: boolean };

/**
 * What this person may find, kind by kind. Kinds in which a whole number was hit come first, else in the order of the
 * kinds; within a kind whole words first, then by title.
 */
export async function find(context: Context, search: Search): Promise<Group[]> {
  const searchables = searchablesFor(context.principal).filter(({ kind }) => !search.kind || kind === search.kind);
  const found = (
    await Promise.all([findIndexed(context, searchables, search), findListed(context, searchables, search)])
  ).flat();
  return inOrder(searchables, found, search.limit);
}

/** The groups in their order. Pure. */
export function inOrder(
  searchables: readonly Pick<Searchable, 'kind' | 'name' | 'icon'>[],
  found: readonly Found[],
  limit: number,
): Group[] {
  const groups = searchables.map(({ kind, name, icon }) => {
    const seen = new Set<string>();
    const own = found.filter((one) => one.kind === kind && !seen.has(one.href) && seen.add(one.href));
    const entries = [...own.filter(({ exact }) => exact), ...own.filter(({ exact }) => !exact)];
    const shown = entries.slice(0, limit).map(({ title, detail, href }) => ({ title, detail, href }));
    return {
      group: { kind, name, icon, entries: shown, more: entries.length > limit },
      exact: own.some((one) => one.exact),
    };
  });
  const some = groups.filter(({ group }) => group.entries.length > 0);
  return [...some.filter(({ exact }) => exact), ...some.filter(({ exact }) => !exact)].map(({ group }) => group);
}

async function findIndexed(context: Context, searchables: readonly Searchable[], search: Search): Promise<Found[]> {
  const { principal, services } = context;
  const indexed = searchables.filter(({ from }) => from === 'indexed');
  const keys = indexed.map(({ keyIn }) => keyIn?.(search.typed) ?? null).filter((key) => key !== null);
  if (indexed.length === 0 || (search.query.words.length === 0 && keys.length === 0)) return [];
  // The search stands in the widest scope that the person has: the organisation acted for, else what everyone may find.
  const capability = may(principal, 'connect.centre') ? 'connect.centre' : 'connect.search';
  const kinds = indexed.map(({ kind }) => kind);
  const rows = await services.database.read(principal, (reader) => rowsOf(reader, kinds, search, keys), { capability });
  const showsPlace = actingCentreId(principal) === null;
  return rows.map(({ kind, title, detail, place, href, is_exact: exact }) => {
    const entry = { title, detail: [detail, showsPlace && place].filter(Boolean).join(', '), href };
    const addressFor = indexed.find((one) => one.kind === kind)?.addressFor;
    return { ...entry, kind, exact, href: addressFor?.(principal, entry) ?? href };
  });
}

/** The one statement of the search, by the function that belongs to the scope. */
export function rowsOf(
  reader: Pick<Reader, 'rows' | 'identity'>,
  kinds: readonly string[],
  { query, limit, offset = 0 }: Pick<Search, 'query' | 'limit' | 'offset'>,
  keys: readonly string[],
): Promise<Row[]> {
  const asked = sql`${[...kinds]}::text[], ${[...query.words]}::text[], ${[...keys]}::text[], ${limit + 1}::int, ${offset}::int`;
  const columns = sql`kind, title, detail, place, href, is_exact`;
  switch (reader.identity.role) {
    case 'centre':
      return reader.rows(sql<Row>`select ${columns} from platform.search_own_centre(${asked})`);
    case 'body':
      return reader.rows(sql<Row>`select ${columns} from platform.search_everything(${asked})`);
    default:
      return reader.rows(sql<Row>`select ${columns} from platform.search_public(${asked})`);
  }
}

async function findListed(context: Context, searchables: readonly Searchable[], search: Search): Promise<Found[]> {
  const { query, typed, limit, offset = 0 } = search;
  const lists = searchables.map(async ({ kind, from, keyIn }) => {
    if (from === 'indexed') return [];
    const key = keyIn?.(typed) ?? null;
    if (query.words.length === 0 && key === null) return [];
    const listed = await from(context);
    const isKey = (one: { readonly key?: string }) => key !== null && one.key === key;
    return listed
      .filter((one) => isKey(one) || matches(wordsOf(one.words), query))
      .slice(offset, offset + limit + 1)
      .map(({ title, detail, href, ...one }) => ({ kind, exact: isKey(one), title, detail, href }));
  });
  return (await Promise.all(lists)).flat();
}
