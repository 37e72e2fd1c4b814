import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';

/** Kinds of competence record. */
export const RECORD_KINDS = ['qualification', 'cv', 'cpd', 'standardisation', 'licence'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const KIND_NAMES: Record<RecordKind, string> = {
  qualification: 'Qualification',
  cv: 'Curriculum vitae',
  cpd: 'Continuing professional development',
  standardisation: 'Standardisation',
  licence: 'Licence',
};

/** As a button says it, and a title: "Add a licence". */
export const KIND_ARTICLES: Record<RecordKind, string> = {
  qualification: 'a qualification',
  cv: 'a curriculum vitae',
  cpd: 'professional development',
  standardisation: 'a standardisation',
  licence: 'a licence',
};

export interface CompetenceRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly title: string;
  readonly happenedOn: string;
  readonly issuer: string | null;
  readonly minutes: number | null;
  readonly words: string | null;
  readonly number: string | null;
  readonly productId: string | null;
  readonly product: string | null;
  readonly expiresOn: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string | null;
  readonly supersededById: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  readonly fileId: string | null;
  readonly fileName: string | null;
}

/** All records of one entry of the profile, the newest first, with those that were corrected or withdrawn. */
export function recordsOf(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  staffMemberId: string,
): Promise<CompetenceRecord[]> {
  return reader.rows(sql<CompetenceRecord>`
    select r.id, r.kind, r.title, r.happened_on as "happenedOn", r.issuer, r.minutes, r.words, r.number, r.product_id as "productId",
      p.title as product, r.expires_on as "expiresOn", r.recorded_at as "recordedAt",
      (select q.given_names || ' ' || q.family_name from accounts.published_people q where q.id = r.recorded_by) as "recordedBy",
      n.id as "supersededById", r.withdrawn_at as "withdrawnAt", r.withdrawn_reason as "withdrawnReason",
      f.id as "fileId", f.name as "fileName"
    from centres_hub.competence_records r
    left join products.published_products p on p.id = r.product_id
    left join centres_hub.competence_records n on n.supersedes_id = r.id
    left join centres_hub.evidence_files f on f.record_id = r.id
    where r.centre_id = ${centreId} and r.staff_member_id = ${staffMemberId}
    order by r.happened_on desc, r.recorded_at desc`);
}

/** Neither corrected nor withdrawn. */
export function isCurrent(record: Pick<CompetenceRecord, 'supersededById' | 'withdrawnAt'>): boolean {
  return record.supersededById === null && record.withdrawnAt === null;
}
