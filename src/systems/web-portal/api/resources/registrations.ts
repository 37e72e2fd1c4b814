import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { REGISTRATION_STATES, type RegistrationState } from '../../registration-state/registration-state.ts';
import { reads } from '../requests/operation.ts';
import { pagingFields, partOf, placeOf } from './paging.ts';
import { registration, registrationList } from './schemas.ts';

interface Row {
  readonly id: string;
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly productId: string;
  readonly productCode: string;
  readonly productVersion: number;
  readonly state: RegistrationState;
  readonly stateChangedAt: Date;
  readonly registeredAt: Date;
  readonly programmeStart: string;
  readonly daysUsed: number;
  readonly late: boolean;
  readonly siteId: string | null;
  readonly assessmentLanguage: string;
  readonly orderReference: string | null;
  readonly funding: 'funded' | 'not_funded' | null;
  readonly cohort: string | null;
  readonly unitsNeeded: number;
  readonly unitsAchieved: number;
  readonly requirementsMetAt: Date | null;
}

function rowsWhere(
  reader: Pick<Reader, 'rows'>,
  conditions: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<Row[]> {
  return reader.rows(sql<Row>`
    select r.id, r.candidate_id as "candidateId", c.candidate_number as "candidateNumber", r.product_id as "productId",
      p.code as "productCode", v.version as "productVersion", r.state, r.state_changed_at as "stateChangedAt",
      r.registered_at as "registeredAt", r.programme_start as "programmeStart", r.days_used as "daysUsed", r.late,
      r.site_id as "siteId", r.assessment_language as "assessmentLanguage", r.order_reference as "orderReference", r.funding, r.cohort,
      r.units_needed as "unitsNeeded", r.units_achieved as "unitsAchieved", r.requirements_met_at as "requirementsMetAt"
    from web_portal.registrations r
    join web_portal.candidates c on c.id = r.candidate_id
    join products.published_products p on p.id = r.product_id
    join products.published_versions v on v.id = r.product_version_id
    where ${sql.join([...conditions], sql` and `)}
    order by r.id limit ${limit}`);
}

const shown = (row: Row) => ({
  ...row,
  stateChangedAt: row.stateChangedAt.toISOString(),
  registeredAt: row.registeredAt.toISOString(),
  requirementsMetAt: row.requirementsMetAt?.toISOString() ?? null,
});

/** One registration of the centre as the API shows it; NotFound where it has none of this id. */
export async function registrationShown(
  reader: Pick<Reader, 'rows'>,
  centreId: string,
  registrationId: string,
): Promise<ReturnType<typeof shown>> {
  const [row] = await rowsWhere(reader, [sql`r.centre_id = ${centreId}`, sql`r.id = ${registrationId}`], 1);
  if (!row) throw new NotFound();
  return shown(row);
}

export const listRegistrations = reads({
  id: 'listRegistrations',
  path: '/registrations',
  summary: 'Registrations of the centre',
  description: 'In the order in which they were made.',
  scope: 'registrations:read',
  params: z.object({}),
  query: z.strictObject({
    ...pagingFields,
    state: z.enum(REGISTRATION_STATES, `Send one of ${REGISTRATION_STATES.join(', ')}`).optional(),
    productCode: z.string().max(20).optional(),
    candidateId: z.uuid('Send the id of a candidate').optional(),
    changedSince: z.iso
      .datetime('Send a moment such as 2026-11-25T09:00:00Z')
      .optional()
      .describe('Only those whose state changed at this moment or later'),
  }),
  answer: registrationList,
  read: async (reader, { centreId, query }) => {
    const place = placeOf(query.after);
    const all = [sql`r.centre_id = ${centreId}`];
    if (place) all.push(sql`r.id > ${place}`);
    if (query.state) all.push(sql`r.state = ${query.state}`);
    if (query.productCode) all.push(sql`p.code = ${query.productCode}`);
    if (query.candidateId) all.push(sql`r.candidate_id = ${query.candidateId}`);
    if (query.changedSince) all.push(sql`r.state_changed_at >= ${query.changedSince}`);
    const { items, next } = partOf(await rowsWhere(reader, all, query.limit + 1), query.limit);
    return { items: items.map(shown), next };
  },
});

export const readRegistration = reads({
  id: 'readRegistration',
  path: '/registrations/{registrationId}',
  summary: 'One registration',
  description: 'With its state and the units achieved and needed.',
  scope: 'registrations:read',
  params: z.object({ registrationId: z.uuid() }),
  query: z.strictObject({}),
  answer: registration,
  read: (reader, { centreId, params }) => registrationShown(reader, centreId, params.registrationId),
});
