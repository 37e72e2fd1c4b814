/** What of an import is looked at, and how much of it at a time. */
import { z } from 'zod';
import type { Import } from '../imports/imports.ts';

export const SHOWS = ['fault', 'undecided', 'late', 'ready', 'left_out', 'all'] as const;
export type Show = (typeof SHOWS)[number];

export const viewQuery = z.object({
  show: z.enum(SHOWS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(2000).catch(1),
});
export type ViewQuery = z.infer<typeof viewQuery>;

/** Rows that are corrected or answered in the page come as forms, fewer at a time; others in a table. */
export const pageSizeOf = (show: Show): number => (asForms(show) ? 20 : 50);
export const asForms = (show: Show): boolean => show === 'fault' || show === 'undecided';

/** What is shown where nothing else is asked for: what has to be done first. */
export function showOf({ show }: ViewQuery, { faultCount, undecidedCount }: Import): Show {
  return show ?? (faultCount > 0 ? 'fault' : undecidedCount > 0 ? 'undecided' : 'all');
}

export interface HistoryLine {
  readonly to: Import['state'];
  readonly at: Date;
  readonly by: string | null;
  readonly reason: string | null;
}

export interface AroundImport {
  readonly centreNumber: string;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly history: readonly HistoryLine[];
}
