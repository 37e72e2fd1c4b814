import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/products/editing', name: 'Editing products', section: '2.5' },
];
