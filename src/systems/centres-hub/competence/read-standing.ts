import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { type Colleague, colleaguesOf } from './colleagues.ts';
import {
  type CurrentFunction,
  type CurrentRecord,
  competenceStanding,
  type Decision,
  type Standing,
  type StandingFacts,
  type StandingQuestion,
} from './standing.ts';

export type FunctionLine = CurrentFunction & {
  readonly id: string;
  readonly staffMemberId: string;
  readonly product: string | null;
  readonly site: string | null;
};

/** What people are put down for now, of the whole centre or of one entry. */
export function functionsOf(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  staffMemberId: string | null,
): Promise<FunctionLine[]> {
  return reader.rows(sql<FunctionLine>`
    select f.id, f.staff_member_id as "staffMemberId", f.function, f.product_id as "productId", p.title as product,
      f.site_id as "siteId", s.name as site, f.starts_on as "startsOn"
    from centres_hub.staff_functions f
    left join products.published_products p on p.id = f.product_id
    left join centres_hub.sites s on s.id = f.site_id
    where f.centre_id = ${centreId} and (${staffMemberId}::uuid is null or f.staff_member_id = ${staffMemberId}) and f.ended_at is null
    order by f.function, p.title nulls first, s.name nulls first`);
}

export type DecisionLine = Decision & {
  readonly id: string;
  readonly staffMemberId: string;
  readonly product: string;
  readonly decidedAt: Date;
  readonly endedAt: Date | null;
};

/** The decisions of the awarding body, of the whole centre or about one entry, the newest first. */
function decisionsOf(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  staffMemberId: string | null,
): Promise<DecisionLine[]> {
  return reader.rows(sql<DecisionLine>`
    select d.id, d.staff_member_id as "staffMemberId", d.function, d.product_id as "productId", p.title as product, d.outcome, d.reasons,
      d.valid_from as "validFrom", d.valid_until as "validUntil", d.decided_at as "decidedAt", d.ended_at as "endedAt",
      d.end_reason as "endReason"
    from centres_hub.competence_decisions d join products.published_products p on p.id = d.product_id
    where d.centre_id = ${centreId} and (${staffMemberId}::uuid is null or d.staff_member_id = ${staffMemberId})
    order by d.decided_at desc, d.id desc`);
}

type RecordLine = CurrentRecord & { readonly staffMemberId: string };

/** The records that the rule asks for, of the whole centre or of one entry. */
function currentRecordsOf(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  staffMemberId: string | null,
): Promise<RecordLine[]> {
  return reader.rows(sql<RecordLine>`
    select r.staff_member_id as "staffMemberId", r.kind, r.title, r.product_id as "productId", r.expires_on as "expiresOn",
      r.recorded_at as "recordedAt", r.supersedes_id is not null as corrects, r.withdrawn_at as "withdrawnAt"
    from centres_hub.competence_records r
    where r.centre_id = ${centreId} and (${staffMemberId}::uuid is null or r.staff_member_id = ${staffMemberId})
      and (r.withdrawn_at is null or r.kind = 'licence')
      and not exists (select from centres_hub.competence_records n where n.supersedes_id = r.id)
    order by r.expires_on`);
}

export interface Facts extends StandingFacts {
  readonly functions: readonly FunctionLine[];
  readonly decisions: readonly DecisionLine[];
}

const NOTHING: Facts = { there: false, roles: [], functions: [], records: [], decisions: [] };

/** All that the rule needs of one colleague. */
export async function standingFacts(reader: Reader, centreId: string, colleague: Colleague): Promise<Facts> {
  const { entryId, there, roles } = colleague;
  if (entryId === null) return { ...NOTHING, there, roles };
  return {
    there,
    roles,
    functions: await functionsOf(reader, centreId, entryId),
    records: await currentRecordsOf(reader, centreId, entryId),
    decisions: await decisionsOf(reader, centreId, entryId),
  };
}

/** The same of everybody of the centre, in three round trips. */
export async function standingFactsOfAll(
  reader: Reader,
  centreId: string,
  colleagues: readonly Colleague[],
): Promise<ReadonlyMap<string, Facts>> {
  const functions = await functionsOf(reader, centreId, null);
  const records = await currentRecordsOf(reader, centreId, null);
  const decisions = await decisionsOf(reader, centreId, null);
  const of = <Row extends { staffMemberId: string }>(rows: readonly Row[], entryId: string | null) =>
    rows.filter(({ staffMemberId }) => staffMemberId === entryId);
  return new Map(
    colleagues.map(({ id, entryId, there, roles }) => [
      id,
      {
        there,
        roles,
        functions: of(functions, entryId),
        records: of(records, entryId),
        decisions: of(decisions, entryId),
      },
    ]),
  );
}

export type CompetenceQuestion = Pick<StandingQuestion, 'function' | 'productId' | 'siteId'> & {
  readonly centreId: string;
  readonly personId: string;
};

/**
 * Whether a user of the centre may assess, quality-assure or invigilate the product there now; for the other systems,
 * evaluated afresh at each call. Somebody who is no user of the centre may not.
 */
export async function competenceOf(reader: Reader, question: CompetenceQuestion): Promise<Standing> {
  const [standing] = await competencesOf(reader, question, [question.productId]);
  return standing as Standing;
}

/** The same for several products at once, in their order. */
export async function competencesOf(
  reader: Reader,
  { centreId, personId, siteId, function: fn }: Omit<CompetenceQuestion, 'productId'>,
  productIds: readonly string[],
): Promise<Standing[]> {
  const colleague = (await colleaguesOf(reader, centreId)).find((one) => one.personId === personId);
  const facts = colleague ? await standingFacts(reader, centreId, colleague) : NOTHING;
  const today = dayInLondon(reader.now);
  return productIds.map((productId) => competenceStanding(facts, { function: fn, productId, siteId, today }));
}
