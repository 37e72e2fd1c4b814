/** Prior learning: proposed by a centre, confirmed there by another person, decided by the awarding body. */
import { get, upload } from '#platform/http/routes.ts';
import { priorLearningChanged, priorLearningProposed, unitAchieved } from '../audit.ts';
import { exportPriorLearning, listPriorLearning } from './list.ts';
import { sendPropose, showPropose } from './propose.ts';
import { changeIt, fetchEvidence, viewPriorLearning } from './view.ts';

const VIEW = 'web-portal.view';
const PROPOSE = 'web-portal.propose-prior-learning';
const FOR_REGISTRATION = '/web-portal/registrations/:registrationId/prior-learning';

export const priorLearningRoutes = [
  get(FOR_REGISTRATION, PROPOSE, showPropose),
  upload(FOR_REGISTRATION, PROPOSE, priorLearningProposed, sendPropose),
  get('/web-portal/prior-learning', VIEW, listPriorLearning),
  get('/web-portal/prior-learning/export', VIEW, exportPriorLearning),
  get('/web-portal/prior-learning/:id', VIEW, viewPriorLearning),
  // Who may do which act is said by the rule of its states.
  upload('/web-portal/prior-learning/:id', VIEW, [priorLearningChanged, unitAchieved], changeIt),
  get('/web-portal/prior-learning/:id/files/:fileId', VIEW, fetchEvidence),
];
