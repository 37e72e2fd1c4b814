/** Addresses of drafts of registrations. */
import { get, post } from '#platform/http/routes.ts';
import { registrationDraftEnded } from '../audit.ts';
import { sendCompare } from '../compare-drafts/compare-drafts.ts';
import { discardDraft, showDiscardDraft } from '../discard-draft/discard-draft.ts';
import { exportDrafts, listDrafts } from '../list-drafts/list-drafts.ts';
import { saveTyped } from '../save-draft/save-draft.ts';
import { DRAFTS } from './draft-on-page.ts';

const TYPING = { none: "a draft is the centre's own until it is a registration; its row says who saved it and when" };
const ONE = `${DRAFTS}/:draftId`;

export const draftRoutes = [
  get(DRAFTS, 'web-portal.register', listDrafts),
  get(`${DRAFTS}/export`, 'web-portal.register', exportDrafts),
  post(`${DRAFTS}/typed`, 'web-portal.register', TYPING, saveTyped),
  post(`${ONE}/compare`, 'web-portal.register', TYPING, sendCompare),
  get(`${ONE}/discard`, 'web-portal.register', showDiscardDraft),
  post(`${ONE}/discard`, 'web-portal.register', registrationDraftEnded, discardDraft),
];
