/** Why a registration is withdrawn and from which day (domain 1.3). Pure. */
export const WITHDRAWAL_REASONS = {
  left_for_work: 'Left for work',
  moved_away: 'Moved away',
  health: 'Health or family',
  other_product: 'Changed to another product',
  no_contact: 'No contact any more',
  funding_ended: 'Funding ended',
  registered_by_mistake: 'Registered by mistake',
  other: 'Something else',
} as const;
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS;

/** As it stands in the history. */
export function withdrawalWords(reason: WithdrawalReason, words: string): string {
  if (reason === 'other') return words;
  return words === '' ? WITHDRAWAL_REASONS[reason] : `${WITHDRAWAL_REASONS[reason]}: ${words}`;
}

/**
 * Why a registration cannot be withdrawn from a day, or null. Days are YYYY-MM-DD. Of a programme that begins later than
 * today nobody has left it yet: it is withdrawn from today.
 */
export function withdrawalDayProblem(
  on: string,
  { programmeStart, today }: { readonly programmeStart: string; readonly today: string },
): string | null {
  if (on > today) return 'The day of the withdrawal lies in the future. Enter today, or the day on which it was';
  if (programmeStart > today)
    return on < today ? 'The programme has not begun yet, so it can be withdrawn from today only' : null;
  if (on < programmeStart)
    return 'The day of the withdrawal lies before the start of the programme. Enter a day of the programme';
  return null;
}
