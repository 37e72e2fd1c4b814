import { sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { statusOn } from '../centres/centres.ts';
import {
  type CapabilityAnswer,
  type CapabilityQuestion,
  capabilityAnswer,
  HUB_CAPABILITIES,
  type HubCapability,
} from './capability-answer.ts';

export interface MayQuestion {
  readonly centreId: string;
  readonly productId: string;
  /** The version of the registration; without it the current version of the product. */
  readonly versionId?: string;
  /** The day by the server's clock, YYYY-MM-DD. */
  readonly today: string;
}

type Asking = Pick<Reader, 'rows' | 'now'>;

/** Whether the centre may register candidates for the product today; evaluated afresh at each call. 404 for a centre out of scope. */
export function mayRegister(question: MayQuestion, reader: Asking): Promise<CapabilityAnswer> {
  return ask('register', question, reader);
}

/** Whether a test of the product may begin at the centre today. */
export function maySit(question: MayQuestion, reader: Asking): Promise<CapabilityAnswer> {
  return ask('sit', question, reader);
}

/** Whether the centre may claim certificates of the product today. */
export function mayClaim(question: MayQuestion, reader: Asking): Promise<CapabilityAnswer> {
  return ask('claim', question, reader);
}

/** Whether a claim goes straight to a certificate, without an external quality assurer's look first. */
export function mayClaimDirectly(question: MayQuestion, reader: Asking): Promise<CapabilityAnswer> {
  return ask('claim_direct', question, reader);
}

async function ask(capability: HubCapability, question: MayQuestion, reader: Asking): Promise<CapabilityAnswer> {
  const facts = await capabilityFacts(question, reader);
  return capabilityAnswer({
    ...facts,
    capability,
    productId: question.productId,
    today: question.today,
    now: reader.now,
  });
}

const switchesFact = z.array(
  z.object({
    capability: z.enum(HUB_CAPABILITIES),
    productId: z.string().nullable(),
    reason: z.string(),
    until: z.coerce.date().nullable(),
  }),
);

export type CapabilityFacts = Pick<CapabilityQuestion, 'centreStatus' | 'approval' | 'switches' | 'dates'>;

interface FactsRow {
  status: CapabilityQuestion['centreStatus'];
  approved_from: string | null;
  last_registration_on: string | null;
  last_certification_on: string | null;
  direct_claims: boolean | null;
  operational_start: string | null;
  operational_end: string | null;
  certification_end: string | null;
  switches: unknown;
}

/** All that the rule needs, in one round trip. */
async function capabilityFacts(
  { centreId, productId, versionId }: MayQuestion,
  reader: Asking,
): Promise<CapabilityFacts> {
  const [row] = await reader.rows(sql<FactsRow>`
    select ${statusOn(reader.now)} as status, a.approved_from, a.last_registration_on, a.last_certification_on, a.direct_claims,
      v.operational_start, v.operational_end, v.certification_end,
      coalesce((
        select jsonb_agg(jsonb_build_object('capability', s.capability, 'productId', s.product_id, 'reason', s.reason, 'until', s.until)
          order by s.switched_off_at)
        from centres_hub.capability_switches s where s.centre_id = c.id and s.switched_on_at is null), '[]'::jsonb) as switches
    from centres_hub.centres c
    left join centres_hub.approvals a on a.centre_id = c.id and a.product_id = ${productId} and a.ended_at is null
    left join lateral (
      select * from products.published_versions v
      where v.product_id = ${productId} and (${versionId ?? null}::uuid is null or v.id = ${versionId ?? null}::uuid)
      order by v.version desc limit 1) v on true
    where c.id = ${centreId}`);
  if (!row) throw new NotFound();
  return {
    centreStatus: row.status,
    approval:
      row.approved_from === null
        ? null
        : {
            approvedFrom: row.approved_from,
            lastRegistrationOn: row.last_registration_on,
            lastCertificationOn: row.last_certification_on,
            directClaims: row.direct_claims === true,
          },
    switches: switchesFact.parse(row.switches),
    dates:
      row.operational_start === null
        ? null
        : {
            operationalStart: row.operational_start,
            operationalEnd: row.operational_end,
            certificationEnd: row.certification_end,
          },
  };
}

/** Everything that is off at a centre. */
export async function switchesOff(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
): Promise<CapabilityFacts['switches']> {
  const rows = await reader.rows(sql<{
    capability: HubCapability;
    productId: string | null;
    reason: string;
    until: Date | null;
  }>`
    select capability, product_id as "productId", reason, until
    from centres_hub.capability_switches where centre_id = ${centreId} and switched_on_at is null order by switched_off_at`);
  return rows;
}
