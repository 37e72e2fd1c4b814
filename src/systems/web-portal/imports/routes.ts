/** Addresses of bulk registration. */
import { get, post, upload } from '#platform/http/routes.ts';
import { importRowsChanged, importStateChanged, registrationStateChanged } from '../audit.ts';
import { discardImport, showDiscard } from '../discard-import/discard-import.ts';
import { editRow, showRow } from '../edit-row/edit-row.ts';
import { fetchErrors } from '../error-file/error-file.ts';
import { exportImports, listImports } from '../list-imports/list-imports.ts';
import { mapColumns, showColumns } from '../map-columns/map-columns.ts';
import { confirmImport } from '../register-import/confirm-import.ts';
import { showUndo, undoImport } from '../undo-import/undo-import.ts';
import { showUpload, uploadImport } from '../upload-import/upload-import.ts';
import { viewImport } from '../view-import/view-import.ts';
import { IMPORTS } from './import-page.ts';

const ONE = `${IMPORTS}/:importId`;

export const importRoutes = [
  get(IMPORTS, 'web-portal.view', listImports),
  get(`${IMPORTS}/export`, 'web-portal.view', exportImports),
  get(`${IMPORTS}/new`, 'web-portal.register', showUpload),
  upload(`${IMPORTS}/new`, 'web-portal.register', importStateChanged, uploadImport),
  get(ONE, 'web-portal.view', viewImport),
  get(`${ONE}/columns`, 'web-portal.register', showColumns),
  post(`${ONE}/columns`, 'web-portal.register', importStateChanged, mapColumns),
  get(`${ONE}/rows/:row`, 'web-portal.register', showRow),
  post(`${ONE}/rows/:row`, 'web-portal.register', importRowsChanged, editRow),
  get(`${ONE}/errors`, 'web-portal.register', fetchErrors),
  post(`${ONE}/register`, 'web-portal.register', importStateChanged, confirmImport),
  get(`${ONE}/undo`, 'web-portal.register', showUndo),
  post(`${ONE}/undo`, 'web-portal.register', [importStateChanged, registrationStateChanged], undoImport),
  get(`${ONE}/discard`, 'web-portal.register', showDiscard),
  post(`${ONE}/discard`, 'web-portal.register', importStateChanged, discardImport),
];
