/** How much extra time a booking may give, and who has to have granted it. */

/** The most that a centre may give by itself, in percent; more needs a reasonable adjustment (the usual division between centre and awarding body). */
export const DELEGATED_PERCENT = 25;

/** Why a booking may not give so much extra time, or null. `granted`: by an arrangement that holds at the time of the test. */
export function extraTimeProblem(percent: number, granted: number): string | null {
  if (percent <= Math.max(DELEGATED_PERCENT, granted)) return null;
  return `${percent} % extra time needs the awarding body: make the request "Reasonable adjustment" first, or choose ${Math.max(DELEGATED_PERCENT, granted)} % or less.`;
}
