/** The door of the public website. */
import { get, type System } from '#platform/http/routes.ts';
import { guidanceRoutes } from './guidance/guidance.ts';
import { showHome } from './home/home.ts';
import { findQualification } from './qualifications/find-a-qualification.ts';
import { viewQualification } from './view-qualification/view-qualification.ts';

export const website: System = {
  name: 'website',
  routes: [
    get('/', 'public', showHome),
    get('/find-a-qualification', 'public', findQualification),
    get('/find-a-qualification/:code', 'public', viewQualification),
    ...guidanceRoutes,
  ],
};
