import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader } from '#platform/database/database.ts';
import { page } from '#platform/http/answers.ts';
import type { Context } from '#platform/http/context.ts';
import { handler } from '#platform/http/routes.ts';
import { listFile } from '#platform/list-file/list-file.ts';
import { inOrder, pageOf, withWords } from '#ui';
import { FUNCTION_NAMES } from './functions.ts';
import { listQuery, type QueueQuery, type Waiting } from './queue-list.ts';
import { queuePage, WAITS_WORDS } from './queue-page.ts';
import { type CurrentRecord, type Decision, decisionDue, RENEW_DAYS, type WaitsFor } from './standing.ts';

interface Candidate extends Omit<Waiting, 'why' | 'since'> {
  readonly startsOn: string;
  readonly records: (Omit<CurrentRecord, 'recordedAt' | 'withdrawnAt'> & {
    recordedAt: string;
    withdrawnAt: string | null;
  })[];
  readonly decision: (Omit<Decision, 'decidedAt'> & { decidedAt: string }) | null;
}

/** Everybody put down for a product whom no approval covers for long enough; the rule then says who of them waits. */
function put(reader: Pick<Reader, 'rows'>, soon: string): Promise<Candidate[]> {
  return reader.rows(sql<Candidate>`
    select coalesce(s.person_id, s.id) as who, coalesce(q.given_names, s.given_names) || ' ' || coalesce(q.family_name, s.family_name) as name,
      o.number as "centreNumber", o.name as centre, f.function, p.id as "productId", p.title as product, p.code,
      min(f.starts_on)::text as "startsOn",
      coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'title', r.title, 'productId', r.product_id, 'expiresOn', r.expires_on,
          'recordedAt', r.recorded_at, 'corrects', r.supersedes_id is not null, 'withdrawnAt', r.withdrawn_at))
        from centres_hub.competence_records r where r.staff_member_id = s.id and (r.withdrawn_at is null or r.kind = 'licence')
          and not exists (select from centres_hub.competence_records n where n.supersedes_id = r.id)), '[]'::jsonb) as records,
      (select jsonb_build_object('function', d.function, 'productId', d.product_id, 'outcome', d.outcome, 'reasons', d.reasons,
          'decidedAt', d.decided_at, 'validFrom', d.valid_from, 'validUntil', d.valid_until, 'endReason', d.end_reason)
        from centres_hub.competence_decisions d where d.staff_member_id = s.id and d.function = f.function and d.product_id = p.id
        order by d.decided_at desc, d.id desc limit 1) as decision
    from centres_hub.staff_functions f
    join centres_hub.staff_members s on s.id = f.staff_member_id and s.left_at is null
    join accounts.published_organisations o on o.id = f.centre_id
    join centres_hub.approvals a on a.centre_id = f.centre_id and a.ended_at is null and (f.product_id is null or a.product_id = f.product_id)
    join products.published_products p on p.id = a.product_id
    left join accounts.published_people q on q.id = s.person_id
    where f.ended_at is null and f.function in ('assessor', 'iqa')
      and (s.person_id is null or exists (select from accounts.published_current_roles c
        where c.person_id = s.person_id and c.organisation_id = f.centre_id and c.role <> 'candidate'))
      and not exists (select from centres_hub.competence_decisions d where d.staff_member_id = s.id and d.function = f.function
        and d.product_id = p.id and d.outcome = 'approved' and d.ended_at is null and d.valid_until > ${soon}::date
        and not exists (select from centres_hub.competence_records w where w.staff_member_id = s.id and w.withdrawn_at > d.decided_at))
    group by s.id, q.id, q.given_names, q.family_name, o.number, o.name, f.function, p.id, p.title, p.code`);
}

/** Who waits for the awarding body to decide, over all centres. */
export async function waitingOf(reader: Pick<Reader, 'rows' | 'now'>): Promise<Waiting[]> {
  const today = dayInLondon(reader.now);
  const soon = Temporal.PlainDate.from(today).add({ days: RENEW_DAYS }).toString();
  return (await put(reader, soon)).flatMap(({ records, decision, startsOn, ...one }) => {
    const parsed = records.map((record) => ({
      ...record,
      recordedAt: new Date(record.recordedAt),
      withdrawnAt: record.withdrawnAt === null ? null : new Date(record.withdrawnAt),
    }));
    const last = decision && { ...decision, decidedAt: new Date(decision.decidedAt) };
    const why = decisionDue(last, parsed, today, soon);
    if (why === null) return [];
    const newest = parsed
      .map(({ recordedAt }) => dayInLondon(recordedAt))
      .sort()
      .at(-1);
    const since = why === 'never' ? later(startsOn, newest) : why === 'new_evidence' ? newest : last?.validUntil;
    return [{ ...one, why, since: since ?? startsOn }];
  });
}

const later = (one: string, other: string | undefined) => (other !== undefined && other > one ? other : one);

/** GET /centres-hub/competence-queue */
export const showQueue = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const all = await context.read(waitingOf);
  const found = fitting(all, query);
  const rows = sorted(
    found.filter(({ why }) => !query.why || why === query.why),
    query,
  );
  const count = (why: WaitsFor) => found.filter((one) => one.why === why).length;
  return page(
    await queuePage(context as Context, {
      query,
      rows: pageOf(rows, query),
      total: rows.length,
      known: all.length,
      all: found.length,
      count,
    }),
  );
});

/** GET /centres-hub/competence-queue/export */
export const exportQueue = handler({ query: listQuery }, async (context) => {
  const { query } = context;
  const found = fitting(await context.read(waitingOf), query).filter(({ why }) => !query.why || why === query.why);
  return listFile(
    'competence-waiting',
    ['Name', 'Centre', 'Number', 'Function', 'Product', 'Why', 'Since or last day'],
    sorted(found, query).map((one) => [
      one.name,
      one.centre,
      one.centreNumber,
      FUNCTION_NAMES[one.function],
      one.product,
      WAITS_WORDS[one.why],
      one.since,
    ]),
  );
});

function fitting(rows: readonly Waiting[], query: QueueQuery): Waiting[] {
  const asked = rows.filter((one) => !query.function || one.function === query.function);
  return withWords(asked, query.q, (one) => `${one.name} ${one.centre} ${one.centreNumber} ${one.product}`);
}

function sorted(rows: readonly Waiting[], query: QueueQuery): Waiting[] {
  const byName = [...rows].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.product.localeCompare(b.product, 'en'),
  );
  return inOrder(byName, query, {
    name: (one) => one.name,
    centre: (one) => one.centre,
    product: (one) => one.product,
    since: (one) => one.since,
  });
}
