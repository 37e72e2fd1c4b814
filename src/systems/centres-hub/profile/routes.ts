/** The profile of a centre: details, contacts, history, sites, documents, agreement. */
import { get, post, type Route, upload } from '#platform/http/routes.ts';
import { exportAgreements, listAgreements } from '../agreement/list-agreements.ts';
import { sendPublishAgreement, showPublishAgreement } from '../agreement/publish-agreement.ts';
import { showAgreement, signAgreement } from '../agreement/sign-agreement.ts';
import * as audit from '../centre-audit.ts';
import {
  downloadDocument,
  sendAddDocument,
  sendEndDocument,
  showAddDocument,
  showEndDocument,
} from '../centre-documents/add-document.ts';
import { exportDocuments, listDocuments } from '../centre-documents/list-documents.ts';
import { sendChangeContact, showChangeContact } from '../contacts/change-contact.ts';
import { exportChanges, listChanges } from '../profile-changes/list-changes.ts';
import { sendCheckRoom, showCheckRoom } from '../sites/check-room.ts';
import { sendSiteDetails, showSiteDetails } from '../sites/site-details.ts';
import { sendChangeDetails, showChangeDetails } from './change-details.ts';

const VIEW = 'centres-hub.view';
const MANAGE = 'centres-hub.manage-users';
const DECIDE = 'centres-hub.decide-approvals';
const ROOM = '/centres-hub/sites/:siteId/rooms/:place/check';
const DOCUMENTS = '/centres-hub/documents';
const AGREEMENTS = '/centres-hub/agreements';

export const profileRoutes: readonly Route[] = [
  get('/centres-hub/change-details', MANAGE, showChangeDetails),
  post('/centres-hub/change-details', MANAGE, audit.profileChanged, sendChangeDetails),
  get('/centres-hub/change-contact', MANAGE, showChangeContact),
  post('/centres-hub/change-contact', MANAGE, audit.profileChanged, sendChangeContact),
  get('/centres-hub/history', VIEW, listChanges),
  get('/centres-hub/history/export', VIEW, exportChanges),

  get('/centres-hub/sites/:siteId/details', MANAGE, showSiteDetails),
  post('/centres-hub/sites/:siteId/details', MANAGE, audit.profileChanged, sendSiteDetails),
  get(ROOM, MANAGE, showCheckRoom),
  post(ROOM, MANAGE, [audit.roomChecked, audit.profileChanged], sendCheckRoom),

  get(DOCUMENTS, VIEW, listDocuments),
  get(`${DOCUMENTS}/export`, VIEW, exportDocuments),
  get(`${DOCUMENTS}/add`, MANAGE, showAddDocument),
  upload(`${DOCUMENTS}/add`, MANAGE, audit.documentRecorded, sendAddDocument),
  get(`${DOCUMENTS}/agreement`, VIEW, showAgreement),
  post(`${DOCUMENTS}/agreement`, MANAGE, [audit.agreementSigned, audit.profileChanged], signAgreement),
  get(`${DOCUMENTS}/:documentId/file`, VIEW, downloadDocument),
  get(`${DOCUMENTS}/:documentId/end`, MANAGE, showEndDocument),
  post(`${DOCUMENTS}/:documentId/end`, MANAGE, [audit.documentEnded, audit.profileChanged], sendEndDocument),

  get(AGREEMENTS, DECIDE, listAgreements),
  get(`${AGREEMENTS}/export`, DECIDE, exportAgreements),
  get(`${AGREEMENTS}/publish`, DECIDE, showPublishAgreement),
  post(`${AGREEMENTS}/publish`, DECIDE, audit.agreementPublished, sendPublishAgreement),
];
