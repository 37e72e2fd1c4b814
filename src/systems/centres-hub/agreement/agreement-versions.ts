import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

/** The agreement between awarding body and centre, as published; never changed (General Condition C2.3). */
export interface AgreementVersion {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly words: string;
  /** The day by which centres sign it, YYYY-MM-DD. */
  readonly signBy: string;
  readonly publishedAt: Date;
}

const COLUMNS = sql`id, number, title, words, sign_by as "signBy", published_at as "publishedAt"`;

/** Every version, newest first. */
export function agreementVersions(reader: Pick<Reader, 'rows'>): Promise<AgreementVersion[]> {
  return reader.rows(sql<AgreementVersion>`select ${COLUMNS} from centres_hub.agreement_versions order by number desc`);
}

/** The one that is signed today, or null while none was published. */
export async function currentAgreement(reader: Pick<Reader, 'rows'>): Promise<AgreementVersion | null> {
  return (await agreementVersions(reader))[0] ?? null;
}
