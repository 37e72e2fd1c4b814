/**
 * The search box of the top bar. Without script it is a form that leads to the page of results; with it the island
 * `search.js` makes it a combobox that lists results as somebody types.
 */
import { html, type Safe, safeUrl } from '#platform/html/html.ts';
import { attributes } from '../attributes.ts';
import { icon } from '../icons.ts';

/** The box; on small screens a link stands in its place (`searchLink`). On the page of results it shows what was searched. */
export function searchBox(href: string, path: string): Safe {
  const [here, query] = path.split('?') as [string, string | undefined];
  const typed = here === href ? new URLSearchParams(query).get('q') : null;
  return html`<form class="ao-find" role="search" method="get" action="${safeUrl(href)}" aria-label="Everything" data-search>${icon(
    'search',
  )}<label class="govuk-visually-hidden" for="find">Search everything</label><input id="find" name="q" type="search" maxlength="100" autocomplete="off" spellcheck="false" placeholder="Search"${attributes({ value: typed || null })}></form>`;
}

/** The way to the search where there is no room for the box. */
export function searchLink(href: string): Safe {
  return html`<a class="tool bare to-find" href="${safeUrl(href)}" aria-label="Search">${icon('search')}</a>`;
}
