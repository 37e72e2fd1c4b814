import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { currentVersion, offeringOn, type Product, productById } from '#products';
import { formatDate } from '#ui';
import { approvalGranted } from '../audit.ts';
import type { Centre } from '../centres/centres.ts';
import { approvalWasGranted, tellCentre } from '../notifications.ts';
import type { NewTerms } from './grant-rules.ts';

export interface Grant extends NewTerms {
  readonly productId: string;
  readonly directClaims: boolean;
}

/**
 * Approves a centre for a product, from then on open for registration; records it and tells the centre. Refuses at the
 * field `productId` what is approved already, not offered, or asked for a centre that is withdrawn.
 */
export async function grantApproval(
  writer: Writer,
  centre: Pick<Centre, 'id' | 'name' | 'withdrawnFrom'>,
  grant: Grant,
): Promise<{ readonly approvalId: string; readonly product: Product }> {
  const refuse = (message: string) => new Refused([{ field: 'productId', message }]);
  const product = await productById(writer, grant.productId);
  const version = product && (await currentVersion(writer, product.id));
  if (!product || !version) throw refuse('Choose a product from the list');
  if (offeringOn(version, dayInLondon(writer.now)) === 'closed') {
    throw refuse('The product is closed. Choose one that is offered');
  }
  if (centre.withdrawnFrom !== null)
    throw refuse(
      `${centre.name} is withdrawn and can have no new approval: the decision takes effect on ${formatDate(centre.withdrawnFrom)}`,
    );
  const made = await writer.db
    .insertInto('centres_hub.approvals')
    .values({
      centre_id: centre.id,
      product_id: product.id,
      granted_at: writer.now,
      granted_by: writer.identity.personId,
      approved_from: grant.approvedFrom,
      last_registration_on: grant.lastRegistrationOn,
      last_certification_on: grant.lastCertificationOn,
      direct_claims: grant.directClaims,
    })
    .onConflict((conflict) => conflict.columns(['centre_id', 'product_id']).where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw refuse(`${centre.name} is approved for this product already. Choose another one`);
  await writer.audit(approvalGranted, { kind: 'approval', id: made.id }, { ...grant, code: product.code }, centre.id);
  await tellCentre(writer, approvalWasGranted, centre.id, {
    subject: `Approved for ${product.title}`,
    body: `${centre.name} is approved for ${product.title} from ${formatDate(grant.approvedFrom)}.`,
  });
  return { approvalId: made.id, product };
}
