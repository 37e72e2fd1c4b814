import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import type { CentreStanding, ProductKind } from '#products';
import { switchesOff } from '../capabilities/capabilities.ts';
import { type CapabilityAnswer, capabilityAnswer } from '../capabilities/capability-answer.ts';
import { type Centre, statusOn } from '../centres/centres.ts';

/** A product that a centre is approved for, with what it may do with it today. */
export interface ApprovedProduct {
  readonly approvalId: string;
  readonly productId: string;
  readonly code: string;
  readonly qualificationNumber: string | null;
  readonly title: string;
  readonly kind: ProductKind;
  readonly level: number;
  /** The version that a registration of today is made for; null while there is none. */
  readonly versionId: string | null;
  readonly approvedFrom: string;
  /** As the approval sets them; the product's own dates hold as well. */
  readonly lastRegistrationOn: string | null;
  readonly lastCertificationOn: string | null;
  /** Last days of the current version. */
  readonly operationalEnd: string | null;
  readonly certificationEnd: string | null;
  readonly directClaims: boolean;
  /** Conditions that are not met yet. */
  readonly openConditions: number;
  readonly mayRegister: CapabilityAnswer;
  readonly maySit: CapabilityAnswer;
  readonly mayClaim: CapabilityAnswer;
  readonly mayClaimDirectly: CapabilityAnswer;
}

type Row = Omit<ApprovedProduct, 'mayRegister' | 'maySit' | 'mayClaim' | 'mayClaimDirectly'> & {
  status: Centre['status'];
  operationalStart: string | null;
};

/** The products a centre is approved for, by title; what is stopped is among them, with the reason. */
export async function approvedProducts(reader: Reader, centreId: string): Promise<ApprovedProduct[]> {
  const rows = await reader.rows(sql<Row>`
    select a.id as "approvalId", a.product_id as "productId", p.code, p.qualification_number as "qualificationNumber", p.title,
      p.kind, p.level, v.id as "versionId", a.approved_from as "approvedFrom", a.last_registration_on as "lastRegistrationOn",
      a.last_certification_on as "lastCertificationOn", a.direct_claims as "directClaims",
      (select count(*)::int from centres_hub.conditions d where d.approval_id = a.id and d.met_at is null) as "openConditions", ${statusOn(reader.now)} as status,
      v.operational_start as "operationalStart", v.operational_end as "operationalEnd", v.certification_end as "certificationEnd"
    from centres_hub.approvals a
    join centres_hub.centres c on c.id = a.centre_id
    join products.published_products p on p.id = a.product_id
    left join lateral (
      select * from products.published_versions v where v.product_id = a.product_id order by v.version desc limit 1) v on true
    where a.centre_id = ${centreId} and a.ended_at is null
    order by p.title`);
  const switches = await switchesOff(reader, centreId);
  const today = dayInLondon(reader.now);
  return rows.map(({ status, operationalStart, ...product }) => {
    const { operationalEnd, certificationEnd } = product;
    const question = {
      productId: product.productId,
      centreStatus: status,
      approval: product,
      switches,
      dates: operationalStart === null ? null : { operationalStart, operationalEnd, certificationEnd },
      today,
      now: reader.now,
    };
    return {
      ...product,
      mayRegister: capabilityAnswer({ ...question, capability: 'register' }),
      maySit: capabilityAnswer({ ...question, capability: 'sit' }),
      mayClaim: capabilityAnswer({ ...question, capability: 'claim' }),
      mayClaimDirectly: capabilityAnswer({ ...question, capability: 'claim_direct' }),
    };
  });
}

/** The part of Centres Hub in the pages of products: which products a centre has, and why it may not register, if so. */
export async function standingOf(reader: Reader, centreId: string): Promise<CentreStanding[]> {
  const products = await approvedProducts(reader, centreId);
  return products.map(({ productId, mayRegister }) => ({
    productId,
    registrationStopped: mayRegister.allowed ? null : mayRegister.why,
  }));
}
