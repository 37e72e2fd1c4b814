/**
 * The clock of a sitting. The deadline is server data: allowed − used, where used runs only between a start or resume
 * and the next pause or end, as the server recorded them. All times are milliseconds; moments are milliseconds of the
 * epoch. Pure.
 */

/** Taken after the deadline when the seat was connected at it, and when it was not (delivery rules 8 and 11). */
export const GRACE_MS = 120_000;
export const OFFLINE_GRACE_MS = 600_000;
/** No sign for so long: offline. */
export const OFFLINE_AFTER_MS = 15_000;
/** A pause reaches the seat with its next pulse; what was answered until then is taken. */
export const PAUSE_NOTICE_MS = 10_000;

/** `usedMs` without the running span; `runningSince` is null while the clock stands. */
export interface SittingTime {
  readonly allowedMs: number;
  readonly usedMs: number;
  readonly runningSince: number | null;
}

export interface Arrangement {
  readonly extraTimePercent: number;
  readonly addedSeconds: number;
}

/** Extra time multiplies the base only; added minutes add. */
export function allowedMs(baseSeconds: number, { extraTimePercent, addedSeconds }: Arrangement): number {
  return baseSeconds * 1000 + Math.round(baseSeconds * 10 * extraTimePercent) + addedSeconds * 1000;
}

/** What is used at a moment. A moment before the running span began (a clock set back) counts as its beginning. */
export function usedAt(time: SittingTime, at: number): number {
  return time.usedMs + (time.runningSince === null ? 0 : Math.max(0, at - time.runningSince));
}

/** What is left at a moment; never below 0. */
export function remainingAt(time: SittingTime, at: number): number {
  return Math.max(0, time.allowedMs - usedAt(time, at));
}

/** When the time is over if nothing else happens; null while the clock stands. */
export function deadlineOf(time: SittingTime): number | null {
  return time.runningSince === null ? null : time.runningSince + time.allowedMs - time.usedMs;
}

/** Stops the clock. Stopping one that stands changes nothing. */
export function stopped(time: SittingTime, at: number): SittingTime {
  return { allowedMs: time.allowedMs, usedMs: usedAt(time, at), runningSince: null };
}

/** Lets the clock run. Starting one that runs changes nothing. */
export function started(time: SittingTime, at: number): SittingTime {
  return time.runningSince === null ? { ...time, runningSince: at } : time;
}

/** Adds minutes given by the invigilator, or the credit for an outage as less used time. */
export function withAdded(time: SittingTime, ms: number): SittingTime {
  return { ...time, allowedMs: time.allowedMs + ms };
}
export function withCredit(time: SittingTime, ms: number): SittingTime {
  return { ...time, usedMs: time.usedMs - ms };
}

/** How much of a span lies in another; never below 0. */
export function overlapMs(a: { from: number; to: number }, b: { from: number; to: number }): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/**
 * Until when events stamped before the deadline are taken: longer when the seat gave no sign for 15 seconds at its
 * deadline.
 */
export function graceEnd(deadline: number, seenAt: number | null): number {
  const offline = seenAt === null || seenAt < deadline - OFFLINE_AFTER_MS;
  return deadline + (offline ? OFFLINE_GRACE_MS : GRACE_MS);
}

/** "45 minutes", "1 hour 30 minutes", "48 minutes 30 seconds". */
export function durationWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor((seconds % 3600) / 60), 'minute'],
    [seconds % 60, 'second'],
  ];
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return words.join(' ') || '0 minutes';
}

/** How the own time comes about: "60 minutes = 48 + 25 %", "65 minutes = 48 + 25 % + 5 added", "48 minutes". */
export function reckoning(baseSeconds: number, arrangement: Arrangement): string {
  const plainMinutes = (seconds: number) => String(Math.round((seconds / 60) * 10) / 10);
  const parts = [plainMinutes(baseSeconds)];
  if (arrangement.extraTimePercent > 0) parts.push(`${arrangement.extraTimePercent} %`);
  if (arrangement.addedSeconds > 0) parts.push(`${plainMinutes(arrangement.addedSeconds)} added`);
  const total = `${plainMinutes(allowedMs(baseSeconds, arrangement) / 1000)} minutes`;
  return parts.length === 1 ? total : `${total} = ${parts.join(' + ')}`;
}
