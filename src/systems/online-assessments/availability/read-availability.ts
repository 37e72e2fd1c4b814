import { sql } from 'kysely';
import { maySit } from '#centres-hub';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { LIVE_STATES, type SittingState } from '../sitting/states.ts';
import { type Availability, type AvailabilityFacts, availability } from './availability.ts';

export interface UnitOfRegistration {
  readonly registrationId: string;
  readonly unitId: string;
}

/** The published form that a unit is tested with now. */
export interface FormOfUnit {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly title: string;
  readonly questions: number;
  readonly baseSeconds: number;
}

export interface AvailabilityOfUnit {
  readonly facts: AvailabilityFacts;
  readonly form: FormOfUnit | null;
  readonly candidateId: string;
  readonly centreId: string;
}

interface Row {
  centre_id: string;
  candidate_id: string;
  product_id: string;
  product_version_id: string;
  state: string;
  registered_at: Date;
  operational_start: string;
  certification_end: string | null;
  form_id: string | null;
  code: string;
  version: number;
  title: string;
  questions: number;
  base_seconds: number;
  hours_after_registration: number;
  hours_after_fail: number;
  sittings_allowed: number | null;
  withdrawn_at: Date | null;
  achieved: boolean;
}

const dayInLondon = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });

/** Reads what the rule needs. `without`: a sitting that is looked at itself and does not count as another one. */
export async function readAvailability(
  reader: Reader,
  { registrationId, unitId }: UnitOfRegistration,
  without?: string,
): Promise<AvailabilityOfUnit> {
  const [row] = await reader.rows(sql<Row>`
    select r.centre_id, r.candidate_id, r.product_id, r.product_version_id, r.state, r.registered_at, v.operational_start, v.certification_end,
      f.id as form_id, f.code, f.version, f.title, f.questions, f.base_seconds, f.hours_after_registration, f.hours_after_fail, f.sittings_allowed, f.withdrawn_at,
      exists (select from web_portal.published_unit_achievements a where a.registration_id = r.id and a.unit_id = u.id) as achieved
    from web_portal.published_registrations r
    join products.published_versions v on v.id = r.product_version_id
    join products.published_units u on u.id = ${unitId} and u.version_id = v.id
    left join lateral (
      select * from online_assessments.test_forms f
      where f.product_id = r.product_id and f.unit_code = u.code and f.published_at is not null and f.withdrawn_at is null
      order by f.published_at desc, f.version desc limit 1) f on true
    where r.id = ${registrationId} and (${reader.identity.centreId}::uuid is null or r.centre_id = ${reader.identity.centreId}::uuid)`);
  if (!row) throw new NotFound();
  const sittings = await reader.rows(sql<{ state: SittingState; ended_at: Date | null; passed: boolean | null }>`
    select s.state, s.ended_at, (select x.passed from online_assessments.results x where x.sitting_id = s.id and x.released_at is not null order by x.version desc limit 1) as passed
    from online_assessments.sittings s
    where s.registration_id = ${registrationId} and s.unit_id = ${unitId} and s.state not in ('cancelled', 'absent', 'void')
      and s.id is distinct from ${without ?? null}::uuid`);
  const [before] = await reader.rows(sql<{ sat: number; lastFailedAt: Date | null }>`
    select sat, last_failed_at as "lastFailedAt" from online_assessments.sat_before_transfer(${registrationId}, ${unitId})`);
  const centre = await maySit(
    {
      centreId: row.centre_id,
      productId: row.product_id,
      versionId: row.product_version_id,
      today: dayInLondon.format(reader.now),
    },
    reader,
  );
  return {
    candidateId: row.candidate_id,
    centreId: row.centre_id,
    form: row.form_id
      ? {
          id: row.form_id,
          code: row.code,
          version: row.version,
          title: row.title,
          questions: row.questions,
          baseSeconds: row.base_seconds,
        }
      : null,
    facts: {
      registration: { state: row.state, registeredAt: row.registered_at },
      product: { operationalStart: row.operational_start, certificationEnd: row.certification_end },
      form: row.form_id
        ? {
            hoursAfterRegistration: row.hours_after_registration,
            hoursAfterFail: row.hours_after_fail,
            sittingsAllowed: row.sittings_allowed,
            withdrawnAt: row.withdrawn_at,
          }
        : null,
      sittings: sittings.map(({ state, ended_at, passed }) => ({
        live: LIVE_STATES.includes(state),
        endedAt: ended_at,
        passed,
      })),
      beforeTransfer: before ?? { sat: 0, lastFailedAt: null },
      achieved: row.achieved,
      centre: centre.allowed ? { ok: true } : { ok: false, reason: centre.why },
    },
  };
}

/** May the candidate sit the test of this unit at the moment `at`, and if not why and from when. */
export async function availabilityOf(reader: Reader, unit: UnitOfRegistration, at: Date): Promise<Availability> {
  return availability((await readAvailability(reader, unit)).facts, at);
}
