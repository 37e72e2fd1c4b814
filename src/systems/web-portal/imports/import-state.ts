/** The states of an import and its one transition function. Pure. */
export const IMPORT_STATES = [
  'uploaded',
  'mapped',
  'checked',
  'registering',
  'registered',
  'undone',
  'discarded',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type ImportAct = 'map' | 'check' | 'confirm' | 'register' | 'refuse' | 'undo' | 'discard';

export const IMPORT_STATE_WORDS: Record<ImportState, string> = {
  uploaded: 'Columns to confirm',
  mapped: 'Being checked',
  checked: 'To be registered',
  registering: 'Being registered',
  registered: 'Registered',
  undone: 'Undone',
  discarded: 'Discarded',
};

const TO: Record<ImportAct, ImportState> = {
  map: 'mapped',
  check: 'checked',
  confirm: 'registering',
  register: 'registered',
  refuse: 'checked',
  undo: 'undone',
  discard: 'discarded',
};
const ALLOWED: Record<ImportState, readonly ImportAct[]> = {
  uploaded: ['map', 'discard'],
  mapped: ['map', 'check', 'discard'],
  checked: ['map', 'check', 'confirm', 'discard'],
  registering: ['register', 'refuse'],
  registered: ['undo'],
  undone: [],
  discarded: [],
};

const WHY_NOT: Record<ImportState, string> = {
  uploaded: 'The columns of this file are not confirmed yet. Confirm them first',
  mapped: 'The rows of this file are being checked. Look again in a moment',
  checked: 'The rows of this file are not registered yet',
  registering: 'This file is being registered just now. Wait until that has ended',
  registered: 'This file is registered already. Undo that today, or change the registrations one by one',
  undone: 'The registration of this file was undone. Choose the file again to register it',
  discarded: 'This file was discarded. Choose it again to register it',
};

type ImportTransition =
  | { readonly ok: true; readonly to: ImportState }
  | { readonly ok: false; readonly message: string };

/** The state an import goes to by an act, or a sentence why it cannot. */
export function importTransition(from: ImportState, act: ImportAct): ImportTransition {
  return ALLOWED[from].includes(act) ? { ok: true, to: TO[act] } : { ok: false, message: WHY_NOT[from] };
}
