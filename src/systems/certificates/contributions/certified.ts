import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

/** Whether a certificate was ever issued to a candidate, in the reader's scope. */
export async function certified(reader: Pick<Reader, 'rows'>, candidateId: string): Promise<boolean> {
  const [row] = await reader.rows(sql<{ there: boolean }>`
    select exists (select from certificates.certificates c where c.candidate_id = ${candidateId}) as there`);
  return row?.there ?? false;
}
