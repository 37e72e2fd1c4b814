import { z } from 'zod';
import { Problem } from '../requests/problem.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST = 100;
const USUAL = 50;

/** The parameters of every list that comes in parts. */
export const pagingFields = {
  limit: z.coerce
    .number('Send a number')
    .int('Send a whole number')
    .min(1, 'Send 1 or more')
    .max(MOST, `Send ${MOST} or less`)
    .default(USUAL)
    .describe(`How many at once; ${USUAL} where nothing is sent`),
  after: z.string().max(100).optional().describe('What next said in the part before'),
};

/** The id after which the list goes on; null at the beginning. Throws a Problem for what no list has said. */
export function placeOf(after: string | undefined): string | null {
  if (after === undefined) return null;
  const id = Buffer.from(after, 'base64url').toString('latin1');
  if (UUID.test(id)) return id;
  throw new Problem('unreadable', 'A parameter of the address cannot be read', {
    errors: [{ parameter: 'after', detail: 'Send what next said in the part before, unchanged' }],
  });
}

/** One part of a list of which one row more than asked for was read. */
export function partOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
): { items: readonly Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? Buffer.from(last.id, 'latin1').toString('base64url') : null };
}
