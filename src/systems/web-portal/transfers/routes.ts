/** Transfers between centres: asked for or offered, accepted by the other. */
import { get, post } from '#platform/http/routes.ts';
import { registrationMoved, registrationStateChanged, transferChanged, unitAchieved } from '../audit.ts';
import { sendAsk, showAsk } from './ask.ts';
import { exportTransfers, listTransfers } from './list.ts';
import { sendOffer, showOffer } from './offer.ts';
import { answerTransfer, viewTransfer } from './view.ts';

const OFFER = '/web-portal/registrations/:registrationId/transfer';

export const transferRoutes = [
  get(OFFER, 'web-portal.register', showOffer),
  post(OFFER, 'web-portal.register', transferChanged, sendOffer),
  get('/web-portal/transfers', 'web-portal.view', listTransfers),
  get('/web-portal/transfers/export', 'web-portal.view', exportTransfers),
  get('/web-portal/transfers/ask', 'web-portal.register', showAsk),
  post('/web-portal/transfers/ask', 'web-portal.register', transferChanged, sendAsk),
  get('/web-portal/transfers/:id', 'web-portal.view', viewTransfer),
  post(
    '/web-portal/transfers/:id',
    'web-portal.register',
    [transferChanged, registrationMoved, registrationStateChanged, unitAchieved],
    answerTransfer,
  ),
];
