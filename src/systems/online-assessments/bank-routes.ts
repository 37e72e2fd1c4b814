import { get, post, upload } from '#platform/http/routes.ts';
import {
  bankCreated,
  formChanged,
  formDrafted,
  formPublished,
  formWithdrawn,
  itemStatusChanged,
  itemsImported,
} from './audit.ts';
import { downloadExample, showCsvFormat } from './import-items/csv-page.ts';
import { importItems, showImport } from './import-items/import-items.ts';
import { showImported } from './import-items/show-imported.ts';
import { restoreItem, retireItem } from './item-bank/change-status.ts';
import { listBanks } from './item-bank/list-banks.ts';
import { exportItems, listItems } from './item-bank/list-items.ts';
import { createBank, showNewBank } from './item-bank/new-bank.ts';
import { showBankPicture } from './item-bank/show-picture.ts';
import { viewItem } from './item-bank/view-item.ts';
import { makeNewVersion, publishForm, withdrawForm } from './test-forms/change-state.ts';
import { listForms } from './test-forms/list-forms.ts';
import { previewPaper } from './test-forms/preview-paper.ts';
import { viewForm } from './test-forms/view-form.ts';
import { changeForm, createForm, showChangeForm, showNewForm } from './test-forms/write-form.ts';

const BANK = '/online-assessments/item-bank/:bank';
const FORM = '/online-assessments/test-forms/:form';

/** The questions and the forms that draw from them. */
export const bankRoutes = [
  get('/online-assessments/item-bank', 'online-assessments.author', listBanks),
  get('/online-assessments/item-bank/new', 'online-assessments.author', showNewBank),
  post('/online-assessments/item-bank/new', 'online-assessments.author', bankCreated, createBank),
  get('/online-assessments/item-bank/csv', 'online-assessments.author', showCsvFormat),
  get('/online-assessments/item-bank/csv/example', 'online-assessments.author', downloadExample),
  get(BANK, 'online-assessments.author', listItems),
  get(`${BANK}/export`, 'online-assessments.author', exportItems),
  get(`${BANK}/import`, 'online-assessments.author', showImport),
  upload(`${BANK}/import`, 'online-assessments.author', itemsImported, importItems),
  get(`${BANK}/imports/:import`, 'online-assessments.author', showImported),
  get(`${BANK}/pictures/:sha256`, 'online-assessments.author', showBankPicture),
  get(`${BANK}/items/:item`, 'online-assessments.author', viewItem),
  post(`${BANK}/items/:item/retire`, 'online-assessments.author', itemStatusChanged, retireItem),
  post(`${BANK}/items/:item/restore`, 'online-assessments.author', itemStatusChanged, restoreItem),
  get('/online-assessments/test-forms', 'online-assessments.forms', listForms),
  get('/online-assessments/test-forms/new', 'online-assessments.author', showNewForm),
  post('/online-assessments/test-forms/new', 'online-assessments.author', formDrafted, createForm),
  get(FORM, 'online-assessments.forms', viewForm),
  get(`${FORM}/change`, 'online-assessments.author', showChangeForm),
  post(`${FORM}/change`, 'online-assessments.author', formChanged, changeForm),
  get(`${FORM}/preview`, 'online-assessments.author', previewPaper),
  post(`${FORM}/publish`, 'online-assessments.publish', [formPublished, formWithdrawn], publishForm),
  post(`${FORM}/withdraw`, 'online-assessments.publish', formWithdrawn, withdrawForm),
  post(`${FORM}/new-version`, 'online-assessments.author', formDrafted, makeNewVersion),
];
