/** Reading the register: a certificate with its states and its document, in the scope of whoever asks. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { CertificateState } from '../claim-state/claim-state.ts';
import { type Content, contentSchema } from '../content/content.ts';

export interface StateLine {
  readonly state: CertificateState;
  readonly at: Date;
  readonly reason: string;
  /** Null for people whom the reader does not see, and for the product itself. */
  readonly who: string | null;
}

export interface Certificate {
  readonly id: string;
  readonly serial: string;
  readonly centreId: string;
  readonly claimId: string;
  readonly registrationId: string;
  readonly candidateId: string;
  readonly content: Content;
  readonly issuedAt: Date;
  /** The last of its states. */
  readonly state: CertificateState;
  /** Newest first. */
  readonly history: readonly StateLine[];
}

interface CertificateRow extends Omit<Certificate, 'content' | 'history' | 'state'> {
  readonly content: unknown;
  readonly history: readonly { state: CertificateState; at: string; reason: string; who: string | null }[];
}

/** A certificate in scope, and of this centre when one is given; else null. */
export async function certificateById(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<Certificate | null> {
  const [row] = await reader.rows(sql<CertificateRow>`
    select f.id, f.serial, f.centre_id as "centreId", f.claim_id as "claimId", f.registration_id as "registrationId",
      f.candidate_id as "candidateId", f.content, f.issued_at as "issuedAt",
      (select jsonb_agg(jsonb_build_object('state', s.state, 'at', s.at, 'reason', s.reason,
          'who', (select given_names || ' ' || family_name from accounts.published_people where id = s.person_id)) order by s.at desc, s.id desc)
        from certificates.certificate_states s where s.certificate_id = f.id) as history
    from certificates.certificates f
    where f.id = ${id} and (${centreId}::uuid is null or f.centre_id = ${centreId}::uuid)`);
  if (!row) return null;
  const history = row.history.map((line) => ({ ...line, at: new Date(line.at) }));
  return { ...row, content: contentSchema.parse(row.content), history, state: history[0]?.state ?? 'issued' };
}

/** The document of a certificate, as stored; throws when its bytes are not those that were stored. */
export async function documentOf(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<{ readonly serial: string; readonly pdf: Buffer } | null> {
  const [row] = await reader.rows(sql<{ serial: string; pdf: Buffer; pdfSha256: Buffer }>`
    select serial, pdf, pdf_sha256 as "pdfSha256" from certificates.certificates
    where id = ${id} and (${centreId}::uuid is null or centre_id = ${centreId}::uuid)`);
  if (!row) return null;
  if (!createHash('sha256').update(row.pdf).digest().equals(row.pdfSha256))
    throw new Error(`The document of certificate ${id} is not the one that was stored`);
  return { serial: row.serial, pdf: row.pdf };
}
