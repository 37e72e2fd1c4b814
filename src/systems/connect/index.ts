/** The door of IMI Connect: the home page, System Access, the frame of every page. */
import { page } from '#platform/http/answers.ts';
import { get, post, type System } from '#platform/http/routes.ts';
import { chooseTheme } from './choose-theme/choose-theme.ts';
import { attentionFor } from './contributions.ts';
import { showHealth } from './health/health.ts';
import { showHome } from './home/home.ts';
import { allAttentionPage } from './home/page.ts';
import { notOpenYetRoutes } from './not-open-yet/not-open-yet.ts';
import { showSystemAccess } from './system-access/system-access.ts';

export const connect: System = {
  name: 'connect',
  routes: [
    get('/health', 'public', showHealth),
    get('/home', 'connect.home', showHome),
    get('/needs-attention', 'connect.centre', async (context) =>
      page(allAttentionPage(await context.frame(), await attentionFor(context))),
    ),
    get('/system-access', 'connect.home', showSystemAccess),
    post('/theme', 'public', { none: 'a cookie of this browser alone' }, chooseTheme),
    ...notOpenYetRoutes,
  ],
};
export {
  type Attention,
  type Contributions,
  joinContributions,
  type OwnCard,
  type TestToday,
} from './contributions.ts';
export { shellFor } from './shell.ts';
