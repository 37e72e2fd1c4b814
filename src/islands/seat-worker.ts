/**
 * The seat's service worker: keeps the player's shell (one page without anybody's data, and its assets) so that a
 * reload without network works, and nothing else. Questions and answers lie in the encrypted journal.
 */

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Posted extends Extendable {
  readonly data: unknown;
}
interface Worker {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(kind: 'install' | 'activate', run: (event: Extendable) => void): void;
  addEventListener(kind: 'fetch', run: (event: Fetching) => void): void;
  addEventListener(kind: 'message', run: (event: Posted) => void): void;
}

// The types of a worker's global scope collide with those of a page's; these are the parts that are used here.
const worker = globalThis as unknown as Worker;
const SHELL = 'seat-shell';
const PAGE = '/sit/test';
/** A network that says nothing for so long is no network. */
const PATIENCE_MS = 4_000;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('message', (event) => {
  const { kind, urls } = event.data as { kind?: string; urls?: string[] };
  if (kind === 'keep' && Array.isArray(urls)) event.waitUntil(keep(urls.filter(isShell)));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || !isShell(pathname)) return;
  event.respondWith(pathname === PAGE ? freshPage(request) : keptAsset(request));
});

function isShell(path: string): boolean {
  return path === PAGE || path.startsWith('/assets/');
}

/** Keeps exactly these; what an earlier build left goes. */
async function keep(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(SHELL);
  for (const url of urls) {
    if (url !== PAGE && (await cache.match(url))) continue;
    const response = await fetch(url, { credentials: 'same-origin' });
    if (response.ok && !response.redirected) await cache.put(url, response);
  }
  for (const { url } of await cache.keys()) if (!urls.includes(new URL(url).pathname)) await cache.delete(url);
}

/** The server's page where there is a server; else the kept one. */
async function freshPage(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(PAGE);
  if (!kept) return fetch(request);
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([fetch(request).catch(() => null), patience]);
  return answer && answer.status < 500 ? answer : kept;
}

async function keptAsset(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL);
  return (await cache.match(new URL(request.url).pathname)) ?? fetch(request);
}
