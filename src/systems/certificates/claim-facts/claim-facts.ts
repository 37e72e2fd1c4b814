/** Reads everything that a claim is judged by, in the scope of whoever asks. */
import { sql } from 'kysely';
import { type Centre, centreById, mayClaim, mayClaimDirectly } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { brand } from '#platform/settings/brand.ts';
import { type Product, productById, ruleWithPathway, type Unit, unitsOf, type Version, versionById } from '#products';
import { type RegistrationForClaim, registrationForClaim } from '#web-portal';
import { type Content, contentOf } from '../content/content.ts';
import {
  type ClaimFacts,
  type ClaimKind,
  type EarlierClaim,
  kindFor,
  progressFor,
} from '../eligibility/eligibility.ts';
import { unprintableIn } from '../printing/certificate-pdf.ts';

export interface Claimable {
  readonly registration: RegistrationForClaim;
  readonly product: Product;
  readonly version: Version;
  readonly units: readonly Unit[];
  readonly centre: Centre;
  readonly facts: ClaimFacts;
}

type Asking = Pick<Reader, 'db' | 'rows' | 'now'>;

/** A registration with all that bears on its claim; null out of scope, or of another centre than `centreId`. */
export async function readClaimable(
  reader: Asking,
  registrationId: string,
  centreId: string | null,
): Promise<Claimable | null> {
  const registration = await registrationForClaim(reader, registrationId);
  if (!registration || (centreId !== null && registration.centreId !== centreId)) return null;
  const product = await productById(reader, registration.productId);
  const version = await versionById(reader, registration.versionId);
  const centre = await centreById(reader, registration.centreId);
  if (!product || !version || !centre) return null;
  const units = await unitsOf(reader, version.id);
  const question = {
    centreId: registration.centreId,
    productId: product.id,
    versionId: version.id,
    today: dayInLondon(reader.now),
  };
  const withoutNames: ClaimFacts = {
    registration,
    product,
    rule: ruleWithPathway(version, registration.pathway),
    aggregation: version.aggregation,
    units,
    achievements: registration.achievements,
    mayClaim: await mayClaim(question, reader),
    mayClaimDirectly: await mayClaimDirectly(question, reader),
    claims: await claimsOf(reader, registrationId),
    revokedBefore: await revokedBefore(reader, registrationId),
    unprintable: [],
  };
  const claimable = { registration, product, version, units, centre, facts: withoutNames };
  const draft = draftOf(claimable, { serial: '', awardedOn: question.today, publicUrl: '' });
  return { ...claimable, facts: { ...withoutNames, unprintable: unprintableIn(draft) } };
}

/** The claims on a registration, newest first, with the certificate that each led to. */
export async function claimsOf(reader: Pick<Reader, 'rows'>, registrationId: string): Promise<EarlierClaim[]> {
  return reader.rows(sql<EarlierClaim>`
    select c.id, c.kind, c.state, c.reason, f.id as "certificateId"
    from certificates.claims c left join certificates.certificates f on f.claim_id = c.id
    where c.registration_id = ${registrationId} order by c.claimed_at desc, c.id desc`);
}

async function revokedBefore(reader: Pick<Reader, 'rows'>, registrationId: string): Promise<boolean> {
  const [row] = await reader.rows(
    sql<{ revoked: boolean }>`select certificates.revoked_before(${registrationId}) as revoked`,
  );
  return row?.revoked === true;
}

/** What would be printed today, as far as units are achieved. */
export function draftOf(
  claimable: Claimable,
  more: { readonly serial: string; readonly awardedOn: string; readonly publicUrl: string; readonly kind?: ClaimKind },
): Content {
  const { facts, registration, product, units, centre } = claimable;
  const progress = progressFor(facts);
  const counted = new Set(progress.counted);
  return contentOf({
    kind: more.kind ?? kindFor(registration.state),
    serial: more.serial,
    awardedOn: more.awardedOn,
    publicUrl: more.publicUrl,
    awardingBody: brand.awardingBody,
    product,
    units: units.filter((unit) => counted.has(unit.code)),
    achievements: registration.achievements,
    grade: progress.grade ?? 'pass',
    registration,
    centre,
  });
}

/** Holds other claims on this registration until the transaction ends. */
export async function lockClaims(reader: Pick<Reader, 'rows'>, registrationId: string): Promise<void> {
  await reader.rows(
    sql`select pg_advisory_xact_lock(hashtextextended('certificates.claims ' || ${registrationId}::text, 0))`,
  );
}
