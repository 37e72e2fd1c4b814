import { directionOf, type ListQuery } from './list-query.ts';

/** The values of the list that its links carry; what is as usual stands in none. A centre's list knows no other centre. */
export function linkedOf(query: ListQuery, isCentre: boolean): Record<string, string | undefined> {
  const usual = query.sort === 'registered' && directionOf(query) === 'desc';
  return {
    q: query.q,
    product: query.product,
    cohort: query.cohort,
    status: query.status,
    centre: isCentre ? undefined : query.centre,
    sort: usual ? undefined : query.sort,
    order: usual ? undefined : query.order,
    columns: query.columns?.join(','),
  };
}

/** The same as a query string, without its page: what is saved as a view. */
export function addressOf(query: ListQuery, isCentre: boolean): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(linkedOf(query, isCentre))) if (value) params.set(name, value);
  return params.toString();
}
