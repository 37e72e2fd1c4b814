/** What this system asks of systems that may use it: joined by the composition root, because imports never point left. */
import type { Reader } from '#platform/database/database.ts';

/** What a centre may do with a product, for the list and the page of products. */
export interface CentreStanding {
  readonly productId: string;
  /** Null: it may register candidates today; else why not. */
  readonly registrationStopped: string | null;
}

export interface ProductContributions {
  /** The products a centre is approved for. */
  readonly standingOf: (reader: Reader, centreId: string) => Promise<readonly CentreStanding[]>;
}

let joined: ProductContributions = { standingOf: async () => [] };

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
