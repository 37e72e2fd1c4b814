import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/certificates', name: 'Claims and certificates', section: '6.1' },
];
