/** Corrections of candidates' details: done at once, or decided by the awarding body. */
import { get, post, upload } from '#platform/http/routes.ts';
import { amendmentChanged, candidateAmended } from '../audit.ts';
import { amendCandidate, showAmend } from './amend-candidate.ts';
import { exportAmendments, listAmendments } from './list.ts';
import { decideAmendment, fetchAmendmentFile, viewAmendment } from './view.ts';

const AMEND = '/web-portal/candidates/:candidateId/amend';

export const candidateAmendmentRoutes = [
  get(AMEND, 'web-portal.register', showAmend),
  upload(AMEND, 'web-portal.register', [candidateAmended, amendmentChanged], amendCandidate),
  get('/web-portal/amendments', 'web-portal.view', listAmendments),
  get('/web-portal/amendments/export', 'web-portal.view', exportAmendments),
  get('/web-portal/amendments/:id', 'web-portal.view', viewAmendment),
  // Which side does which is said by the rule of its states.
  post(
    '/web-portal/amendments/:id',
    'web-portal.decide-amendments',
    [amendmentChanged, candidateAmended],
    decideAmendment,
  ),
  get('/web-portal/amendments/:id/files/:fileId', 'web-portal.view', fetchAmendmentFile),
];
