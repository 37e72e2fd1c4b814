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

/** Where a person stands with the second factor of the log-in. */
export interface SecondFactorState {
  /** The person has set one up. */
  readonly setUp: boolean;
  /** It was given in this session, or this device was remembered. */
  readonly given: boolean;
  /** The roles the person acts with open nothing without it. */
  readonly required: boolean;
}

/** When a log-in session ends if nothing is asked for; `final` when no request can put it off. */
export interface SessionEnd {
  readonly at: Date;
  readonly final: boolean;
}

/** Whether the roles open nothing yet: a second factor is required, or was set up, and was not given in this session. */
export function awaitsSecondFactor(state: SecondFactorState): boolean {
  return !state.given && (state.required || state.setUp);
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
  /** The organisation the person acts for; null for somebody who belongs to none, or chose to act for nobody. */
  readonly acting: Acting | null;
  readonly sessionEnd: SessionEnd;
  readonly secondFactor: SecondFactorState;
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
  /** The organisation that person acted for. */
  readonly actingOrganisationId?: string;
  /** The person's name and the organisation, as mails to others say it. */
  readonly sentBy?: string;
}

/** Another program, by a key of a centre: it acts as the centre and is no person (docs/decisions/021-api.md). */
export interface KeyPrincipal {
  readonly kind: 'key';
  readonly keyId: string;
  /** What the centre calls the key: the ledger names it as the one who acts. */
  readonly name: string;
  readonly centreId: string;
  readonly capabilities: ReadonlySet<Capability>;
}

export type Principal = Anonymous | PersonPrincipal | SeatPrincipal | SystemPrincipal | KeyPrincipal;

/** What the database is told of who is asking. */
export interface DatabaseIdentity {
  readonly role: ScopeRole;
  readonly centreId: string | null;
  readonly personId: string | null;
  readonly sittingId: string | null;
  readonly actingOrganisationId: string | null;
  /** The key by which a program acts, where no person does. */
  readonly key?: { readonly id: string; readonly name: string };
}

export const SYSTEM: SystemPrincipal = { kind: 'system' };

/**
 * The product's own step for a person who is logged in: the ledger and mails keep who it was, acting for whom. Mails of
 * an own matter (the account) go to several organisations, and do not tell one of another.
 */
export function onBehalfOf(person: PersonPrincipal, options: { ownMatter?: boolean } = {}): SystemPrincipal {
  return {
    kind: 'system',
    personId: person.personId,
    ...(person.acting ? { actingOrganisationId: person.acting.organisationId } : {}),
    sentBy: options.ownMatter
      ? `Sent by ${person.givenNames} ${person.familyName} in an own matter.`
      : senderWords(person),
  };
}

function senderWords({ givenNames, familyName, acting }: PersonPrincipal): string {
  const name = `${givenNames} ${familyName}`;
  if (!acting) return `Sent by ${name}, acting for nobody else.`;
  return `Sent by ${name} for ${acting.kind === 'centre' ? `${acting.name}, centre ${acting.number}` : acting.name}.`;
}

/** "Sent by NAME for ORGANISATION." as a mail to somebody else says it; null when no person caused it. */
export function sentBy(principal: Principal): string | null {
  if (principal.kind === 'person') return senderWords(principal);
  return principal.kind === 'system' ? (principal.sentBy ?? null) : null;
}

export function may(principal: Principal, capability: Capability): boolean {
  if (capability === 'public') return true;
  if (principal.kind === 'seat') return capability === 'seat.sit';
  return (principal.kind === 'person' || principal.kind === 'key') && principal.capabilities.has(capability);
}

/** The centre a person acts for, or null (awarding body, public). */
export function actingCentreId(principal: Principal): string | null {
  if (principal.kind === 'person') return principal.acting?.kind === 'centre' ? principal.acting.organisationId : null;
  if (principal.kind === 'seat' || principal.kind === 'key') return principal.centreId;
  return principal.kind === 'system' ? (principal.centreId ?? null) : null;
}

/** Who asks, in the scope of one capability: this picks the database role, and with it the policies that hold. */
export function identityFor(principal: Principal, capability: Capability | null): DatabaseIdentity {
  const nobody = { centreId: null, personId: null, sittingId: null, actingOrganisationId: null };
  if (principal.kind === 'system') {
    return {
      ...nobody,
      role: 'system',
      personId: principal.personId ?? null,
      centreId: principal.centreId ?? null,
      actingOrganisationId: principal.actingOrganisationId ?? null,
    };
  }
  if (principal.kind === 'seat')
    return { ...nobody, role: 'seat', sittingId: principal.sittingId, centreId: principal.centreId };
  if (principal.kind === 'anonymous') return { ...nobody, role: 'visitor' };
  if (principal.kind === 'key') {
    const { keyId, name, centreId } = principal;
    return { ...nobody, role: 'centre', centreId, actingOrganisationId: centreId, key: { id: keyId, name } };
  }
  const { personId, acting } = principal;
  const person = { ...nobody, personId, actingOrganisationId: acting?.organisationId ?? null };
  const scope = capability ? CAPABILITIES[capability].scope : 'own';
  if (scope === 'public') return { ...person, role: 'visitor' };
  if (scope !== 'acting' || !acting) return { ...person, role: 'person' };
  return acting.kind === 'centre'
    ? { ...person, role: 'centre', centreId: acting.organisationId }
    : { ...person, role: 'body' };
}
