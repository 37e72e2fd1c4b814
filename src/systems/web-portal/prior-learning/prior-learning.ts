/** Claims of prior learning as they are stored. */
import { sql } from 'kysely';
import type { Reader } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { Grade } from '../registrations/registrations.ts';
import type { PriorLearningAct, PriorLearningState } from './prior-learning-state.ts';

export const PRIOR_LEARNING_KINDS = {
  recognition_of_prior_learning: 'Recognition of prior learning',
  credit_transfer: 'Credit transfer',
} as const;
export type PriorLearningKind = keyof typeof PRIOR_LEARNING_KINDS;

/** What people call it: "P-1001". */
export const priorLearningNumber = (number: number): string => `P-${number}`;
export const PRIOR_LEARNING = '/web-portal/prior-learning';

export interface PriorLearning {
  readonly id: string;
  readonly number: number;
  readonly centreId: string;
  readonly centre: string;
  readonly registrationId: string;
  readonly registrationState: string;
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly candidateName: string;
  readonly productTitle: string;
  readonly versionId: string;
  readonly unitId: string;
  readonly unitTitle: string;
  readonly kind: PriorLearningKind;
  readonly grade: Grade;
  readonly grounds: string;
  readonly awardedBy: string | null;
  readonly certificateNumber: string | null;
  /** YYYY-MM-DD */
  readonly awardedOn: string | null;
  readonly state: PriorLearningState;
  readonly proposedAt: Date;
}

export interface PriorLearningEvent {
  readonly act: PriorLearningAct;
  readonly at: Date;
  readonly side: 'centre' | 'body';
  readonly personId: string | null;
  /** Null where the reader is not told who: a centre reads of "the awarding body". */
  readonly name: string | null;
  readonly words: string;
}

export const PRIOR_LEARNING_ROW = sql`p.id, p.number, p.centre_id as "centreId", o.name as centre, p.registration_id as "registrationId",
  r.state as "registrationState", c.id as "candidateId", c.candidate_number as "candidateNumber",
  c.given_names || ' ' || c.family_name as "candidateName", d.title as "productTitle", r.product_version_id as "versionId",
  p.unit_id as "unitId", u.title as "unitTitle", p.kind, p.grade, p.grounds, p.awarded_by as "awardedBy",
  p.certificate_number as "certificateNumber", p.awarded_on as "awardedOn", p.state, p.proposed_at as "proposedAt"`;
export const PRIOR_LEARNING_FROM = sql`web_portal.prior_learning p
  join web_portal.registrations r on r.id = p.registration_id and r.centre_id = p.centre_id
  join web_portal.published_candidates c on c.id = r.candidate_id and c.centre_id = r.centre_id
  join products.published_products d on d.id = r.product_id join products.published_units u on u.id = p.unit_id
  join accounts.published_organisations o on o.id = p.centre_id`;

/** One in the reader's scope; of one centre when `centreId` is given. NotFound else. */
export async function priorLearningById(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<PriorLearning> {
  const [found] = await reader.rows(sql<PriorLearning>`select ${PRIOR_LEARNING_ROW} from ${PRIOR_LEARNING_FROM}
    where p.id = ${id} and (${centreId}::uuid is null or p.centre_id = ${centreId}::uuid)`);
  if (!found) throw new NotFound();
  return found;
}

/** Those of a registration, newest first. */
export function priorLearningOf(
  reader: Pick<Reader, 'rows'>,
  registrationId: string,
): Promise<Pick<PriorLearning, 'id' | 'number' | 'unitId' | 'unitTitle' | 'kind' | 'state'>[]> {
  return reader.rows(sql<PriorLearning>`
    select p.id, p.number, p.unit_id as "unitId", u.title as "unitTitle", p.kind, p.state
    from web_portal.prior_learning p join products.published_units u on u.id = p.unit_id
    where p.registration_id = ${registrationId} order by p.number desc`);
}

/** What happened to it, oldest first. */
export async function eventsOf(
  reader: Pick<Reader, 'rows'>,
  id: string,
  forBody: boolean,
): Promise<PriorLearningEvent[]> {
  const rows = await reader.rows(sql<PriorLearningEvent>`
    select e.act, e.at, e.side, e.person_id as "personId", e.words,
      (select n.given_names || ' ' || n.family_name from accounts.published_people n where n.id = e.person_id) as name
    from web_portal.prior_learning_events e where e.prior_learning_id = ${id} order by e.at, e.id`);
  return rows.map((event) => (forBody || event.side === 'centre' ? event : { ...event, name: null }));
}

/** The people who proposed or mended it: none of them confirms it. */
export function proposersOf(events: readonly PriorLearningEvent[]): string[] {
  return events.flatMap(({ act, personId }) => ((act === 'propose' || act === 'mend') && personId ? [personId] : []));
}

export interface PriorLearningFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export function filesOf(reader: Pick<Reader, 'rows'>, id: string): Promise<PriorLearningFile[]> {
  return reader.rows(sql<PriorLearningFile>`
    select f.id, f.name, f.bytes from web_portal.prior_learning_files f where f.prior_learning_id = ${id} order by f.id`);
}
