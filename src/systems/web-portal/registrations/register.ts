import { mayRegister, sitesOf } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { currentVersion, type Product, productById, unitsOf } from '#products';
import { formatDate } from '#ui';
import { candidateRegistered } from '../audit.ts';
import { noteState } from '../change-state/change-state.ts';
import { programmeDays } from '../programme-days/programme-days.ts';
import { unitsNeeded } from '../units-needed/units-needed.ts';
import { tellWebhooks } from '../webhooks/tell.ts';

/** What is typed of a registration. */
export interface Programme {
  readonly productId: string;
  readonly siteId: string | null;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly assessmentLanguage: 'en' | 'cy';
  readonly orderReference: string | null;
}

/** The product, when the centre may register candidates for it today; else Refused with the reason at the product. */
async function productToRegister(
  reader: Pick<Reader, 'db' | 'rows' | 'now'>,
  centreId: string,
  productId: string,
): Promise<Product> {
  const product = await productById(reader, productId);
  if (!product) throw new Refused([{ field: 'product', message: 'Choose a product from the list' }]);
  const today = dayInLondon(reader.now);
  const answer = await mayRegister({ centreId, productId, today }, reader);
  if (!answer.allowed) throw new Refused([{ field: 'product', message: `${product.title}: ${answer.why}` }]);
  return product;
}

/**
 * Registers a candidate of the centre for a product, in the transaction of the writer. Days used and lateness are
 * computed here, once. Refused, at the field, when the centre may not register for the product, the site is not its
 * own, or the candidate has a registration for it in progress. Returns the registration's id.
 */
export async function register(
  writer: Writer,
  candidate: { readonly id: string; readonly centreId: string; readonly number: string; readonly name: string },
  programme: Programme,
): Promise<string> {
  const { centreId } = candidate;
  const { productId, siteId, programmeStart, assessmentLanguage, orderReference } = programme;
  const product = await productToRegister(writer, centreId, productId);
  if (siteId !== null && !(await sitesOf(writer, centreId)).some((site) => site.id === siteId)) {
    throw new Refused([{ field: 'site', message: 'Choose one of the sites of your centre' }]);
  }
  const current = await writer.db
    .selectFrom('web_portal.registrations')
    .select('registered_at')
    .where('candidate_id', '=', candidate.id)
    .where('product_id', '=', productId)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (current) {
    const message = `${candidate.name} is registered for this product since ${formatDate(current.registered_at)}. Choose another product, or go on with that registration`;
    throw new Refused([{ field: 'product', message }]);
  }
  const version = await currentVersion(writer, productId);
  if (!version) throw new Refused([{ field: 'product', message: 'The product has no published version yet' }]);
  const units = await unitsOf(writer, version.id);
  const { now } = writer;
  const { daysUsed, late } = programmeDays({ programmeStart, today: dayInLondon(now), regulated: product.regulated });
  const { id } = await writer.db
    .insertInto('web_portal.registrations')
    .values({
      centre_id: centreId,
      candidate_id: candidate.id,
      product_id: productId,
      product_version_id: version.id,
      site_id: siteId,
      order_reference: orderReference,
      assessment_language: assessmentLanguage,
      programme_start: programmeStart,
      registered_at: now,
      registered_by: writer.identity.personId,
      days_used: daysUsed,
      late,
      state: 'active',
      state_changed_at: now,
      units_needed: unitsNeeded(version.rule, units),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await noteState(writer, { registrationId: id, centreId, from: null, to: 'active', reason: 'Registered' });
  await writer.audit(
    candidateRegistered,
    { kind: 'registration', id },
    {
      candidateNumber: candidate.number,
      productCode: product.code,
      version: version.version,
      programmeStart,
      daysUsed,
      late,
    },
    centreId,
  );
  await tellWebhooks(writer, centreId, 'registration.made', {
    registrationId: id,
    candidateId: candidate.id,
    candidateNumber: candidate.number,
    productCode: product.code,
    programmeStart,
    late,
  });
  return id;
}
