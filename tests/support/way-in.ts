/** Follows a person's way between our site and a supplier's, as a browser without script does. */
import type { PlainAnswer } from './application.ts';
import { PlainBrowser } from './application.ts';
import type { RelyingParty } from './relying-party.ts';

export interface Arrived extends PlainAnswer {
  /** Path of the page at which the way ended, on whichever site. */
  readonly path: string;
  readonly href: string;
  /** Pages of ours that led on by themselves. */
  readonly pages: number;
  /** Every address on the way. */
  readonly way: readonly string[];
}

/** Goes to `address` and follows redirects, and pages that lead on by themselves, until a page asks for something. */
export async function follow(browser: PlainBrowser, address: string): Promise<Arrived> {
  let at = new URL(address, browser.url);
  let pages = 0;
  const way: string[] = [];
  const other = new Map<string, PlainBrowser>();
  for (let step = 0; step < 15; step++) {
    way.push(at.href);
    let visitor = browser;
    if (at.origin !== browser.url) {
      visitor = other.get(at.origin) ?? new PlainBrowser(at.origin);
      other.set(at.origin, visitor);
    }
    const answer = await visitor.get(`${at.pathname}${at.search}`, { accept: 'text/html' });
    const refresh = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(answer.text)?.[1]?.replaceAll('&amp;', '&');
    if (refresh) pages++;
    const next = answer.location ?? refresh;
    if (!next) return { ...answer, path: at.pathname, href: at.href, pages, way };
    at = new URL(next, at);
  }
  throw new Error(`The way does not end: ${way.join(' > ')}`);
}

/** Opens the supplier's system as its entry in System Access does. */
export function launch(browser: PlainBrowser, party: RelyingParty): Promise<Arrived> {
  return follow(browser, `${party.url}/launch`);
}
