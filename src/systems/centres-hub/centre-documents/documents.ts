import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { DocumentKind } from './expiry.ts';

export interface CentreDocument {
  readonly id: string;
  readonly kind: DocumentKind;
  /** The number of the policy, or its title. */
  readonly reference: string;
  /** The last day on which it counts, YYYY-MM-DD. */
  readonly expiresOn: string | null;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly recordedAt: Date;
}

const COLUMNS = sql`id, kind, reference, expires_on as "expiresOn", file_name as "fileName", media_type as "mediaType", bytes,
  recorded_at as "recordedAt"`;

/** The documents that count now, the next to expire first. */
export function documentsOf(reader: Pick<Reader, 'rows'>, centreId: string): Promise<CentreDocument[]> {
  return reader.rows(sql<CentreDocument>`select ${COLUMNS} from centres_hub.documents
    where centre_id = ${centreId} and ended_at is null order by expires_on nulls last, kind, id`);
}

/** One that counts now; 404 for another centre's and for one that has ended. */
export async function documentOf(reader: Pick<Reader, 'rows'>, centreId: string, id: string): Promise<CentreDocument> {
  const found = (await documentsOf(reader, centreId)).find((one) => one.id === id);
  if (!found) throw new NotFound();
  return found;
}
