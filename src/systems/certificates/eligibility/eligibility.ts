/**
 * Whether a certificate can be claimed for a registration, of which kind, and if not, everything that stands in the way
 * and how to go on (domain 1.4, 4.1, 7; General Condition I4.2: to all who are entitled and to nobody else). Pure.
 */
import type { CapabilityAnswer } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { type Product, type Progress, type ProgressVersion, progressOf, type Unit } from '#products';
import { type RegistrationState, STATE_WORDS, type UnitAchievement } from '#web-portal';
import { type ClaimState, isCurrent } from '../claim-state/claim-state.ts';

export type ClaimKind = 'full' | 'partial';

/** A claim that was made on the registration before. */
export interface EarlierClaim {
  readonly id: string;
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly certificateId: string | null;
  /** Why it was returned. */
  readonly reason?: string | null;
}

export interface ClaimFacts {
  readonly registration: {
    readonly id: string;
    readonly state: RegistrationState;
    readonly registeredAt: Date;
  };
  readonly product: Pick<Product, 'regulated' | 'qualificationNumber'>;
  readonly rule: ProgressVersion['rule'];
  readonly aggregation: ProgressVersion['aggregation'];
  /** All units of the version, in the order of its specification. */
  readonly units: readonly Unit[];
  readonly achievements: readonly UnitAchievement[];
  /** What the centre may do with the product today, by the version of the registration. */
  readonly mayClaim: CapabilityAnswer;
  readonly mayClaimDirectly: CapabilityAnswer;
  /** A certificate of the registration was revoked, here or where it was before a transfer. */
  readonly revokedBefore: boolean;
  /** All claims on the registration, newest first. */
  readonly claims: readonly EarlierClaim[];
  /** Letters of what would be printed that no typeface of ours has. */
  readonly unprintable: readonly string[];
}

export interface Obstacle {
  /** What is in the way, a sentence. */
  readonly sentence: string;
  /** How to go on, a sentence; with an address where one helps. */
  readonly wayOn: string;
  readonly href?: string;
}

export interface Eligible {
  readonly outcome: 'eligible';
  readonly kind: ClaimKind;
  /** Issued with the claim; else the awarding body decides first. */
  readonly direct: boolean;
  /** Why the awarding body decides first, a sentence. */
  readonly whyNotDirect: string | null;
  /** The units that will be printed, in the order of the specification. */
  readonly units: readonly Unit[];
}

export interface Blocked {
  readonly outcome: 'blocked';
  /** Never empty. */
  readonly obstacles: readonly Obstacle[];
}

export type ClaimDecision = Eligible | Blocked;

/** What counts of the achievements: a test taken before the registration proves nothing for it (threat T10). */
export function countable(
  achievements: readonly UnitAchievement[],
  registeredAt: Date,
): { readonly counted: readonly UnitAchievement[]; readonly tooEarly: readonly UnitAchievement[] } {
  const early = (one: UnitAchievement) => one.sourceKind === 'sitting' && one.achievedAt < registeredAt;
  return { counted: achievements.filter((one) => !early(one)), tooEarly: achievements.filter(early) };
}

/** How far the candidate is by what counts, and with which grade. */
export function progressFor({
  rule,
  aggregation,
  units,
  achievements,
  registration,
}: Pick<ClaimFacts, 'rule' | 'aggregation' | 'units' | 'achievements' | 'registration'>): Progress {
  const codeOf = new Map(units.map(({ id, code }) => [id, code]));
  const { counted } = countable(achievements, registration.registeredAt);
  return progressOf(
    { rule, aggregation, units },
    counted.flatMap(({ unitId, grade, sourceKind, achievedAt }) => {
      const code = codeOf.get(unitId);
      return code ? [{ code, grade, source: sourceKind, on: dayInLondon(achievedAt) }] : [];
    }),
  );
}

/** The kind of certificate a registration leads to: the whole while it is in progress, credit when it has ended early. */
export function kindFor(state: RegistrationState): ClaimKind {
  return state === 'withdrawn' || state === 'lapsed' ? 'partial' : 'full';
}

/** The decision, with every obstacle at once. */
export function decideClaim(facts: ClaimFacts): ClaimDecision {
  const kind = kindFor(facts.registration.state);
  const answer = progressFor(facts);
  const earlier = earlierClaimObstacle(facts, kind);
  const obstacles = earlier
    ? [earlier]
    : [
        ...stateObstacles(facts),
        ...unitObstacles(facts, kind, answer),
        ...centreObstacles(facts),
        ...printObstacles(facts),
      ];
  if (obstacles.length > 0) return { outcome: 'blocked', obstacles };
  const whyNotDirect = reasonForDecision(facts);
  const counted = new Set(answer.counted);
  return {
    outcome: 'eligible',
    kind,
    direct: whyNotDirect === null,
    whyNotDirect,
    units: facts.units.filter((unit) => counted.has(unit.code)),
  };
}

function reasonForDecision({ claims, mayClaimDirectly, revokedBefore }: ClaimFacts): string | null {
  if (revokedBefore || claims.some((claim) => claim.state === 'revoked'))
    return 'An earlier certificate of this registration was revoked, so the awarding body looks at the claim first.';
  return mayClaimDirectly.allowed ? null : mayClaimDirectly.why;
}

function earlierClaimObstacle({ claims }: ClaimFacts, kind: ClaimKind): Obstacle | null {
  const current = claims.find((claim) => claim.kind === kind && isCurrent(claim.state));
  if (!current) return null;
  if (current.state === 'submitted') {
    return {
      sentence: 'The certificate is claimed already, and the claim waits for the awarding body.',
      wayOn: 'There is nothing to do now: the decision stands in the list of certificates as soon as it is made.',
      href: '/certificates',
    };
  }
  return {
    sentence: 'The certificate has been issued already.',
    wayOn: 'Open it in the list of certificates.',
    href: current.certificateId ? `/certificates/${current.certificateId}` : '/certificates',
  };
}

function stateObstacles({ registration }: ClaimFacts): Obstacle[] {
  const { state, id } = registration;
  const href = `/web-portal/registrations/${id}`;
  switch (state) {
    case 'completed':
      return [
        {
          sentence: 'The registration is completed.',
          wayOn: 'If its certificate was never issued, ask the awarding body to look at it.',
          href,
        },
      ];
    case 'transferred':
      return [
        {
          sentence: 'The registration was transferred to another centre.',
          wayOn: 'That centre claims the certificate.',
          href,
        },
      ];
    case 'void':
      return [
        {
          sentence: 'The registration is void: it never counted.',
          wayOn: 'Register the candidate again if this is wrong.',
          href,
        },
      ];
    default:
      return [];
  }
}

function unitObstacles(facts: ClaimFacts, kind: ClaimKind, answer: Progress): Obstacle[] {
  const { registration, achievements, product, units } = facts;
  const { state, id } = registration;
  const href = `/web-portal/registrations/${id}`;
  if (state === 'completed' || state === 'transferred' || state === 'void') return [];
  const obstacles: Obstacle[] = [];
  for (const early of countable(achievements, registration.registeredAt).tooEarly) {
    const unit = units.find((one) => one.id === early.unitId);
    obstacles.push({
      sentence: `${unit ? `${unit.code} ${unit.title}` : 'A unit'} was tested before the candidate was registered, so it does not count.`,
      wayOn: 'Let the candidate sit the test again, or ask for recognition of prior learning.',
      href,
    });
  }
  if (kind === 'full') {
    for (const { sentence } of answer.missing) {
      obstacles.push({ sentence, wayOn: 'Each unit counts as soon as its result is released or signed off.', href });
    }
    return obstacles;
  }
  const word = STATE_WORDS[state].toLowerCase();
  if (answer.complete) {
    obstacles.push({
      sentence: `Everything is achieved, but the registration is ${word}.`,
      wayOn: 'Ask the awarding body to reopen it: then the whole certificate can be claimed.',
      href,
    });
  } else if (!product.regulated) {
    obstacles.push({
      sentence: `The registration is ${word}, and this product gives no credit for single units.`,
      wayOn: 'Register the candidate again to finish it.',
      href,
    });
  } else if (answer.counted.length === 0) {
    obstacles.push({
      sentence: `The registration is ${word}, and no unit is achieved on it.`,
      wayOn: 'There is nothing to certificate. Register the candidate again to go on.',
      href,
    });
  }
  return obstacles;
}

function centreObstacles({ mayClaim, product }: ClaimFacts): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (!mayClaim.allowed) {
    obstacles.push({
      sentence: mayClaim.why,
      wayOn: 'Your approvals in Centres Hub show what your centre may do today.',
      href: '/centres-hub/approvals',
    });
  }
  if (product.regulated && product.qualificationNumber === null) {
    obstacles.push({
      sentence: 'The qualification has no number on the register yet, and its certificate must show one.',
      wayOn: 'Tell the awarding body. The claim can be made as soon as the number is entered.',
    });
  }
  return obstacles;
}

function printObstacles({ unprintable, registration }: ClaimFacts): Obstacle[] {
  if (unprintable.length === 0) return [];
  return [
    {
      sentence: `The certificate cannot be printed: our typefaces have no ${unprintable.map((letter) => `“${letter}”`).join(', ')}.`,
      wayOn: 'Ask the awarding body how the name stands on the candidate’s proof of identity in Latin letters.',
      href: `/web-portal/registrations/${registration.id}`,
    },
  ];
}
