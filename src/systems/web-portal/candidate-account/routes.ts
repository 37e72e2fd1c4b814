import { get, post } from '#platform/http/routes.ts';
import {
  accountBegun,
  accountLinkEnded,
  accountLinked,
  birthDateGiven,
  candidateInvited,
  codeAsked,
  codeGiven,
} from '../audit.ts';
import { sendEndAccountLink, showEndAccountLink } from '../end-account-link/end-account-link.ts';
import { inviteAgain } from '../invite-candidate/invite-candidate.ts';
import { askForCode, giveCode, showCode, showLinkByNumber } from '../link-by-number/link-by-number.ts';
import { confirmBirthDate, linkRecord, makeAccountForRecord, showLinkRecord } from '../link-record/link-record.ts';

const END = '/web-portal/candidates/:candidateId/end-account-link';

/** A candidate's own account: invited, linked, ended. */
export const candidateAccountRoutes = [
  get('/link-record', 'public', showLinkRecord),
  post('/link-record', 'public', birthDateGiven, confirmBirthDate),
  post('/link-record/account', 'public', accountBegun, makeAccountForRecord),
  post('/link-record/link', 'connect.home', accountLinked, linkRecord),
  get('/link-record/by-number', 'connect.home', showLinkByNumber),
  post('/link-record/by-number', 'connect.home', codeAsked, askForCode),
  get('/link-record/code', 'connect.home', showCode),
  post('/link-record/code', 'connect.home', [codeGiven, accountLinked], giveCode),
  post('/web-portal/candidates/:candidateId/invite', 'web-portal.register', candidateInvited, inviteAgain),
  get(END, 'web-portal.settle-identity', showEndAccountLink),
  post(END, 'web-portal.settle-identity', accountLinkEnded, sendEndAccountLink),
];
