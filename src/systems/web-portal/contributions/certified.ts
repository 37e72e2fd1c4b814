/** Whether certificates were issued to a candidate: told by the system of certificates, joined in `application.ts`. */
import type { Reader } from '#platform/database/database.ts';

type Certified = (reader: Pick<Reader, 'rows'>, candidateId: string) => Promise<boolean>;

let joined: Certified = async () => false;

/** Called once by the composition root. */
export function joinCertified(certified: Certified): void {
  joined = certified;
}

/** Whether a certificate was ever issued to the candidate, as far as the reader sees: ask across centres. */
export const isCertified: Certified = (reader, candidateId) => joined(reader, candidateId);
