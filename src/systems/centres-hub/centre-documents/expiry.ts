/** Insurance and policies that run out: when the centre is told, and how each stands on a day. Days of London. */

/** What a centre keeps on its profile. */
export const DOCUMENT_KINDS = {
  public_liability: 'Public liability insurance',
  employers_liability: "Employers' liability insurance",
  professional_indemnity: 'Professional indemnity insurance',
  malpractice: 'Malpractice policy',
  complaints: 'Complaints policy',
  appeals: 'Appeals policy',
  equality: 'Equality policy',
  data_protection: 'Data protection policy',
  safeguarding: 'Safeguarding policy',
  health_and_safety: 'Health and safety policy',
  conflict_of_interest: 'Conflict of interest policy',
  other: 'Other',
} as const;
export type DocumentKind = keyof typeof DOCUMENT_KINDS;
export const DOCUMENT_KIND_NAMES = Object.keys(DOCUMENT_KINDS) as readonly DocumentKind[];

/** The centre is told so many days before. */
export const REMINDER_DAYS = [90, 30, 7] as const;

export type ExpiryStanding = 'good' | 'soon' | 'expired';

const DAY_MS = 86_400_000;

/** Whole days from one day to another, YYYY-MM-DD; negative when the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The last day still counts; "soon" begins with the first reminder. No expiry: good for ever. */
export function expiryStanding(expiresOn: string | null, today: string): ExpiryStanding {
  if (expiresOn === null) return 'good';
  const left = daysBetween(today, expiresOn);
  if (left < 0) return 'expired';
  return left <= REMINDER_DAYS[0] ? 'soon' : 'good';
}

/**
 * The reminder that is due on a day, as its days before the expiry, or null. One that was missed (the server stood
 * still, or the document came in late) is made up by the nearest to the expiry alone, so that nobody is told twice a
 * day; none is given after the expiry, and none twice.
 */
export function remindersDue(
  { expiresOn, given }: { readonly expiresOn: string | null; readonly given: readonly number[] },
  today: string,
): number | null {
  if (expiresOn === null) return null;
  const left = daysBetween(today, expiresOn);
  if (left < 0) return null;
  const reached = REMINDER_DAYS.filter((days) => left <= days);
  const nearest = reached.at(-1);
  return nearest === undefined || given.some((days) => days <= nearest) ? null : nearest;
}
