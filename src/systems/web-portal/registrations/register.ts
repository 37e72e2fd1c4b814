import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { type FieldError, Refused } from '#platform/http/answers.ts';
import { candidateRegistered } from '../audit.ts';
import { noteStates } from '../change-state/change-state.ts';
import { waiveForOutages } from '../lateness-waiver/waive.ts';
import { isOpen } from '../pathway-choice/choice.ts';
import { recordChoices } from '../pathway-choice/choices.ts';
import { programmeDays } from '../programme-days/programme-days.ts';
import { tellWebhooks } from '../webhooks/tell.ts';
import type { Programme } from './programme.ts';
import { type RegistrationPlan, registrationPlans } from './registration-plans.ts';

/** Somebody of a centre who is registered for something. */
interface CandidateToRegister {
  readonly id: string;
  readonly number: string;
  /** For the sentence that refuses. */
  readonly name: string;
}

/**
 * Registers a candidate of the centre for a product, in the transaction of the writer. Days used and lateness are
 * computed here, once. Refused, at the field, when the centre may not register for the product, the site is not its
 * own, or the candidate has a registration for it in progress. Returns the registration's id.
 */
export async function register(
  writer: Writer,
  candidate: CandidateToRegister & { readonly centreId: string },
  programme: Programme,
): Promise<string> {
  const registered = await registerMany(writer, candidate.centreId, [{ candidate, programme }]);
  if (!registered.ok) throw new Refused(registered.problems.map(({ problem }) => problem));
  return registered.ids[0] as string;
}

interface RegistrationToMake {
  readonly candidate: CandidateToRegister;
  readonly programme: Programme;
}

type Registered =
  | { readonly ok: true; readonly ids: readonly string[] }
  | { readonly ok: false; readonly problems: readonly { readonly at: number; readonly problem: FieldError }[] };

/**
 * Registers many candidates of one centre by the same rules, in a few statements. Writes nothing when one of them is
 * refused, and says which (`at`: its place in the list) and why. The ids come in the order of the list.
 */
export async function registerMany(
  writer: Writer,
  centreId: string,
  asked: readonly RegistrationToMake[],
): Promise<Registered> {
  const planned = await registrationPlans(
    writer,
    centreId,
    asked.map(({ candidate: { id, name }, programme }) => ({ candidateId: id, name, programme })),
  );
  const problems = planned.flatMap((one, at) => (one.ok ? [] : [{ at, problem: one.problem }]));
  if (problems.length > 0) return { ok: false, problems };
  const plans = planned.flatMap((one) => (one.ok ? [one.plan] : []));
  return { ok: true, ids: await write(writer, centreId, asked, plans) };
}

async function write(
  writer: Writer,
  centreId: string,
  asked: readonly RegistrationToMake[],
  plans: readonly RegistrationPlan[],
): Promise<string[]> {
  const { now } = writer;
  const today = dayInLondon(now);
  const days = asked.map(({ programme: { programmeStart } }, at) =>
    programmeDays({ programmeStart, today, regulated: plans[at]?.product.regulated ?? false }),
  );
  const programmes = asked.map(({ programme }) => programme);
  const rows = await writer.rows(sql<{ id: string; place: number }>`
    with asked as (
      select * from unnest(${programmes.map((_, at) => at)}::int[], ${asked.map(({ candidate }) => candidate.id)}::uuid[],
        ${programmes.map(({ productId }) => productId)}::uuid[], ${plans.map(({ versionId }) => versionId)}::uuid[],
        ${programmes.map(({ siteId }) => siteId)}::uuid[], ${programmes.map(({ orderReference }) => orderReference)}::text[],
        ${programmes.map(({ assessmentLanguage }) => assessmentLanguage)}::text[], ${programmes.map(({ programmeStart }) => programmeStart)}::date[],
        ${programmes.map(({ funding = null }) => funding)}::text[], ${days.map(({ daysUsed }) => daysUsed)}::int[],
        ${days.map(({ late }) => late)}::boolean[], ${plans.map((plan) => plan.unitsNeeded)}::int[], ${programmes.map(({ cohort = null }) => cohort)}::text[])
        as a (place, candidate_id, product_id, version_id, site_id, order_reference, language, start, funding, days_used, late, needed, cohort)),
    numbered as (select *, uuidv7() as id from asked),
    made as (
      insert into web_portal.registrations (id, centre_id, candidate_id, product_id, product_version_id, site_id, order_reference,
        assessment_language, programme_start, funding, registered_at, registered_by, days_used, late, state, state_changed_at, units_needed, cohort)
      select id, ${centreId}, candidate_id, product_id, version_id, site_id, order_reference, language, start, funding, ${now},
        ${writer.identity.personId}::uuid, days_used, late, 'active', ${now}, needed, cohort from numbered order by place)
    select id, place from numbered order by place`);
  const ids = rows.map(({ id }) => id);
  await noteStates(
    writer,
    centreId,
    ids.map((registrationId) => ({ registrationId, from: null, to: 'active' as const, reason: 'Registered' })),
  );
  await recordChoices(
    writer,
    centreId,
    ids.flatMap((registrationId, at) => {
      const { choice } = programmes[at] as Programme;
      return choice && !isOpen(choice) ? [{ registrationId, choice, reason: 'Chosen with the registration' }] : [];
    }),
  );
  await waiveForOutages(
    writer,
    centreId,
    ids.flatMap((registrationId, at) =>
      days[at]?.late ? [{ registrationId, programmeStart: (programmes[at] as Programme).programmeStart }] : [],
    ),
  );
  await writer.auditMany(
    candidateRegistered,
    ids.map((id, at) => {
      const plan = plans[at] as RegistrationPlan;
      return {
        subject: { kind: 'registration', id },
        payload: {
          candidateNumber: asked[at]?.candidate.number ?? '',
          productCode: plan.product.code,
          version: plan.version,
          programmeStart: asked[at]?.programme.programmeStart ?? today,
          daysUsed: days[at]?.daysUsed ?? 0,
          late: days[at]?.late ?? false,
        },
      };
    }),
    centreId,
  );
  await tellWebhooks(
    writer,
    centreId,
    'registration.made',
    ids.map((registrationId, at) => {
      const { candidate, programme } = asked[at] as RegistrationToMake;
      return {
        registrationId,
        candidateId: candidate.id,
        candidateNumber: candidate.number,
        productCode: (plans[at] as RegistrationPlan).product.code,
        programmeStart: programme.programmeStart,
        late: days[at]?.late ?? false,
      };
    }),
  );
  return ids;
}
