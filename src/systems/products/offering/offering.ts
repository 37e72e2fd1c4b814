/** What the dates of a version allow: no registration after its operational end, no claim after its certification end. */

export type Answer = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

export interface OfferingDates {
  /** Dates of law, YYYY-MM-DD; the last day is included. */
  readonly operationalStart: string;
  readonly operationalEnd: string | null;
  readonly certificationEnd: string | null;
}

export type Offering = 'planned' | 'open' | 'certification_only' | 'closed';

/** The words a person reads for each state. */
export const OFFERINGS: Record<Offering, string> = {
  planned: 'Not open yet',
  open: 'Open',
  certification_only: 'Claims only',
  closed: 'Closed',
};

/** The state of a version on a day (YYYY-MM-DD). */
export function offeringOn(dates: OfferingDates, today: string): Offering {
  if (dates.certificationEnd !== null && today > dates.certificationEnd) return 'closed';
  if (today < dates.operationalStart) return 'planned';
  if (dates.operationalEnd !== null && today > dates.operationalEnd) return 'certification_only';
  return 'open';
}
