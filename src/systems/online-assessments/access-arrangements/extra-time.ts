/** How much extra time a booking may give, and who has to have granted it. */

/** The most that a centre may give by itself, in percent; more needs a reasonable adjustment (the usual division between centre and awarding body). */
export const DELEGATED_PERCENT = 25;

/** Why a booking may not give so much extra time, or null. `granted`: by an arrangement that holds at the time of the test. */
export function extraTimeProblem(percent: number, granted: number): string | null {
  if (percent <= Math.max(DELEGATED_PERCENT, granted)) return null;
  return `${percent} % extra time needs the awarding body: make the request "Reasonable adjustment" first, or choose ${Math.max(DELEGATED_PERCENT, granted)} % or less.`;
}

/**
 * The extra time of a booked test when another arrangement takes the place of the one before; `granted` on the day of the
 * test, 0 where none holds. What the centre may give by itself stays; what only the former arrangement gave does not.
 */
export function extraTimeUnder(before: number, granted: number): number {
  return Math.max(Math.min(before, DELEGATED_PERCENT), granted);
}
