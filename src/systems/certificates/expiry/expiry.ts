/**
 * Until when an award is good. Only versions with a validity have an end (IMI Accreditation: 36 months, domain 1.8). It
 * is not printed: the awarding body may move it later, and a certificate is never changed.
 */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { formatDate } from '#ui';

/** Days of law, YYYY-MM-DD; the last day on which the award is good. */
export interface Expiry {
  /** From the day of issue, before any extension. */
  readonly firstExpiresOn: string;
  readonly expiresOn: string;
}

/** It was good, and is not any more. */
export const hasExpired = (expiry: Expiry | null, today: string): boolean =>
  expiry !== null && expiry.expiresOn < today;

/** "Valid until 3 May 2029, extended from 3 November 2028". */
export function expiryInWords({ firstExpiresOn, expiresOn }: Expiry, today: string): string {
  const verb = expiresOn < today ? 'Was valid until' : 'Valid until';
  const from = expiresOn === firstExpiresOn ? '' : `, extended from ${formatDate(firstExpiresOn)}`;
  return `${verb} ${formatDate(expiresOn)}${from}`;
}

/** An extension of one award, as its centre may know it. */
export interface ExtensionOfAward {
  readonly name: string;
  readonly reason: string;
  readonly fromDay: string;
  readonly toDay: string;
}

/** The expiry of one certificate in scope; null where it has no end. */
export async function expiryOf(reader: Pick<Reader, 'rows'>, certificateId: string): Promise<Expiry | null> {
  const [row] = await reader.rows(sql<Expiry>`
    select first_expires_on as "firstExpiresOn", expires_on as "expiresOn" from certificates.award_expiries
    where certificate_id = ${certificateId}`);
  return row ?? null;
}

/** What extended it, in turn. For centres and the awarding body. */
export function extensionsOf(reader: Pick<Reader, 'rows'>, certificateId: string): Promise<ExtensionOfAward[]> {
  return reader.rows(sql<ExtensionOfAward>`
    select x.name, x.reason, e.from_day as "fromDay", e.to_day as "toDay"
    from certificates.extended_awards e join certificates.extensions x on x.id = e.extension_id
    where e.certificate_id = ${certificateId} order by e.to_day`);
}
