/** What the search of IMI Connect finds of the products; the entries come from the view `search_products`. */
import { may, type Principal } from '#platform/permissions/principal.ts';

/** Words that the public page looks for at most. */
const LONGEST = 100;

export const searchableProducts = {
  kind: 'product',
  name: 'Products',
  icon: 'doc',
  capability: 'connect.search',
  from: 'indexed',
  /** Candidates and members read the public catalogue. */
  addressFor: (principal: Principal, { title, href }: { readonly title: string; readonly href: string }) =>
    may(principal, 'products.view')
      ? href
      : `/find-a-qualification?${new URLSearchParams({ words: title.slice(0, LONGEST) })}`,
} as const;
