import { BODY_ROLES, type Role } from '#platform/permissions/capabilities.ts';

export interface SessionLimit {
  readonly who: string;
  readonly roles: readonly Role[];
  /** A log-in session ends so many minutes after its last request. */
  readonly idleMinutes: number;
  /** It ends so many hours after the log-in, whatever was done. */
  readonly absoluteHours: number;
  readonly why: string;
}

/** How long log-in sessions last, by role (proof.md T24; ASVS 7.3). */
const SESSION_LIMITS: readonly SessionLimit[] = [
  {
    who: 'awarding body',
    roles: BODY_ROLES,
    idleMinutes: 10,
    absoluteHours: 8,
    why: 'sees every centre, and holds questions and keys',
  },
  {
    who: 'centre staff',
    roles: ['coordinator', 'administrator', 'invigilator', 'assessor', 'iqa', 'champion'],
    idleMinutes: 15,
    absoluteHours: 8,
    why: 'sees the records of others, on desks that others pass; a working day',
  },
  {
    who: 'candidates and members',
    roles: ['candidate'],
    idleMinutes: 60,
    absoluteHours: 12,
    why: 'see their own records only',
  },
];

const OWN_RECORDS = SESSION_LIMITS[2] as SessionLimit;

/** The strictest limits of all roles held, wherever they are held: another of them is one press away. */
export function limitsFor(roles: readonly Role[]): Pick<SessionLimit, 'idleMinutes' | 'absoluteHours'> {
  const holding = [OWN_RECORDS, ...SESSION_LIMITS.filter((limit) => limit.roles.some((role) => roles.includes(role)))];
  return {
    idleMinutes: Math.min(...holding.map((limit) => limit.idleMinutes)),
    absoluteHours: Math.min(...holding.map((limit) => limit.absoluteHours)),
  };
}
