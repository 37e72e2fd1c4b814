import { html } from '#platform/html/html.ts';
import { page } from '#platform/http/answers.ts';
import { get, type Route } from '#platform/http/routes.ts';
import { prose, publicPage } from '#ui';
import { GUIDANCE } from './pages.ts';

/** One route for each page of words. */
export const guidanceRoutes: readonly Route[] = GUIDANCE.map(({ url, title, body }) =>
  get(url, 'public', async (context) =>
    page(
      publicPage(
        { ...(await context.frame()), title },
        html`<div class="wrap band"><h1>${title}</h1>${prose(body)}</div>`,
      ),
    ),
  ),
);
