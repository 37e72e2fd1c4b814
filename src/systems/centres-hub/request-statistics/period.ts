/** The periods that figures of requests can be of. */
import { z } from 'zod';
import { NotFound } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';

export const PERIODS = { '30': 'The last 30 days', '90': 'The last 90 days', '365': 'The last year' } as const;
export const period = z.enum(['30', '90', '365']).catch('365');

/** Figures of all centres are the awarding body's. */
export function forBodyOnly(context: Pick<Context, 'acting'>): void {
  if (context.acting().kind !== 'awarding_body') throw new NotFound();
}
