import { BODY_ROLES, CENTRE_ROLES, type Role } from '#platform/permissions/capabilities.ts';
import type { Acting, SessionEnd } from '#platform/permissions/principal.ts';
import { limitsFor } from './limits.ts';

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
  return (
    session.ended_at === null &&
    session.status === 'active' &&
    session.expires_at > now &&
    now <= sessionEnd(session, session.seen_at).at
  );
}

/** When a session ends that was last used at `seenAt` and is not used again. */
export function sessionEnd(
  { memberships, expires_at }: Pick<SessionState, 'memberships' | 'expires_at'>,
  seenAt: Date,
): SessionEnd {
  const { idleMinutes } = limitsFor(memberships.map(({ role }) => role));
  const idle = new Date(seenAt.getTime() + idleMinutes * 60_000);
  return idle < expires_at ? { at: idle, final: false } : { at: expires_at, final: true };
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
