import type { FormValues } from '#platform/http/context.ts';
import type { DateParts } from '#ui';

/** A text of a posted form, as it was typed. */
export const typed = (values: FormValues, name: string): string => String(values[name] ?? '');

/** A date of a posted form, part by part, as it was typed. */
export function typedDate(values: FormValues, name: string): DateParts {
  const part = (key: string) => String(values[`${name}-${key}`] ?? '');
  return { day: part('day'), month: part('month'), year: part('year') };
}

/** A day YYYY-MM-DD as the three fields of a form would have sent it; nothing of no day. */
export function dateAsTyped(name: string, day: string | null): FormValues {
  const [year, month, date] = (day ?? '').split('-');
  if (!year || !month || !date) return {};
  return { [`${name}-day`]: String(Number(date)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}
