/** The page's side of the service worker that keeps the player's shell for a reload without network. */

const SCOPE = '/sit/';

/** Has the shell kept: the page itself, its script, style and fonts. Quietly does without where browsers cannot. */
export async function keepShell(page: string): Promise<void> {
  if (!navigator.serviceWorker) return;
  try {
    await navigator.serviceWorker.register('/seat-worker.js', { scope: SCOPE });
    const { active } = await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll('script[src], link[rel=stylesheet], link[rel=preload], link[rel=icon]')]
      .map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '')
      .filter((url) => url.startsWith('/assets/'));
    // Fonts that the style named and the browser fetched.
    const fetched = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
      .map(({ pathname }) => pathname);
    active?.postMessage({ kind: 'keep', urls: [...new Set([page, ...parts, ...fetched])] });
  } catch {
    // A reload offline is then not possible; answers are safe all the same.
  }
}

/** Removes the shell and the worker from this computer. */
export async function forgetShell(): Promise<void> {
  if (!navigator.serviceWorker) return;
  for (const key of await caches.keys()) if (key.startsWith('seat-')) await caches.delete(key);
  await (await navigator.serviceWorker.getRegistration(SCOPE))?.unregister();
}
