import { type HtmlValue, html, type Safe } from '#platform/html/html.ts';
import type { Frame } from '#platform/http/context.ts';
import { card, chips, emptyState, icon, link, listHref, pageHead, pager, staffPage, taskPage, toolbar } from '#ui';
import { piecesOf, type Query } from '../search-words/search-words.ts';
import { type Group, PAGE_SIZE } from './find.ts';
import type { Entry, Searchable } from './searchable.ts';

const PATH = '/search';

export interface SearchPage {
  readonly q: string;
  readonly query: Query;
  /** What this person may find. */
  readonly kinds: readonly Searchable[];
  /** The kind that was chosen, if one was. */
  readonly kind: string | undefined;
  readonly groups: readonly Group[];
  readonly page: number;
  /** This is the last page that can be asked for. */
  readonly last: boolean;
  /** In the shell of staff, or of a person's own pages. */
  readonly staff: boolean;
}

/** The page of results: the box, the kinds as chips, the results, or what to do where there are none. */
export function searchPage(frame: Frame, data: SearchPage): Safe {
  const { q, kinds, kind, staff } = data;
  const body = html`${staff ? pageHead({ title: 'Search', lead: leadOf(kinds) }) : html`<h1>Search</h1><p class="muted mb">${leadOf(kinds)}</p>`}
<section class="ao-card flush mb" aria-label="What to search">${toolbar({
    action: PATH,
    label: 'Search again',
    query: { q, kind },
    filters: [{ kind: 'search', name: 'q', label: 'Words or numbers' }],
    keep: ['kind'],
    button: { label: 'Search', icon: 'search' },
  })}${
    q !== '' &&
    html`<div class="ao-toolbar chips">${chips(
      [
        { label: 'Everything', href: listHref(PATH, { q }), current: !kind },
        ...kinds.map((one) => ({
          label: one.name,
          href: listHref(PATH, { q, kind: one.kind }),
          current: one.kind === kind,
        })),
      ],
      'Kind',
    )}</div>`
  }</section>
${results(data)}`;
  const title = q ? `Search for "${q}"` : 'Search';
  return staff ? staffPage({ ...frame, title }, body) : taskPage({ ...frame, title, noIndex: true }, body);
}

function leadOf(kinds: readonly Searchable[]): string {
  const names = kinds.map(({ name }) => name.toLowerCase());
  return `Finds ${new Intl.ListFormat('en-GB').format(names)}.`;
}

function results(data: SearchPage): HtmlValue {
  const { q, query, kinds, kind, groups } = data;
  if (groups.length > 0) return html`<div class="stack">${groups.map((group) => groupCard(data, group))}</div>`;
  if (q === '')
    return message('Type what you look for', 'A name, a number, or the beginning of either. Several words find less.');
  if (query.tooShort) return message('Type at least two letters or digits', 'One letter alone would find too much.');
  if (data.page > 1)
    return message('The list ends before this page', link('Go to the first page', listHref(PATH, { q, kind })));
  const name = kinds.find((one) => one.kind === kind)?.name.toLowerCase();
  return message(
    `Nothing found for "${q}"`,
    html`Check the spelling, type more letters of a word, or fewer words. Certificate numbers are found only when they are typed whole.${
      name && html` ${link('Look beyond', listHref(PATH, { q }))} ${name}.`
    }`,
  );
}

const message = (title: string, text: HtmlValue): Safe =>
  html`<section class="ao-card" aria-label="Results">${emptyState({ icon: 'search', title, text })}</section>`;

function groupCard({ q, query, kind, page, last }: SearchPage, group: Group): Safe {
  const all = listHref(PATH, { q, kind: group.kind });
  const from = (page - 1) * PAGE_SIZE;
  return card(
    {
      title: html`${group.name}`,
      id: `found-${group.kind}`,
      flush: true,
      aside: !kind && group.more && link(`All ${group.name.toLowerCase()}`, all),
    },
    html`<ul class="ao-found">${group.entries.map((entry) => result(entry, group, query))}</ul>${
      kind &&
      (page > 1 || group.more) &&
      pager({
        shown: `${from + 1} to ${from + group.entries.length}${last && group.more ? '. Type more words to find the rest' : ''}`,
        previous: page > 1 ? listHref(PATH, { q, kind }, { page: page > 2 ? String(page - 1) : undefined }) : undefined,
        next: group.more && !last ? listHref(PATH, { q, kind }, { page: String(page + 1) }) : undefined,
      })
    }`,
  );
}

function result({ title, detail, href }: Entry, group: Group, query: Query): Safe {
  return html`<li><span class="ao-ico">${icon(group.icon)}</span><div>${link(marked(title, query), href)}${
    detail && html`<p class="muted">${marked(detail, query)}</p>`
  }</div></li>`;
}

/** The text with what was looked for marked. */
function marked(text: string, query: Query): HtmlValue {
  return piecesOf(text, query).map(([piece, hit]) => (hit ? html`<mark>${piece}</mark>` : html`${piece}`));
}
