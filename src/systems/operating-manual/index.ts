/** The door of the Operating Manual: its sections, and where Help leads. */
import { get, type System } from '#platform/http/routes.ts';
import { showContents, showSection } from './show-manual/show-manual.ts';

export const operatingManual: System = {
  name: 'operating-manual',
  routes: [get('/operating-manual', 'public', showContents), get('/operating-manual/:section', 'public', showSection)],
};
export { helpFor, joinGoverned } from './governed/governed.ts';
export { searchableSections } from './searchable/searchable.ts';
