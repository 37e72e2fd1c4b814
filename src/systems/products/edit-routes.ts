import { get, post, upload } from '#platform/http/routes.ts';
import * as audit from './audit.ts';
import { sendBeginDraft, sendDiscard, sendNewProduct, showDiscard, showNewProduct } from './begin-draft/begin-draft.ts';
import { facts } from './edit-facts/facts.ts';
import { grading } from './edit-facts/grading.ts';
import { pathways } from './edit-facts/pathways.ts';
import { size } from './edit-facts/size.ts';
import { barred, floors } from './edit-rule/floors-and-pairs.ts';
import { addGroup, addUnits, changeGroup, place, sendMovePart } from './edit-rule/groups.ts';
import { viewRule } from './edit-rule/rule-page.ts';
import { addUnit, changeUnit, sendMoveUnit, sendRemoveUnit, showRemoveUnit } from './edit-units/units.ts';
import { sendImport, sendPreviewImport, showImport } from './import-register/import-register.ts';
import { exportEditing, listEditing } from './list-editing/list-editing.ts';
import { sendPublish, showPublish } from './publish-version/publish-version.ts';
import { sendDates, showDates } from './set-dates/set-dates.ts';
import { previewDraft, viewEditing, viewVersion } from './view-editing/view-editing.ts';

const EDIT = 'products.edit';
const ONE = '/products/editing/:code';
const SAVED = audit.productDraftSaved;

/** What those who edit products open and do. */
export const editRoutes = [
  get('/products/editing', EDIT, listEditing),
  get('/products/editing/export', EDIT, exportEditing),
  get('/products/editing/new', EDIT, showNewProduct),
  post('/products/editing/new', EDIT, audit.productDraftBegun, sendNewProduct),
  get('/products/editing/import', EDIT, showImport),
  {
    ...upload('/products/editing/import', EDIT, [], sendPreviewImport),
    audit: { none: 'shows what a file holds; nothing is kept' },
  },
  post('/products/editing/import/drafts', EDIT, audit.registerImported, sendImport),

  get(ONE, EDIT, viewEditing),
  post(`${ONE}/begin-draft`, EDIT, audit.productDraftBegun, sendBeginDraft),
  get(`${ONE}/discard`, EDIT, showDiscard),
  post(`${ONE}/discard`, EDIT, audit.productDraftDiscarded, sendDiscard),
  get(`${ONE}/preview`, EDIT, previewDraft),
  get(`${ONE}/publish`, EDIT, showPublish),
  post(`${ONE}/publish`, EDIT, audit.productVersionPublished, sendPublish),
  get(`${ONE}/versions/:version`, EDIT, viewVersion),
  get(`${ONE}/dates`, EDIT, showDates),
  post(`${ONE}/dates`, EDIT, audit.productDatesSet, sendDates),

  get(`${ONE}/facts`, EDIT, facts.show),
  post(`${ONE}/facts`, EDIT, SAVED, facts.send),
  get(`${ONE}/size`, EDIT, size.show),
  post(`${ONE}/size`, EDIT, SAVED, size.send),
  get(`${ONE}/grading`, EDIT, grading.show),
  post(`${ONE}/grading`, EDIT, SAVED, grading.send),
  get(`${ONE}/pathways`, EDIT, pathways.show),
  post(`${ONE}/pathways`, EDIT, SAVED, pathways.send),

  get(`${ONE}/units/add`, EDIT, addUnit.show),
  post(`${ONE}/units/add`, EDIT, SAVED, addUnit.send),
  post(`${ONE}/units/move`, EDIT, SAVED, sendMoveUnit),
  get(`${ONE}/units/:unit`, EDIT, changeUnit.show),
  post(`${ONE}/units/:unit`, EDIT, SAVED, changeUnit.send),
  get(`${ONE}/units/:unit/remove`, EDIT, showRemoveUnit),
  post(`${ONE}/units/:unit/remove`, EDIT, SAVED, sendRemoveUnit),

  get(`${ONE}/rule`, EDIT, viewRule),
  post(`${ONE}/rule/move`, EDIT, SAVED, sendMovePart),
  get(`${ONE}/rule/add-group`, EDIT, addGroup.show),
  post(`${ONE}/rule/add-group`, EDIT, SAVED, addGroup.send),
  get(`${ONE}/rule/add-units`, EDIT, addUnits.show),
  post(`${ONE}/rule/add-units`, EDIT, SAVED, addUnits.send),
  get(`${ONE}/rule/change`, EDIT, changeGroup.show),
  post(`${ONE}/rule/change`, EDIT, SAVED, changeGroup.send),
  get(`${ONE}/rule/place`, EDIT, place.show),
  post(`${ONE}/rule/place`, EDIT, SAVED, place.send),
  get(`${ONE}/rule/floors`, EDIT, floors.show),
  post(`${ONE}/rule/floors`, EDIT, SAVED, floors.send),
  get(`${ONE}/rule/barred`, EDIT, barred.show),
  post(`${ONE}/rule/barred`, EDIT, SAVED, barred.send),
];
