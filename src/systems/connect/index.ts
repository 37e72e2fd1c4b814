/** The door of IMI Connect: the home page, System Access, the frame of every page. */
import { get, post, type System } from '#platform/http/routes.ts';
import { startBackgroundWork } from './background-work.ts';
import { chooseTheme } from './choose-theme/choose-theme.ts';
import { demonstrate } from './demonstrate/demonstrate.ts';
import { governedBy } from './governed-by.ts';
import { showHealth } from './health/health.ts';
import { showAllAttention } from './home/all-attention.ts';
import { showHome } from './home/home.ts';
import { notOpenYetRoutes } from './not-open-yet/not-open-yet.ts';
import { noticeRoutes } from './routes.ts';
import { showSearch, suggest } from './search/search.ts';
import { showSystemAccess } from './system-access/system-access.ts';

export const connect: System = {
  name: 'connect',
  routes: [
    get('/health', 'public', showHealth),
    get('/home', 'connect.home', showHome),
    get('/needs-attention', 'connect.centre', showAllAttention),
    get('/system-access', 'connect.home', showSystemAccess),
    get('/search', 'connect.search', showSearch),
    get('/search/suggestions', 'connect.search', suggest),
    post('/theme', 'public', { none: 'a cookie of this browser alone' }, chooseTheme),
    ...notOpenYetRoutes,
    ...noticeRoutes,
  ],
  governedBy,
  demonstrate,
  start: startBackgroundWork,
};
export {
  type Attention,
  type Contributions,
  joinContributions,
  type OwnCard,
  type TestToday,
} from './contributions.ts';
export { noticesMerger } from './notices/merge-person.ts';
export { joinSearchables, type Searchable } from './search/searchable.ts';
export { shellFor } from './shell.ts';
