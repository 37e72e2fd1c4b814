/**
 * Permissions are data: a role gives capabilities, a route names the one it needs, a capability names the scope in
 * which its holder reads and writes. Roles: Operating Manual 3.1; General Condition A4 for their separation.
 */

/** Roles a person can hold at an organisation. */
export const CENTRE_ROLES = [
  'coordinator',
  'administrator',
  'invigilator',
  'assessor',
  'iqa',
  'champion',
  'candidate',
] as const;
export const BODY_ROLES = [
  'officer',
  'quality',
  'author',
  'reviewer',
  'results',
  'finance',
  'body_administrator',
] as const;
export type CentreRole = (typeof CENTRE_ROLES)[number];
export type BodyRole = (typeof BODY_ROLES)[number];
export type Role = CentreRole | BodyRole;

/** The words a person reads for each role. */
export const ROLE_NAMES: Record<Role, string> = {
  coordinator: 'Centre coordinator',
  administrator: 'Centre administrator',
  invigilator: 'Invigilator',
  assessor: 'Assessor',
  iqa: 'Internal quality assurer',
  champion: 'ePortfolio champion',
  candidate: 'Candidate',
  officer: 'Awarding officer',
  quality: 'Quality and compliance',
  author: 'Item author',
  reviewer: 'Item reviewer',
  results: 'Results officer',
  finance: 'Finance',
  body_administrator: 'Awarding body administrator',
};

/**
 * Where a capability holds. `acting`: the organisation the person acts for (a centre sees itself, the awarding body
 * sees all). `own`: the person's own records. `public`: anyone. `seat`: one sitting, from its admitted device.
 */
export type Scope = 'acting' | 'own' | 'public' | 'seat';

const STAFF: readonly Role[] = ['coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion'];
const BODY: readonly Role[] = BODY_ROLES;

/** Every capability: its scope, and the roles that give it. */
export const CAPABILITIES = {
  public: { scope: 'public', roles: [] },
  'seat.sit': { scope: 'seat', roles: [] },
  'connect.home': { scope: 'own', roles: [] },
  'accounts.own-details': { scope: 'own', roles: [] },
  'connect.search': { scope: 'own', roles: [] },
  'connect.notices': { scope: 'own', roles: [] },
  'connect.write-notices': { scope: 'acting', roles: ['officer', 'quality', 'body_administrator'] },
  'accounts.manage-people': { scope: 'acting', roles: ['body_administrator', 'officer'] },
  'accounts.give-body-roles': { scope: 'acting', roles: ['body_administrator'] },
  'accounts.manage-clients': { scope: 'acting', roles: ['body_administrator'] },
  'connect.centre': { scope: 'acting', roles: [...STAFF, ...BODY] },
  'centres-hub.view': { scope: 'acting', roles: [...STAFF, 'officer', 'quality', 'body_administrator'] },
  'centres-hub.manage-users': { scope: 'acting', roles: ['coordinator'] },
  'centres-hub.decide-approvals': { scope: 'acting', roles: ['officer', 'quality'] },
  'centres-hub.manage-help': { scope: 'acting', roles: ['officer', 'body_administrator'] },
  'centres-hub.view-requests': {
    scope: 'acting',
    roles: [...STAFF, 'officer', 'quality', 'results', 'finance', 'body_administrator'],
  },
  // Which of them decides a request is said by its form.
  'centres-hub.decide-requests': {
    scope: 'acting',
    roles: ['officer', 'quality', 'results', 'finance', 'body_administrator'],
  },
  'centres-hub.design-forms': { scope: 'acting', roles: ['officer', 'body_administrator'] },
  'centres-hub.make-requests': { scope: 'acting', roles: STAFF },
  'centres-hub.own-competence': { scope: 'acting', roles: STAFF },
  'centres-hub.declare-interest': { scope: 'acting', roles: [...STAFF, 'officer', 'quality'] },
  'centres-hub.declare-equipment': { scope: 'acting', roles: ['coordinator', 'administrator'] },
  'centres-hub.see-interests': { scope: 'acting', roles: ['coordinator', 'officer', 'quality'] },
  'products.view': { scope: 'acting', roles: [...STAFF, ...BODY] },
  'products.edit': { scope: 'acting', roles: ['officer', 'body_administrator'] },
  'web-portal.view': {
    scope: 'acting',
    roles: ['coordinator', 'administrator', 'assessor', 'iqa', 'champion', 'officer', 'quality', 'results'],
  },
  'web-portal.register': { scope: 'acting', roles: ['coordinator', 'administrator'] },
  // An assessor proposes, another person confirms, the awarding body decides (General Condition E10).
  'web-portal.propose-prior-learning': { scope: 'acting', roles: ['coordinator', 'administrator', 'assessor'] },
  'web-portal.confirm-prior-learning': { scope: 'acting', roles: ['iqa'] },
  'web-portal.decide-prior-learning': { scope: 'acting', roles: ['officer', 'quality'] },
  'web-portal.reopen': { scope: 'acting', roles: ['coordinator', 'administrator', 'officer'] },
  // A centre takes back what it asked; the awarding body decides.
  'web-portal.decide-amendments': { scope: 'acting', roles: ['coordinator', 'administrator', 'officer'] },
  'web-portal.compare-lateness': { scope: 'acting', roles: ['officer', 'quality'] },
  'web-portal.settle-identity': { scope: 'acting', roles: ['officer'] },
  'web-portal.manage-api': { scope: 'acting', roles: ['coordinator'] },
  'certificates.view': { scope: 'acting', roles: ['coordinator', 'administrator', 'officer', 'quality', 'results'] },
  'certificates.claim': { scope: 'acting', roles: ['coordinator', 'administrator'] },
  'certificates.decide': { scope: 'acting', roles: ['officer', 'results'] },
  'certificates.revoke': { scope: 'acting', roles: ['results', 'officer'] },
  'certificates.extend': { scope: 'acting', roles: ['officer'] },
  'certificates.own': { scope: 'own', roles: [] },
  'online-assessments.view': {
    scope: 'acting',
    roles: ['coordinator', 'administrator', 'invigilator', 'officer', 'quality', 'author', 'reviewer', 'results'],
  },
  'online-assessments.book': { scope: 'acting', roles: ['coordinator', 'administrator', 'invigilator'] },
  'online-assessments.invigilate': { scope: 'acting', roles: ['invigilator'] },
  'online-assessments.author': { scope: 'acting', roles: ['author', 'reviewer'] },
  'online-assessments.forms': { scope: 'acting', roles: ['author', 'reviewer', 'officer'] },
  'online-assessments.publish': { scope: 'acting', roles: ['reviewer', 'officer'] },
  'online-assessments.own': { scope: 'own', roles: [] },
  'eportfolio.view': { scope: 'acting', roles: ['coordinator', 'assessor', 'iqa', 'champion', 'quality'] },
  'assessment-reports.view': {
    scope: 'acting',
    roles: ['coordinator', 'administrator', 'iqa', 'officer', 'quality', 'results'],
  },
} as const satisfies Record<string, { scope: Scope; roles: readonly Role[] }>;

export type Capability = keyof typeof CAPABILITIES;

/** Capabilities that every person who is logged in has, whatever the roles. */
const OF_EVERY_PERSON = (Object.keys(CAPABILITIES) as Capability[]).filter(
  (name) => CAPABILITIES[name].scope === 'own',
);

/** What a person may do who holds these roles at the organisation he or she acts for. */
export function capabilitiesOf(roles: readonly Role[]): ReadonlySet<Capability> {
  const held = new Set<Capability>(OF_EVERY_PERSON);
  for (const [name, { roles: giving }] of Object.entries(CAPABILITIES)) {
    if (giving.some((role) => roles.includes(role))) held.add(name as Capability);
  }
  return held;
}

/** The roles that give a capability, in words: "Centre coordinator or Centre administrator". */
export function whoMay(capability: Capability): string {
  const names = CAPABILITIES[capability].roles.map((role) => ROLE_NAMES[role]);
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);
}
