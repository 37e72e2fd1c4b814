import type { Reader } from '#platform/database/database.ts';
import type { Language } from '#products';
import { choiceOf } from '../pathway-choice/choices.ts';
import type { RegistrationState } from '../registration-state/registration-state.ts';

export type Grade = 'pass' | 'merit' | 'distinction';
export type AchievementSource =
  | 'sitting'
  | 'portfolio'
  | 'recognition_of_prior_learning'
  | 'credit_transfer'
  | 'transfer';

/** The words people read for each. */
export const GRADE_NAMES: Record<Grade, string> = { pass: 'Pass', merit: 'Merit', distinction: 'Distinction' };
export const SOURCE_NAMES: Record<AchievementSource, string> = {
  sitting: 'Online test',
  portfolio: 'Portfolio',
  recognition_of_prior_learning: 'Recognition of prior learning',
  credit_transfer: 'Credit transfer',
  transfer: 'Moved with the registration',
};

/** A unit that a candidate has achieved, and where that comes from. */
export interface UnitAchievement {
  readonly unitId: string;
  readonly achievedAt: Date;
  readonly grade: Grade;
  readonly sourceKind: AchievementSource;
  readonly sourceId: string;
}

/** What a claim needs to know of a registration and its candidate. */
export interface RegistrationForClaim {
  readonly id: string;
  readonly centreId: string;
  readonly productId: string;
  readonly versionId: string;
  readonly state: RegistrationState;
  readonly registeredAt: Date;
  /** YYYY-MM-DD */
  readonly programmeStart: string;
  readonly late: boolean;
  readonly assessmentLanguage: Language;
  /** Title of the pathway chosen, or null. */
  readonly pathway: string | null;
  /** Since when the rule of combination is met, or null. */
  readonly requirementsMetAt: Date | null;
  readonly candidate: {
    readonly id: string;
    readonly personId: string | null;
    readonly number: string;
    readonly givenNames: string;
    readonly familyName: string;
    /** YYYY-MM-DD */
    readonly birthDate: string;
    readonly uln: string | null;
    readonly ulnAbsentReason: string | null;
  };
  readonly achievements: readonly UnitAchievement[];
}

/** The units achieved on a registration, in the order in which they were. */
export async function unitAchievementsOf(
  reader: Pick<Reader, 'db'>,
  registrationId: string,
): Promise<UnitAchievement[]> {
  return reader.db
    .selectFrom('web_portal.unit_achievements')
    .select([
      'unit_id as unitId',
      'achieved_at as achievedAt',
      'grade',
      'source_kind as sourceKind',
      'source_id as sourceId',
    ])
    .where('registration_id', '=', registrationId)
    .orderBy('achieved_at')
    .orderBy('id')
    .execute();
}

/** A registration with its candidate and achieved units, as far as whoever asks may see it; else null. */
export async function registrationForClaim(
  reader: Pick<Reader, 'db'>,
  registrationId: string,
): Promise<RegistrationForClaim | null> {
  const row = await reader.db
    .selectFrom('web_portal.registrations as r')
    .innerJoin('web_portal.candidates as c', 'c.id', 'r.candidate_id')
    .select([
      'r.id',
      'r.centre_id as centreId',
      'r.product_id as productId',
      'r.product_version_id as versionId',
      'r.state',
      'r.registered_at as registeredAt',
      'r.programme_start as programmeStart',
      'r.late',
      'r.assessment_language as assessmentLanguage',
      'r.requirements_met_at as requirementsMetAt',
      'c.id as candidateId',
      'c.person_id as personId',
      'c.candidate_number as number',
      'c.given_names as givenNames',
      'c.family_name as familyName',
      'c.birth_date as birthDate',
      'c.uln',
      'c.uln_absent_reason as ulnAbsentReason',
    ])
    .where('r.id', '=', registrationId)
    .executeTakeFirst();
  if (!row) return null;
  const { candidateId, personId, number, givenNames, familyName, birthDate, uln, ulnAbsentReason, ...registration } =
    row;
  return {
    ...registration,
    candidate: { id: candidateId, personId, number, givenNames, familyName, birthDate, uln, ulnAbsentReason },
    pathway: (await choiceOf(reader, registrationId)).pathway,
    achievements: await unitAchievementsOf(reader, registrationId),
  };
}
