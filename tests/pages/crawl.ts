import type { PlainBrowser } from '#test/application.ts';
import type { RouteLine } from '../../src/platform/http/server.ts';

/** A page found by following links. */
export interface Visited {
  /** Path and query. */
  readonly url: string;
  /** The route that answers it, as "/web-portal/candidates/:id". */
  readonly route: string;
  readonly status: number;
  readonly text: string;
}

/** The pattern of each GET route, most exact first. */
export function routeMatcher(table: readonly RouteLine[]): (path: string) => string | undefined {
  const patterns = table
    .filter((line) => line.method === 'GET')
    .map(({ url }) => ({ url, pattern: new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:\w+|\*/g, '[^/]+')}/?$`) }))
    .sort((a, b) => (a.url.match(/:/g)?.length ?? 0) - (b.url.match(/:/g)?.length ?? 0));
  return (path) => patterns.find(({ pattern }) => pattern.test(path.split('?')[0] ?? ''))?.url;
}

export interface CrawlOptions {
  readonly from: readonly string[];
  readonly table: readonly RouteLine[];
  /** At most so many pages of one route. */
  readonly perRoute: number;
}

/** Follows the links of a site as one person, breadth first. */
export async function crawl(browser: PlainBrowser, { from, table, perRoute }: CrawlOptions): Promise<Visited[]> {
  const match = routeMatcher(table);
  const queue = [...from];
  const seen = new Set(queue);
  const perPattern = new Map<string, number>();
  const visited: Visited[] = [];
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const route = match(url) ?? '(no route)';
    const count = perPattern.get(route) ?? 0;
    if (count >= perRoute && route !== '(no route)') continue;
    perPattern.set(route, count + 1);
    const { status, text, headers, location } = await browser.get(url);
    visited.push({ url, route, status, text });
    if (location?.startsWith('/') && !seen.has(location)) {
      seen.add(location);
      queue.push(location);
    }
    if (!headers.get('content-type')?.startsWith('text/html')) continue;
    for (const [, href = ''] of text.matchAll(/href="(\/[^"#]*)/g)) {
      const next = href.replaceAll('&amp;', '&');
      if (seen.has(next) || next.startsWith('/assets/') || next.startsWith('//')) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return visited;
}
