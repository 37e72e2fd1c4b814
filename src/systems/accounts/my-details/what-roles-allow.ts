import type { Role } from '#platform/permissions/capabilities.ts';

/** What each role lets its holder do, in one sentence, as My details says it (Operating Manual 3.1). */
export const WHAT_ROLES_ALLOW: Record<Role, string> = {
  coordinator: 'Runs the centre: users and their roles, approvals, registrations, claims',
  administrator: 'Registers candidates, books tests, claims certificates',
  invigilator: 'Opens test sessions with PIN and password, admits candidates, watches the test',
  assessor: 'Judges evidence of candidates',
  iqa: 'Samples what assessors have judged, reads reports',
  champion: 'Sets up and looks after ePortfolio at the centre',
  candidate: 'Sits tests, sees own results and certificates',
  officer: 'Looks after centres, approvals and registrations',
  quality: 'Visits centres, decides approvals, reads everything of a centre',
  author: 'Writes questions and tests',
  reviewer: 'Reviews and publishes questions and tests',
  results: 'Releases and corrects results, issues and revokes certificates',
  finance: 'Looks after invoices and accounts',
  body_administrator: 'Looks after the users of the awarding body',
};
