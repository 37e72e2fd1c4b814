/** Addresses of the choice of pathway and units. */
import { get, post } from '#platform/http/routes.ts';
import { pathwayChosen } from '../audit.ts';
import { changePathway, showChangePathway } from '../change-pathway/change-pathway.ts';

const PATHWAY = '/web-portal/registrations/:registrationId/pathway';

export const pathwayRoutes = [
  get(PATHWAY, 'web-portal.register', showChangePathway),
  post(PATHWAY, 'web-portal.register', pathwayChosen, changePathway),
];
