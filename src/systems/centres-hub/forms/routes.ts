import { get, post, upload } from '#platform/http/routes.ts';
import { fetchAttachment, sendFiles, sendRemoveFile, showFiles } from '../attach-file/attach-file.ts';
import * as audit from '../audit.ts';
import { chooseForm, sendBegin, showBegin } from '../begin-request/begin-request.ts';
import { sendBeginDraft, sendDiscardDraft, showDiscardDraft } from '../design-form/draft.ts';
import { sendFacts, showFacts } from '../design-form/facts.ts';
import { sendNewForm, showNewForm } from '../design-form/new-form.ts';
import { removeQuestion, removeSection, sendMove } from '../design-form/outline.ts';
import { sendAddQuestion, sendQuestion, showAddQuestion, showQuestion } from '../design-form/questions.ts';
import { sendAddSection, sendSection, showAddSection, showSection } from '../design-form/sections.ts';
import { viewForm } from '../design-form/view-form.ts';
import { sendDiscard, showDiscard } from '../discard-draft/discard-draft.ts';
import { sendCompare } from '../fill-in/compare.ts';
import { saveTyped, sendFillIn, showFillIn } from '../fill-in/fill-in.ts';
import { exportForms, listForms } from '../list-forms/list-forms.ts';
import { previewForm } from '../preview-form/preview-form.ts';
import { sendPublish, showPublish } from '../publish-form/publish-form.ts';
import { sendWithdraw, showWithdraw, viewVersion } from '../publish-form/versions.ts';
import { viewSubmitted } from '../view-submitted/view-submitted.ts';

const VIEW = 'centres-hub.view-requests';
const DESIGN = 'centres-hub.design-forms';
const REQUESTS = 'centres-hub.make-requests';
const TYPING = { none: "a draft is the centre's own until it is submitted; its row says who saved it and when" };

const FORM = '/centres-hub/forms/:code';
const REQUEST = '/centres-hub/requests/:id';

export const formRoutes = [
  get('/centres-hub/forms', DESIGN, listForms),
  get('/centres-hub/forms/export', DESIGN, exportForms),
  get('/centres-hub/forms/new', DESIGN, showNewForm),
  post('/centres-hub/forms/new', DESIGN, audit.formMade, sendNewForm),
  get(FORM, DESIGN, viewForm),
  post(`${FORM}/begin-draft`, DESIGN, audit.formDraftSaved, sendBeginDraft),
  get(`${FORM}/discard-draft`, DESIGN, showDiscardDraft),
  post(`${FORM}/discard-draft`, DESIGN, audit.formDraftDiscarded, sendDiscardDraft),
  get(`${FORM}/facts`, DESIGN, showFacts),
  post(`${FORM}/facts`, DESIGN, audit.formDraftSaved, sendFacts),
  post(`${FORM}/move`, DESIGN, audit.formDraftSaved, sendMove),
  get(`${FORM}/sections/add`, DESIGN, showAddSection),
  post(`${FORM}/sections/add`, DESIGN, audit.formDraftSaved, sendAddSection),
  get(`${FORM}/sections/:position`, DESIGN, showSection),
  post(`${FORM}/sections/:position`, DESIGN, audit.formDraftSaved, sendSection),
  get(`${FORM}/sections/:position/remove`, DESIGN, removeSection.show),
  post(`${FORM}/sections/:position/remove`, DESIGN, audit.formDraftSaved, removeSection.send),
  get(`${FORM}/sections/:position/add-question`, DESIGN, showAddQuestion),
  post(`${FORM}/sections/:position/add-question`, DESIGN, audit.formDraftSaved, sendAddQuestion),
  get(`${FORM}/questions/:key`, DESIGN, showQuestion),
  post(`${FORM}/questions/:key`, DESIGN, audit.formDraftSaved, sendQuestion),
  get(`${FORM}/questions/:key/remove`, DESIGN, removeQuestion.show),
  post(`${FORM}/questions/:key/remove`, DESIGN, audit.formDraftSaved, removeQuestion.send),
  get(`${FORM}/preview`, DESIGN, previewForm),
  get(`${FORM}/publish`, DESIGN, showPublish),
  post(`${FORM}/publish`, DESIGN, audit.formPublished, sendPublish),
  get(`${FORM}/versions/:number`, DESIGN, viewVersion),
  get(`${FORM}/versions/:number/withdraw`, DESIGN, showWithdraw),
  post(`${FORM}/versions/:number/withdraw`, DESIGN, audit.formVersionWithdrawn, sendWithdraw),

  get('/centres-hub/requests/new', REQUESTS, chooseForm),
  get('/centres-hub/requests/new/:code', REQUESTS, showBegin),
  post('/centres-hub/requests/new/:code', REQUESTS, audit.requestBegun, sendBegin),
  get(`${REQUEST}/fill-in`, REQUESTS, showFillIn),
  post(`${REQUEST}/fill-in`, REQUESTS, audit.requestChanged, sendFillIn),
  post(`${REQUEST}/draft`, REQUESTS, TYPING, saveTyped),
  post(`${REQUEST}/compare`, REQUESTS, TYPING, sendCompare),
  get(`${REQUEST}/files/:key`, REQUESTS, showFiles),
  upload(`${REQUEST}/files/:key`, REQUESTS, audit.requestFileAdded, sendFiles),
  post(`${REQUEST}/files/:key/remove`, REQUESTS, audit.requestFileRemoved, sendRemoveFile),
  get(`${REQUEST}/discard`, REQUESTS, showDiscard),
  post(`${REQUEST}/discard`, REQUESTS, audit.requestChanged, sendDiscard),
  get(`${REQUEST}/attachments/:fileId`, VIEW, fetchAttachment),
  get(`${REQUEST}/form`, VIEW, viewSubmitted),
];
