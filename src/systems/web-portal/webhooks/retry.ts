const MINUTE = 60_000;
/** Minutes from one failure to the next attempt: two days in all, then it is given up. */
const DELAYS = [1, 5, 30, 120, 360, 900, 1440] as const;

/** When a delivery is tried again that has now failed so many times; null: it is given up. */
export function nextAttempt(failures: number, now: Date): Date | null {
  const minutes = DELAYS[failures - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * MINUTE);
}
