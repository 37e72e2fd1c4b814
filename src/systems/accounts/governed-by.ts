import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/my-details', name: 'My Details', section: '3.1' },
  { path: '/activate', name: 'Activate your PIN', section: '3.1' },
  { path: '/confirm-it-is-you', name: 'Confirm that it is you', section: '3.1' },
  { path: '/people', name: 'People', section: '3.1' },
  { path: '/single-sign-on', name: 'Single sign-on', section: '3.1' },
];
