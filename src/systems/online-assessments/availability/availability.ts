/**
 * May this candidate sit this test at this moment, and if not, why and from when. Pure. Rules: a test opens 48 hours
 * after registration and 48 hours after a fail (settings of the form); product dates; sittings allowed; one live
 * sitting; the centre's capability to sit.
 */
import { formatDate, formatDateTime, plural } from '#ui';

export interface AvailabilityFacts {
  readonly registration: { readonly state: string; readonly registeredAt: Date };
  /** Last day on which results still lead to a certificate, and first day of the product; YYYY-MM-DD. */
  readonly product: { readonly operationalStart: string; readonly certificationEnd: string | null };
  readonly form: {
    readonly hoursAfterRegistration: number;
    readonly hoursAfterFail: number;
    readonly sittingsAllowed: number | null;
    readonly withdrawnAt: Date | null;
  } | null;
  /** Earlier sittings of this registration and unit, in any order; void, cancelled and absent ones left out. */
  readonly sittings: readonly {
    readonly live: boolean;
    readonly endedAt: Date | null;
    readonly passed: boolean | null;
  }[];
  /** What was sat before the registration moved here from another centre: a move gives no new sittings and no shorter wait. */
  readonly beforeTransfer: { readonly sat: number; readonly lastFailedAt: Date | null };
  readonly achieved: boolean;
  /** The centre's capability to sit this product; a sentence when it is switched off. */
  readonly centre: { readonly ok: boolean; readonly reason?: string | undefined };
}

export interface Obstacle {
  readonly code:
    | 'registration'
    | 'achieved'
    | 'no-form'
    | 'product-dates'
    | 'too-soon'
    | 'after-fail'
    | 'no-sittings-left'
    | 'live-sitting'
    | 'centre';
  readonly message: string;
  /** When it goes away by itself. */
  readonly from?: Date;
}

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly obstacles: readonly Obstacle[]; readonly from: Date | null };

const HOUR = 3_600_000;
const dayInLondon = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** Every obstacle at the moment `at`; `from` when all of them go away by themselves. */
export function availability(facts: AvailabilityFacts, at: Date): Availability {
  const obstacles = [...standing(facts), ...byDate(facts, at), ...byTime(facts, at)];
  if (obstacles.length === 0) return { available: true };
  const waits = obstacles.map((each) => each.from?.getTime() ?? Number.POSITIVE_INFINITY);
  const from = Math.max(...waits);
  return { available: false, obstacles, from: Number.isFinite(from) ? new Date(from) : null };
}

/** The first moment after a fail at which the next sitting may begin. */
export function nextSittingFrom(endedAt: Date, hoursAfterFail: number): Date {
  return new Date(endedAt.getTime() + hoursAfterFail * HOUR);
}

function* standing({
  registration,
  achieved,
  form,
  sittings,
  beforeTransfer,
  centre,
}: AvailabilityFacts): Generator<Obstacle> {
  if (registration.state !== 'active')
    yield {
      code: 'registration',
      message: `The registration is ${registration.state}. Register the candidate for the product again.`,
    };
  if (achieved) yield { code: 'achieved', message: 'The candidate has achieved this unit already.' };
  if (!form || form.withdrawnAt)
    yield {
      code: 'no-form',
      message: 'There is no published test for this unit. Ask the awarding body when one opens.',
    };
  if (sittings.some((sitting) => sitting.live))
    yield {
      code: 'live-sitting',
      message: 'The candidate is booked for this test already. Use that booking, or cancel it first.',
    };
  const sat = beforeTransfer.sat + sittings.filter((sitting) => !sitting.live).length;
  if (form?.sittingsAllowed != null && sat >= form.sittingsAllowed)
    yield {
      code: 'no-sittings-left',
      message: `The candidate has used ${plural(sat, 'sitting')} of the ${form.sittingsAllowed} allowed. Ask the awarding body for another.`,
    };
  if (!centre.ok)
    yield {
      code: 'centre',
      message: centre.reason ?? 'The centre may not hold tests for this product at present. Ask the awarding body.',
    };
}

function* byDate({ product }: AvailabilityFacts, at: Date): Generator<Obstacle> {
  const day = dayInLondon.format(at);
  if (day < product.operationalStart)
    yield {
      code: 'product-dates',
      message: `Tests of this product begin on ${formatDate(product.operationalStart)}.`,
      from: new Date(`${product.operationalStart}T00:00:00Z`),
    };
  if (product.certificationEnd && day > product.certificationEnd)
    yield {
      code: 'product-dates',
      message: `The last day for results of this product was ${formatDate(product.certificationEnd)}.`,
    };
}

function* byTime({ registration, form, sittings, beforeTransfer }: AvailabilityFacts, at: Date): Generator<Obstacle> {
  if (!form) return;
  const opens = new Date(registration.registeredAt.getTime() + form.hoursAfterRegistration * HOUR);
  if (at < opens)
    yield {
      code: 'too-soon',
      message: `The test opens ${plural(form.hoursAfterRegistration, 'hour')} after registration: from ${formatDateTime(opens)}.`,
      from: opens,
    };
  const fails = sittings.filter((sitting) => sitting.passed === false && sitting.endedAt);
  const lastFail = fails.reduce<Date | null>(
    (last, { endedAt }) => (endedAt && (!last || endedAt > last) ? endedAt : last),
    beforeTransfer.lastFailedAt,
  );
  if (!lastFail) return;
  const again = nextSittingFrom(lastFail, form.hoursAfterFail);
  if (at < again)
    yield {
      code: 'after-fail',
      message: `The next sitting is allowed ${plural(form.hoursAfterFail, 'hour')} after one that was not passed: from ${formatDateTime(again)}.`,
      from: again,
    };
}
