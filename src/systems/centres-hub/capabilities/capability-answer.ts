/** One rule for all doors: what a centre may do with a product today, and if not, why (domain: sanctions, approvals, dates). */

import { type OfferingDates, offeringOn } from '#products';
import { formatDate } from '#ui';

/** What an approval lets a centre do, and what the awarding body can stop at once. */
export const HUB_CAPABILITIES = ['register', 'sit', 'claim', 'claim_direct'] as const;
export type HubCapability = (typeof HUB_CAPABILITIES)[number];

/** The words a person reads for each. */
export const CAPABILITY_NAMES: Record<HubCapability, string> = {
  register: 'Register candidates',
  sit: 'Run tests',
  claim: 'Claim certificates',
  claim_direct: 'Claim certificates directly',
};

const STOPPED: Record<HubCapability, string> = {
  register: 'Registration is stopped',
  sit: 'Tests are stopped',
  claim: 'Claims are stopped',
  claim_direct: 'Direct claims are stopped',
};

export type CapabilityAnswer = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** A current approval of a centre for a product. Dates of law, YYYY-MM-DD; the last day is included. */
export interface ApprovalTerms {
  readonly approvedFrom: string;
  readonly lastRegistrationOn: string | null;
  readonly lastCertificationOn: string | null;
  /** The centre may claim without an external quality assurer's look first. */
  readonly directClaims: boolean;
}

/** A capability that the awarding body has switched off. */
export interface SwitchedOff {
  readonly capability: HubCapability;
  /** Null: for every product of the centre. */
  readonly productId: string | null;
  readonly reason: string;
  /** When it ends by itself; null: when it is switched on again. */
  readonly until: Date | null;
}

export interface CapabilityQuestion {
  readonly capability: HubCapability;
  readonly productId: string;
  readonly centreStatus: 'approved' | 'suspended' | 'withdrawn';
  /** Null: none, or it has ended. */
  readonly approval: ApprovalTerms | null;
  /** All that are off at the centre; those of other products are ignored. */
  readonly switches: readonly SwitchedOff[];
  /** Of the version in question; null: there is no published version. */
  readonly dates: OfferingDates | null;
  /** The day, YYYY-MM-DD, and the moment; both by the server's clock. */
  readonly today: string;
  readonly now: Date;
}

/**
 * Whether the centre may, and the reason in a sentence when not. A suspended centre, a missing approval and a switch
 * that is off stop everything they name; the dates of approval and version stop registration and claims. Claiming
 * directly needs all that claiming needs.
 */
export function capabilityAnswer(question: CapabilityQuestion): CapabilityAnswer {
  const why = centreProblem(question) ?? approvalProblem(question) ?? switchProblem(question) ?? dateProblem(question);
  return why === null ? { allowed: true } : { allowed: false, why };
}

function centreProblem({ centreStatus }: CapabilityQuestion): string | null {
  if (centreStatus === 'suspended')
    return 'The approval of this centre is suspended. Ask the awarding body what it needs from you.';
  if (centreStatus === 'withdrawn') return 'The approval of this centre has been withdrawn.';
  return null;
}

function approvalProblem({ approval, today, capability }: CapabilityQuestion): string | null {
  if (!approval) return 'This centre is not approved for the product. Ask the awarding body for approval first.';
  if (today < approval.approvedFrom)
    return `The approval for this product begins on ${formatDate(approval.approvedFrom)}.`;
  if (capability === 'claim_direct' && !approval.directClaims) {
    return 'Claims for this product are looked at by an external quality assurer first.';
  }
  return null;
}

/** Switches that stop this capability for this product at this moment. */
function switchesInForce(
  switches: readonly SwitchedOff[],
  { capability, productId, now }: Pick<CapabilityQuestion, 'capability' | 'productId' | 'now'>,
): readonly SwitchedOff[] {
  const stopping: readonly HubCapability[] = capability === 'claim_direct' ? ['claim', 'claim_direct'] : [capability];
  return switches.filter(
    (off) =>
      stopping.includes(off.capability) &&
      (off.productId === null || off.productId === productId) &&
      (off.until === null || now < off.until),
  );
}

function switchProblem(question: CapabilityQuestion): string | null {
  const off = switchesInForce(question.switches, question)[0];
  if (!off) return null;
  const what = STOPPED[off.capability];
  const where = off.productId === null ? 'at this centre' : 'for this product';
  const until = off.until ? ` until ${formatDate(off.until)}` : '';
  return `${what} ${where}${until}. Reason: ${off.reason.replace(/[.\s]+$/, '')}.`;
}

function dateProblem({ capability, approval, dates, today }: CapabilityQuestion): string | null {
  if (!dates) return 'The product has no published version yet.';
  const offering = offeringOn(dates, today);
  if (offering === 'planned') return `The product opens on ${formatDate(dates.operationalStart)}.`;
  if (capability === 'register') {
    const last = earlier(approval?.lastRegistrationOn ?? null, dates.operationalEnd);
    return last !== null && today > last ? `The last day for registrations was ${formatDate(last)}.` : null;
  }
  const last = earlier(approval?.lastCertificationOn ?? null, dates.certificationEnd);
  if (last === null || today <= last) return null;
  return capability === 'sit'
    ? `The last day for certificates was ${formatDate(last)}, so a test could not lead to one.`
    : `The last day for claims was ${formatDate(last)}.`;
}

/** The earlier of two last days, where null sets no end. */
export function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
