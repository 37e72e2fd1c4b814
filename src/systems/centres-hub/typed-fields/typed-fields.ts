import type { FormValues } from '#platform/http/context.ts';
import type { DateParts } from '#ui';

export { typed } from '../add-user/page.ts';

/** A date of a posted form, part by part, as it was typed. */
export function typedDate(values: FormValues, name: string): DateParts {
  const part = (key: string) => String(values[`${name}-${key}`] ?? '');
  return { day: part('day'), month: part('month'), year: part('year') };
}

/** The parts of a date YYYY-MM-DD, as a form would have sent them. */
export function dateAsTyped(name: string, date: string): FormValues {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}
