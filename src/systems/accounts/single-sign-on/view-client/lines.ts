import type { Passed } from '../clients/clients.ts';

export const DONE = ['changed', 'switched-on', 'switched-off'] as const;
export const PAGE_SIZE = 50;

/** One line of the ledger: who was let in, for whom, and when the supplier was told what. */
export interface EntryLine {
  readonly person: string;
  readonly organisation: string;
  readonly passes_on: Passed[];
  readonly entered_at: Date;
  readonly told_at: Date | null;
}

/** One change of the settings. */
export interface HistoryLine {
  readonly at: Date;
  readonly kind: string;
  readonly payload: { readonly reason?: string; readonly address?: string };
  readonly person: string | null;
}
