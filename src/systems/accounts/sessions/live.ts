import { BODY_ROLES, CENTRE_ROLES, type Role } from '#platform/permissions/capabilities.ts';
import type { Acting } from '#platform/permissions/principal.ts';

/** Staff sessions end after 15 minutes without a request, others after 60; all of them 8 hours after the log-in (proof.md T24). */
const STAFF_IDLE_MINUTES = 15;
const IDLE_MINUTES = 60;
export const ABSOLUTE_HOURS = 8;

export interface MembershipRow {
  readonly organisationId: string;
  readonly kind: 'centre' | 'awarding_body';
  readonly number: string;
  readonly name: string;
  readonly features: string[];
  readonly role: Role;
  readonly activated: boolean;
}

export interface SessionState {
  readonly status: string;
  readonly seen_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly memberships: readonly Pick<MembershipRow, 'role'>[];
}

/** Whether a session still holds. */
export function isLive(session: SessionState, now: Date): boolean {
  const staff = session.memberships.some(({ role }) => role !== 'candidate');
  const idleMs = (staff ? STAFF_IDLE_MINUTES : IDLE_MINUTES) * 60_000;
  return (
    session.ended_at === null &&
    session.status === 'active' &&
    session.expires_at > now &&
    now.getTime() - session.seen_at.getTime() <= idleMs
  );
}

/**
 * Groups memberships by organisation. A role that the kind of organisation does not have gives nothing there. The
 * dashboard of an organisation is open when it is open for every role held.
 */
export function organisationsOf(memberships: readonly MembershipRow[]): Acting[] {
  const byId = new Map<string, Acting & { roles: Role[]; activated: boolean }>();
  for (const { role, ...organisation } of memberships) {
    const fitting: readonly Role[] = organisation.kind === 'centre' ? CENTRE_ROLES : BODY_ROLES;
    if (!fitting.includes(role)) continue;
    const found = byId.get(organisation.organisationId);
    if (found) {
      found.roles.push(role);
      found.activated &&= organisation.activated;
    } else byId.set(organisation.organisationId, { ...organisation, roles: [role] });
  }
  return [...byId.values()];
}

/** The organisation to act for: the chosen one while the person belongs to it, else one that is open, else any. */
export function actingAmong(organisations: readonly Acting[], chosenId: string | null): Acting | null {
  return (
    organisations.find((one) => one.organisationId === chosenId) ??
    organisations.find((one) => one.activated) ??
    organisations[0] ??
    null
  );
}
