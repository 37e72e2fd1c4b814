/** Amendments: a registration withdrawn, reopened, moved to another centre; a candidate's details corrected. */
import { get, post } from '#platform/http/routes.ts';
import { candidateAmendmentRoutes } from '../amend-candidate/routes.ts';
import { registrationStateChanged } from '../audit.ts';
import { reopenIt, showReopen } from '../reopen-registration/reopen-registration.ts';
import { transferRoutes } from '../transfers/routes.ts';
import { showWithdraw, withdrawRegistration } from '../withdraw-registration/withdraw-registration.ts';

const WITHDRAW = '/web-portal/registrations/:registrationId/withdraw';
const REOPEN = '/web-portal/registrations/:registrationId/reopen';

export const amendmentRoutes = [
  get(WITHDRAW, 'web-portal.register', showWithdraw),
  post(WITHDRAW, 'web-portal.register', registrationStateChanged, withdrawRegistration),
  get(REOPEN, 'web-portal.reopen', showReopen),
  post(REOPEN, 'web-portal.reopen', registrationStateChanged, reopenIt),
  ...transferRoutes,
  ...candidateAmendmentRoutes,
];
