/** The form of a rule of extension: how it is read, and its sentences. */
import { z } from 'zod';
import { reasonField } from '#accounts';
import type { FormValues } from '#platform/http/context.ts';
import type { Window } from '#products';
import { type DateParts, readDate } from '#ui';
import type { NewExtension } from './plan.ts';

/** Windows that the form has room for. */
export const WINDOWS = [1, 2, 3] as const;
const MOST_MONTHS = 36;
const MOST_TIMES = 10;

const refuse = (check: z.core.$RefinementCtx, field: string, message: string): void =>
  check.addIssue({ code: 'custom', path: [field], message });

type Fields = Record<string, unknown>;
const words = (fields: Fields, name: string): string => String(fields[name] ?? '').trim();

/** What the form says, and the mark of what was looked at; `products`: those whose awards have an end. */
export const extensionForm = (products: readonly { readonly id: string }[]) =>
  z.record(z.string(), z.unknown()).transform((fields, check): { rule: NewExtension; seen: string } => {
    const id = z.uuid().safeParse(fields.extensionId);
    if (!id.success) refuse(check, '', 'Open the form anew from the list of extensions, and enter it again');
    const name = words(fields, 'name');
    if (name === '') refuse(check, 'name', 'Name the extension, as centres will read it');
    if (name.length > 100) refuse(check, 'name', 'Shorten the name to 100 characters');
    const asked = [fields.products].flat().map(String);
    const productIds = products.map((product) => product.id).filter((each) => asked.includes(each));
    if (productIds.length === 0) refuse(check, 'products', 'Choose whose awards are extended');
    const windows = readWindows(fields, check);
    const months = readNumber(fields, check, 'months', 'By how many months', MOST_MONTHS);
    const mostTimes = readNumber(fields, check, 'mostTimes', 'How often in all', MOST_TIMES);
    const reason = reasonField.safeParse(fields.reason);
    if (!reason.success) refuse(check, 'reason', reason.error.issues[0]?.message ?? 'Say why');
    return {
      rule: { id: id.data ?? '', name, reason: reason.data ?? '', productIds, windows, months, mostTimes },
      seen: String(fields.seen ?? ''),
    };
  });

function readNumber(fields: Fields, check: z.core.$RefinementCtx, name: string, what: string, most: number): number {
  const text = words(fields, name);
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) refuse(check, name, `${what}: enter a whole number from 1 to ${most}`);
  return value;
}

/** The windows that were filled in, the first of them at least; none lies over another. */
function readWindows(fields: Fields, check: z.core.$RefinementCtx): Window[] {
  const windows: Window[] = [];
  for (const n of WINDOWS) {
    const name = words(fields, `window${n}Name`);
    const [from, until] = [
      readDate(fields, `window${n}From`, `first day of window ${n}`),
      readDate(fields, `window${n}Until`, `last day of window ${n}`),
    ];
    for (const read of [from, until]) if (!read.ok) refuse(check, read.error.field, read.error.message);
    if (!from.ok || !until.ok) continue;
    if (n !== 1 && name === '' && from.date === null && until.date === null) continue;
    if (name === '') refuse(check, `window${n}Name`, `Name window ${n}, such as Spring 2027`);
    if (name.length > 60) refuse(check, `window${n}Name`, `Shorten the name of window ${n} to 60 characters`);
    if (from.date === null) refuse(check, `window${n}From`, `Enter the first day of window ${n}`);
    if (until.date === null) refuse(check, `window${n}Until`, `Enter the last day of window ${n}`);
    if (from.date === null || until.date === null) continue;
    if (until.date < from.date)
      refuse(check, `window${n}Until`, `Window ${n} ends before it begins. Choose a later last day`);
    const over = windows.find((other) => other.from <= (until.date as string) && (from.date as string) <= other.until);
    if (over)
      refuse(check, `window${n}From`, `Window ${n} lies over "${over.name}". Let each day be in one window only`);
    windows.push({ name, from: from.date, until: until.date });
  }
  return windows;
}

/** A date as it was typed, part by part. */
export function typedDay(values: FormValues, name: string): DateParts {
  const part = (key: string) => String(values[`${name}-${key}`] ?? '');
  return { day: part('day'), month: part('month'), year: part('year') };
}
