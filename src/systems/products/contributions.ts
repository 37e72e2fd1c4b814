/** What this system asks of systems that may use it: joined by the composition root, because imports never point left. */
import type { Reader } from '#platform/database/database.ts';

/** What a centre may do with a product, for the list and the page of products. */
export interface CentreStanding {
  readonly productId: string;
  /** Null: it may register candidates today; else why not. */
  readonly registrationStopped: string | null;
}

/** Registrations of a product that are in progress, and what they stand on: asked before its last dates are set. */
export interface InProgress {
  readonly registrations: number;
  readonly centres: number;
  /** Those for which everything is achieved and nothing claimed. */
  readonly readyToClaim: number;
  /** The programme start of the newest, YYYY-MM-DD. */
  readonly newestStart: string | null;
  readonly byVersion: readonly { readonly version: number; readonly registrations: number }[];
}

export interface ProductContributions {
  /** The products a centre is approved for. */
  readonly standingOf: (reader: Reader, centreId: string) => Promise<readonly CentreStanding[]>;
  readonly inProgress: (reader: Reader, productId: string) => Promise<InProgress>;
}

const NONE: InProgress = { registrations: 0, centres: 0, readyToClaim: 0, newestStart: null, byVersion: [] };
let joined: ProductContributions = { standingOf: async () => [], inProgress: async () => NONE };

/** Called once by the composition root. */
export function joinProductContributions(contributions: ProductContributions): void {
  joined = contributions;
}

/** The standing of the centre that asks, by product; null for the awarding body, which needs no approval. */
export async function ownStanding(reader: Reader): Promise<ReadonlyMap<string, CentreStanding> | null> {
  const { centreId } = reader.identity;
  if (centreId === null) return null;
  return new Map((await joined.standingOf(reader, centreId)).map((standing) => [standing.productId, standing]));
}

/** Who is registered for a product and has not ended. */
export const registrationsInProgress = (reader: Reader, productId: string): Promise<InProgress> =>
  joined.inProgress(reader, productId);
