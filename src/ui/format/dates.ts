/**
 * Dates and times as people read them: Europe/London, 24-hour clock, months written out.
 * Moments are `Date`; dates of law (birth, expiry, programme start) are text `YYYY-MM-DD` and never shift with a zone.
 */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

interface LondonTime {
  weekday: string;
  year: number;
  month: number;
  day: number;
  hour: string;
  minute: string;
  second: string;
}

function londonTime(moment: Date): LondonTime {
  const parts: Record<string, string> = {};
  for (const part of LONDON.formatToParts(moment)) parts[part.type] = part.value;
  return {
    weekday: parts.weekday as string,
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: parts.hour as string,
    minute: parts.minute as string,
    second: parts.second as string,
  };
}

function calendarDate(value: Date | string): { year: number; month: number; day: number } {
  if (value instanceof Date) return londonTime(value);
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12) throw new RangeError(`Expected a date as YYYY-MM-DD, got "${value}"`);
  return { year: Number(match[1]), month, day: Number(match[3]) };
}

function monthName(month: number, style: 'text' | 'list'): string {
  const name = MONTHS[month - 1] as string;
  return style === 'list' ? name.slice(0, 3) : name;
}

/** "20 November 2026" in text, "20 Nov 2026" in lists. */
export function formatDate(value: Date | string, style: 'text' | 'list' = 'text'): string {
  const { year, month, day } = calendarDate(value);
  return `${day} ${monthName(month, style)} ${year}`;
}

/** "20 November 2026 at 10:21" in text; "25 Nov, 13:30" in lists, with the year when it is not the year of `now`. */
export function formatDateTime(moment: Date, style: 'text' | 'list' = 'text', now: Date = new Date()): string {
  const { year, month, day, hour, minute } = londonTime(moment);
  const date = `${day} ${monthName(month, style)}`;
  if (style === 'text') return `${date} ${year} at ${hour}:${minute}`;
  return `${date}${year === londonTime(now).year ? '' : ` ${year}`}, ${hour}:${minute}`;
}

/** "13:30", or "10:02:14" with seconds. */
export function formatTime(moment: Date, precision: 'minute' | 'second' = 'minute'): string {
  const { hour, minute, second } = londonTime(moment);
  return precision === 'second' ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
}

/** "Monday 23 November", for the top of a day's page. */
export function formatDay(moment: Date): string {
  const { weekday, day, month } = londonTime(moment);
  return `${weekday} ${day} ${monthName(month, 'text')}`;
}

/** "Good morning", "Good afternoon" or "Good evening" by the clock in London. */
export function greeting(moment: Date): string {
  const hour = Number(londonTime(moment).hour);
  return hour < 12 ? 'Good morning' : hour < 18 ? 'Good afternoon' : 'Good evening';
}

/** Remaining or used time as a clock shows it: "32:17", "1:05:00" from an hour on. Seconds below 0 count as 0. */
export function formatClock(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(left / 60);
  if (minutes < 60) return `${two(minutes)}:${two(left % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(left % 60)}`;
}
