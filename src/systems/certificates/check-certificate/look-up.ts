import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import type { Signer } from '#platform/keys/signing.ts';
import type { CertificateState } from '../claim-state/claim-state.ts';
import type { Content } from '../content/content.ts';
import type { Expiry } from '../expiry/expiry.ts';
import { checkCodeOf, familyNameKey, openSealed } from '../seal/seal.ts';

/** What a check knows beside the number: the family name as typed, or the code of the printed square. */
export type Proof = { readonly familyName: string } | { readonly code: string };

/** Nothing of a certificate that does not prove genuine is ever given. */
export type Verdict =
  | {
      readonly kind: 'genuine' | 'replaced' | 'revoked';
      readonly content: Content;
      readonly since: Date;
      /** Null where the award has no end. */
      readonly expiry: Expiry | null;
    }
  | { readonly kind: 'not_found' }
  /** The register has it, but what it says is not what was sealed. */
  | { readonly kind: 'unconfirmed' };

interface Row {
  readonly serial: string;
  readonly content: unknown;
  readonly contentSha256: Buffer;
  readonly signature: string;
  readonly keyId: string;
  readonly state: CertificateState | null;
  readonly stateAt: Date | null;
  readonly firstExpiresOn?: string | null;
  readonly expiresOn?: string | null;
}

// Never a key of a name or a code of a square: what is not asked matches nothing.
const NOTHING = '';

/**
 * Checks a certificate, as anybody may: the owner's function in the database finds it only for a right pair, then hash
 * and signature over all that is printed are verified anew. A wrong number and a wrong name are the same answer.
 */
export async function lookUp(
  reader: Pick<Reader, 'rows'>,
  signer: Pick<Signer, 'verify'>,
  serial: string,
  proof: Proof,
): Promise<Verdict> {
  const nameKey = 'familyName' in proof ? familyNameKey(proof.familyName) : NOTHING;
  const code = 'code' in proof ? proof.code : NOTHING;
  const [row] = await reader.rows(sql<Row>`
    select serial, content, content_sha256 as "contentSha256", signature, key_id as "keyId", state, state_at as "stateAt",
      first_expires_on as "firstExpiresOn", expires_on as "expiresOn"
    from certificates.verify(${serial}, ${nameKey}, ${code})`);
  return row ? judge(signer, row, proof) : { kind: 'not_found' };
}

/** The verdict on a row of the register. Pure. */
export function judge(signer: Pick<Signer, 'verify'>, row: Row, proof: Proof): Verdict {
  const content = openSealed(signer, row);
  if (!content || row.state === null || row.stateAt === null) return { kind: 'unconfirmed' };
  const fits =
    'familyName' in proof
      ? familyNameKey(proof.familyName) === familyNameKey(content.holder.familyName)
      : proof.code === checkCodeOf(row.signature);
  // The key beside the content was altered, not the content: the name that was asked is not on the certificate.
  if (!fits) return { kind: 'not_found' };
  const { firstExpiresOn, expiresOn } = row;
  const expiry = firstExpiresOn && expiresOn ? { firstExpiresOn, expiresOn } : null;
  return { kind: row.state === 'issued' ? 'genuine' : row.state, content, since: row.stateAt, expiry };
}
