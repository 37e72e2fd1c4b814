import type { Governed } from '#platform/http/routes.ts';

/** The sections of the Operating Manual that govern these pages. */
export const governedBy: readonly Governed[] = [
  { path: '/home', name: 'Home', section: '3.1' },
  { path: '/needs-attention', name: 'Needs attention', section: '3.1' },
  { path: '/system-access', name: 'System Access', section: '3.1' },
  { path: '/search', name: 'Search', section: '3.1' },
  { path: '/notices', name: 'Notices', section: '3.1' },
  { path: '/notifications', name: 'Notifications', section: '3.1' },
];
