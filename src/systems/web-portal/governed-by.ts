import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/web-portal', name: 'Candidates and registrations', section: '4.1' },
  { path: '/link-record', name: 'Your own candidate record', section: '3.1' },
  { path: '/web-portal/api', name: 'Keys and web addresses for your own systems', section: '4.1' },
];
