import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/online-assessments', name: 'Sessions, the live board and sittings', section: '5.2' },
  { path: '/online-assessments/sessions/plan', name: 'Plan a session', section: '5.1' },
  { path: '/online-assessments/sessions/:session/incident', name: 'Record an incident', section: '1.10' },
  { path: '/online-assessments/sittings/:sitting/incident', name: 'Record an incident', section: '1.10' },
  { path: '/online-assessments/item-bank', name: 'Item banks', section: '2.5' },
  { path: '/online-assessments/test-forms', name: 'Test forms', section: '2.5' },
];
