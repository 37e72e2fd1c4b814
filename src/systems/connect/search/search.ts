import { z } from 'zod';
import { type Answer, json, page } from '#platform/http/answers.ts';
import { handler } from '#platform/http/routes.ts';
import { LONGEST_QUERY, parseQuery, piecesOf } from '../search-words/search-words.ts';
import { find, PAGE_SIZE } from './find.ts';
import { searchPage } from './page.ts';
import { searchablesFor } from './searchable.ts';

/** So many of each kind while somebody types. */
const SUGGESTED = 8;
/** So many of each kind on the page of all kinds. */
const SHOWN_OF_EACH = 8;
/** Nobody reads on behind this page; more words find better. */
const LAST_PAGE = 20;

const typed = z
  .string()
  .transform((text) => [...text.trim()].slice(0, LONGEST_QUERY).join(''))
  .catch('');
const searchQuery = z.object({
  q: typed,
  kind: z.string().max(40).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
});

/** GET /search: what the person may see that has these words. */
export const showSearch = handler({ query: searchQuery }, async (context): Promise<Answer> => {
  const { q, page: number } = context.query;
  const kinds = searchablesFor(context.principal);
  const kind = kinds.find((one) => one.kind === context.query.kind)?.kind;
  const query = parseQuery(q);
  const groups = await find(context, {
    typed: q,
    query,
    kind,
    limit: kind ? PAGE_SIZE : SHOWN_OF_EACH,
    offset: kind ? (number - 1) * PAGE_SIZE : 0,
  });
  return page(
    searchPage(await context.frame(), {
      q,
      query,
      kinds,
      kind,
      groups,
      page: kind ? number : 1,
      last: number === LAST_PAGE,
      staff: context.person().capabilities.has('connect.centre'),
    }),
  );
});

/** GET /search/suggestions: the same as data, for the list under the search box. Texts come in pieces, marked or not. */
export const suggest = handler({ query: z.object({ q: typed }) }, async (context): Promise<Answer> => {
  const { q } = context.query;
  const query = parseQuery(q);
  const groups = await find(context, { typed: q, query, limit: SUGGESTED });
  return json({
    tooShort: query.tooShort && groups.length === 0,
    groups: groups.map(({ kind, name, entries, more }) => ({
      kind,
      name,
      more,
      results: entries.map(({ title, detail, href }) => ({
        title: piecesOf(title, query),
        detail: piecesOf(detail, query),
        href,
      })),
    })),
  });
});
