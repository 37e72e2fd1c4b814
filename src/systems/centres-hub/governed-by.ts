import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [{ path: '/centres-hub', name: 'Centres Hub', section: '3.2' }];
