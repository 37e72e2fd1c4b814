import type { Member } from '#accounts';
import {
  type Capability,
  CENTRE_ROLES,
  type CentreRole,
  capabilitiesOf,
  ROLE_NAMES,
} from '#platform/permissions/capabilities.ts';

/** The roles a centre gives to its users; a candidate's comes with the registration. */
export const USER_ROLES = CENTRE_ROLES.filter((role) => role !== 'candidate');
export type UserRole = Exclude<CentreRole, 'candidate'>;

/** What each role is for, beside its name. */
export const ROLE_HINTS: Record<UserRole, string> = {
  coordinator: 'Adds users, gives roles, registers candidates and claims certificates',
  administrator: 'Registers candidates, books tests and claims certificates',
  invigilator: 'Opens test sessions and lets candidates in',
  assessor: 'Judges evidence of the candidates allocated',
  iqa: 'Samples the judging of assessors',
  champion: 'Allocates candidates to assessors in the ePortfolio',
};

/** Rights in words, for what a person loses with a role. */
const RIGHTS: Partial<Record<Capability, string>> = {
  'centres-hub.manage-users': 'Add users, give and end roles, and change staff and sites',
  'centres-hub.view': 'See Centres Hub',
  'products.view': 'See products and documents',
  'web-portal.view': 'See candidates and registrations',
  'web-portal.register': 'Register candidates',
  'certificates.view': 'See certificate claims',
  'certificates.claim': 'Claim certificates',
  'online-assessments.view': 'See tests and results',
  'online-assessments.book': 'Book tests',
  'online-assessments.invigilate': 'Run test sessions as invigilator',
  'eportfolio.view': 'Work in the ePortfolio',
  'assessment-reports.view': 'See assessment reports',
};

/** What a person can no longer do at the centre when one of the roles held ends; all of it when it is the last. */
export function rightsLost(held: readonly UserRole[], role: UserRole): string[] {
  const before = capabilitiesOf(held);
  const after = capabilitiesOf(held.filter((one) => one !== role));
  return (Object.keys(RIGHTS) as Capability[]).flatMap((right) =>
    before.has(right) && !after.has(right) ? [RIGHTS[right] as string] : [],
  );
}

type Holder = Pick<Member, 'personId' | 'roles'>;
const holds = (member: Holder, role: string) => member.roles.some((held) => held.role === role);

/**
 * Why a role cannot be ended, or null. A centre keeps at least one coordinator, because only coordinators add users
 * (Operating Manual 3.1); nobody ends the last one, oneself included.
 */
export function endRoleProblem(
  members: readonly Holder[],
  personId: string,
  role: UserRole,
  actorId: string,
): string | null {
  if (role !== 'coordinator') return null;
  const others = members.filter((member) => member.personId !== personId && holds(member, 'coordinator'));
  if (others.length > 0) return null;
  const name = ROLE_NAMES.coordinator.toLowerCase();
  return personId === actorId
    ? `You are the only ${name} here. Give the role to somebody else first, then end your own`
    : `The centre would have no ${name} left. Give the role to somebody else first`;
}
