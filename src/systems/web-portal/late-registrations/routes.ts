/** Addresses of late registrations. */
import { get } from '#platform/http/routes.ts';
import { LATE } from './late-query.ts';
import { exportLate, listLate } from './list-late.ts';
import { exportRates, listRates } from './list-rates.ts';

export const lateRoutes = [
  get(LATE, 'web-portal.view', listLate),
  get(`${LATE}/export`, 'web-portal.view', exportLate),
  get(`${LATE}/centres`, 'web-portal.compare-lateness', listRates),
  get(`${LATE}/centres/export`, 'web-portal.compare-lateness', exportRates),
];
