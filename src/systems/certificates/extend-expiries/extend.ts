/** Applying a rule of extension: once, to the awards that were looked at, in one transaction. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { awardExtended, expiriesExtended } from '../audit.ts';
import { tellExtended } from '../notifications.ts';
import { formatSerial } from '../serial/serial.ts';
import { type MovedAward, markOfPlan, type NewExtension, type Plan, planExtension } from './plan.ts';

/** The field of the mark of what was looked at; refused while nobody has looked. */
export const LOOK = 'seen';

/**
 * Enters the rule and moves what it moves; returns the plan, or null where this rule was applied before. Throws Refused,
 * field `seen`, when the awards are not those that were looked at.
 */
export async function extendExpiries(writer: Writer, rule: NewExtension, seen: string): Promise<Plan | null> {
  // One rule after the other: each counts what the one before has extended.
  await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended('certificates.extensions', 0))`);
  const [before] = await writer.rows(sql`select from certificates.extensions where id = ${rule.id}`);
  if (before) return null;
  const plan = await planExtension(writer, rule);
  if (seen !== markOfPlan(rule, plan))
    throw new Refused([{ field: LOOK, message: 'Look at what it would do, then extend' }]);
  if (plan.moved.length === 0)
    throw new Refused('No award expires in these windows, so there is nothing to extend. Change the windows');
  await writer.rows(sql`
    insert into certificates.extensions (id, name, reason, product_ids, windows, months, most_times, applied_at, applied_by)
    values (${rule.id}, ${rule.name}, ${rule.reason}, ${[...rule.productIds]}::uuid[], ${JSON.stringify(rule.windows)}::jsonb,
      ${rule.months}, ${rule.mostTimes}, ${writer.now}, ${writer.identity.personId})`);
  const column = (name: keyof MovedAward) => plan.moved.map((award) => award[name]);
  await writer.rows(sql`
    insert into certificates.extended_awards (extension_id, certificate_id, centre_id, window_name, from_day, to_day, at)
    select ${rule.id}, u.*, ${writer.now} from unnest(${column('certificateId')}::uuid[], ${column('centreId')}::uuid[],
      ${column('window')}::text[], ${column('from')}::date[], ${column('to')}::date[]) u`);
  const { name, reason, months, mostTimes } = rule;
  const { preview, notCurrent } = plan;
  await writer.audit(
    expiriesExtended,
    { kind: 'extension', id: rule.id },
    { name, reason, months, mostTimes, extended: preview.extended, leftOut: { ...preview.leftOut, notCurrent } },
    null,
  );
  const byCentre = new Map<string, MovedAward[]>();
  for (const award of plan.moved) {
    const awards = byCentre.get(award.centreId);
    if (awards) awards.push(award);
    else byCentre.set(award.centreId, [award]);
  }
  for (const [centreId, awards] of byCentre) {
    await writer.auditMany(
      awardExtended,
      awards.map(({ certificateId, serial, from, to }) => ({
        subject: { kind: 'certificate', id: certificateId },
        payload: { serial: formatSerial(serial), extension: rule.id, from, to },
      })),
      centreId,
    );
    await tellExtended(writer, { centreId, name, reason, months, awards: awards.length });
  }
  return plan;
}
