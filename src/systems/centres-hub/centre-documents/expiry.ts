/** Insurance and policies that run out: when the centre is told, and how each stands on a day. Days of London. */
import { daysLeft, dueReminders, REMIND_DAYS } from '../reminders/reminders.ts';

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

export type ExpiryStanding = 'good' | 'soon' | 'expired';

/** The last day still counts; "soon" begins with the first reminder. No expiry: good for ever. */
export function expiryStanding(expiresOn: string | null, today: string): ExpiryStanding {
  if (expiresOn === null) return 'good';
  const left = daysLeft(expiresOn, today);
  if (left < 0) return 'expired';
  return left <= REMIND_DAYS[0] ? 'soon' : 'good';
}

/**
 * The reminder that is due on a day, as its days before the expiry, or null: the nearest alone, none twice. Unlike a
 * right that ends, an expired document is told by its page; no reminder follows the last day.
 */
export function remindersDue(
  { expiresOn, given }: { readonly expiresOn: string | null; readonly given: readonly number[] },
  today: string,
): number | null {
  if (expiresOn === null || daysLeft(expiresOn, today) < 0) return null;
  return dueReminders(expiresOn, today, given).find(({ told }) => told)?.daysBefore ?? null;
}
