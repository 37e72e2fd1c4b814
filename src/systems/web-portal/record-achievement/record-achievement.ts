import type { Writer } from '#platform/database/database.ts';
import { NotFound } from '#platform/http/answers.ts';
import { checkRule, ruleWithPathway, unitsOf, versionById } from '#products';
import { unitAchieved } from '../audit.ts';
import { choiceOf } from '../pathway-choice/choices.ts';
import { keepsAchievements } from '../registration-state/registration-state.ts';
import type { AchievementSource, Grade } from '../registrations/registrations.ts';
import { tellWebhooks } from '../webhooks/tell.ts';

export interface AchievementToRecord {
  readonly registrationId: string;
  readonly unitId: string;
  readonly sourceKind: AchievementSource;
  /** The sitting, the portfolio's unit, or the decision it comes from. */
  readonly sourceId: string;
  /** When the unit was achieved. */
  readonly at: Date;
  readonly grade?: Grade;
}

export interface RecordedAchievement {
  /** `void`: the registration never counted, so nothing was recorded. */
  readonly outcome: 'recorded' | 'already_recorded' | 'void';
  /** The rule of combination is met: a certificate can be claimed. */
  readonly requirementsMet: boolean;
}

/**
 * Notes that a unit is achieved, in the transaction of the writer (scope: the registration's centre, or the system).
 * The same unit a second time changes nothing. A unit achieved counts also when the registration was withdrawn or has
 * lapsed meanwhile (units are kept, domain 7); only a void registration takes none.
 * Throws NotFound for a registration out of scope and an error for a unit of another product.
 */
export async function recordUnitAchievement(
  writer: Writer,
  achievement: AchievementToRecord,
): Promise<RecordedAchievement> {
  const { registrationId, unitId, sourceKind, sourceId, at, grade = 'pass' } = achievement;
  const registration = await writer.db
    .selectFrom('web_portal.registrations')
    .select(['centre_id', 'product_version_id', 'state', 'requirements_met_at'])
    .where('id', '=', registrationId)
    .forUpdate()
    .executeTakeFirst();
  if (!registration) throw new NotFound();
  if (!keepsAchievements(registration.state)) return { outcome: 'void', requirementsMet: false };

  const [version, units] = [
    await versionById(writer, registration.product_version_id),
    await unitsOf(writer, registration.product_version_id),
  ];
  const unit = units.find((one) => one.id === unitId);
  if (!version || !unit)
    throw new Error(`Unit ${unitId} is not of the version that registration ${registrationId} is for`);

  const inserted = await writer.db
    .insertInto('web_portal.unit_achievements')
    .values({
      centre_id: registration.centre_id,
      registration_id: registrationId,
      unit_id: unitId,
      achieved_at: at,
      grade,
      source_kind: sourceKind,
      source_id: sourceId,
      recorded_by: writer.identity.personId,
    })
    .onConflict((conflict) => conflict.columns(['registration_id', 'unit_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) return { outcome: 'already_recorded', requirementsMet: registration.requirements_met_at !== null };

  const achieved = await writer.db
    .selectFrom('web_portal.unit_achievements')
    .select('unit_id')
    .where('registration_id', '=', registrationId)
    .execute();
  const ids = new Set(achieved.map((one) => one.unit_id));
  const answer = checkRule(
    ruleWithPathway(version, (await choiceOf(writer, registrationId)).pathway),
    units,
    units.filter((one) => ids.has(one.id)).map((one) => one.code),
  );
  await writer.db
    .updateTable('web_portal.registrations')
    .set({
      units_achieved: answer.counted.length,
      requirements_met_at: answer.satisfied ? (registration.requirements_met_at ?? at) : null,
    })
    .where('id', '=', registrationId)
    .execute();
  await writer.audit(
    unitAchieved,
    { kind: 'registration', id: registrationId },
    { unitCode: unit.code, grade, sourceKind, sourceId, requirementsMet: answer.satisfied },
    registration.centre_id,
  );
  await tellWebhooks(writer, registration.centre_id, 'unit.achieved', [
    {
      registrationId,
      unitCode: unit.code,
      grade,
      achievedAt: at.toISOString(),
      requirementsMet: answer.satisfied,
    },
  ]);
  return { outcome: 'recorded', requirementsMet: answer.satisfied };
}
