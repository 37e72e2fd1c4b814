/** How numbers, dates and words of the editor's forms are read, with the sentences of their errors. */
import type { z } from 'zod';
import type { FormValues } from '#platform/http/context.ts';
import { type DateParts, readDate } from '#ui';

type Fields = Record<string, unknown>;
export type Check = z.core.$RefinementCtx;

export const refuse = (check: Check, field: string, message: string): void =>
  check.addIssue({ code: 'custom', path: [field], message });

/** Words, trimmed, of one line or several. */
export function readText(fields: Fields, check: Check, name: string, what: string, most: number): string {
  const words = String(fields[name] ?? '')
    .replaceAll('\r\n', '\n')
    .trim();
  if (words.length > most) refuse(check, name, `Shorten the ${what} to ${most} characters`);
  return words;
}

/** A whole number or nothing. */
export function readFigure(
  fields: Fields,
  check: Check,
  name: string,
  what: string,
  [least, most]: readonly [number, number],
): number | null {
  const text = String(fields[name] ?? '').trim();
  if (text === '') return null;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    refuse(check, name, `Enter the ${what} as a whole number from ${least} to ${most}, or leave it empty`);
    return null;
  }
  return value;
}

/** A date or nothing, YYYY-MM-DD. */
export function readDay(fields: Fields, check: Check, name: string, what: string): string | null {
  const read = readDate(fields, name, what);
  if (read.ok) return read.date;
  refuse(check, read.error.field, read.error.message);
  return null;
}

/** One of a closed list. */
export function readChoice<T extends string>(
  fields: Fields,
  check: Check,
  name: string,
  choices: readonly T[],
  message: string,
): T {
  const value = choices.find((one) => one === fields[name]);
  if (value === undefined) refuse(check, name, message);
  return value ?? (choices[0] as T);
}

/** A date of a posted form, part by part, as it was typed. */
export function typedDay(values: FormValues, name: string): DateParts {
  const part = (key: string) => String(values[`${name}-${key}`] ?? '');
  return { day: part('day'), month: part('month'), year: part('year') };
}

/** The parts of a date YYYY-MM-DD, as a form would have sent them. */
export function dayAsTyped(name: string, date: string | null): FormValues {
  if (date === null) return {};
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}
