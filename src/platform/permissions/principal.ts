import type { ScopeRole } from '../database/roles.ts';
import { CAPABILITIES, type Capability, type Role } from './capabilities.ts';

/** An organisation that a person belongs to, with the roles held there. */
export interface Acting {
  readonly organisationId: string;
  readonly kind: 'centre' | 'awarding_body';
  readonly number: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** What has been set up for it: 'eportfolio'. */
  readonly features: readonly string[];
  /** For a centre: whether the person has opened its dashboard with PIN and e-mail. */
  readonly activated: boolean;
}

export interface Anonymous {
  readonly kind: 'anonymous';
}

export interface PersonPrincipal {
  readonly kind: 'person';
  readonly personId: string;
  readonly sessionHash: Buffer;
  readonly givenNames: string;
  readonly familyName: string;
  readonly username: string;
  readonly email: string | null;
  /** When the password was last given in this session; acts of weight ask again. */
  readonly confirmedAt: Date;
  readonly organisations: readonly Acting[];
  readonly acting: Acting | null;
  readonly capabilities: ReadonlySet<Capability>;
}

/** The device that was admitted to one sitting. */
export interface SeatPrincipal {
  readonly kind: 'seat';
  readonly sittingId: string;
  readonly centreId: string;
}

/** The product itself: jobs, start-up, and steps that a system does on somebody's behalf. */
export interface SystemPrincipal {
  readonly kind: 'system';
  /** The person on whose behalf, for the audit. */
  readonly personId?: string;
  readonly centreId?: string;
}

export type Principal = Anonymous | PersonPrincipal | SeatPrincipal | SystemPrincipal;

/** What the database is told of who is asking. */
export interface DatabaseIdentity {
  readonly role: ScopeRole;
  readonly centreId: string | null;
  readonly personId: string | null;
  readonly sittingId: string | null;
  readonly actingOrganisationId: string | null;
}

export const SYSTEM: SystemPrincipal = { kind: 'system' };

export function may(principal: Principal, capability: Capability): boolean {
  if (capability === 'public') return true;
  if (principal.kind === 'seat') return capability === 'seat.sit';
  return principal.kind === 'person' && principal.capabilities.has(capability);
}

/** The centre a person acts for, or null (awarding body, public). */
export function actingCentreId(principal: Principal): string | null {
  if (principal.kind === 'person') return principal.acting?.kind === 'centre' ? principal.acting.organisationId : null;
  if (principal.kind === 'seat') return principal.centreId;
  return principal.kind === 'system' ? (principal.centreId ?? null) : null;
}

/** Who asks, in the scope of one capability: this picks the database role, and with it the policies that hold. */
export function identityFor(principal: Principal, capability: Capability | null): DatabaseIdentity {
  const nobody = { centreId: null, personId: null, sittingId: null, actingOrganisationId: null };
  if (principal.kind === 'system') {
    return { ...nobody, role: 'system', personId: principal.personId ?? null, centreId: principal.centreId ?? null };
  }
  if (principal.kind === 'seat')
    return { ...nobody, role: 'seat', sittingId: principal.sittingId, centreId: principal.centreId };
  if (principal.kind === 'anonymous') return { ...nobody, role: 'visitor' };
  const { personId, acting } = principal;
  const person = { ...nobody, personId, actingOrganisationId: acting?.organisationId ?? null };
  const scope = capability ? CAPABILITIES[capability].scope : 'own';
  if (scope === 'public') return { ...person, role: 'visitor' };
  if (scope !== 'acting' || !acting) return { ...person, role: 'person' };
  return acting.kind === 'centre'
    ? { ...person, role: 'centre', centreId: acting.organisationId }
    : { ...person, role: 'body' };
}
