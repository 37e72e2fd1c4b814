/** What an accepted transfer does: the registration ends here and goes on there, with its units and its first start. */
import { sql } from 'kysely';
import { mayClaim, mayRegister } from '#centres-hub';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { versionById } from '#products';
import {
  type AmendedRegistration,
  amendedRegistration,
  type EndPreview,
  previewEnd,
  refuseUnseen,
  registrationEnders,
} from '../amendments/look.ts';
import { registrationMoved } from '../audit.ts';
import { changeRegistrationState, lockRegistrations, noteStates } from '../change-state/change-state.ts';
import { isOpen } from '../pathway-choice/choice.ts';
import { choiceOf, recordChoices } from '../pathway-choice/choices.ts';
import { recordUnitAchievement } from '../record-achievement/record-achievement.ts';
import { transition } from '../registration-state/registration-state.ts';
import { unitAchievementsOf } from '../registrations/registrations.ts';
import type { EventData } from '../webhooks/events.ts';
import { tellWebhooks } from '../webhooks/tell.ts';
import { type Transfer, transferNumber } from './transfers.ts';

/**
 * Why a centre cannot take a registration over, or null. It is approved and may claim the version's certificates; and it
 * may register for it, but where the version is closed to new registrations: what runs may still go on elsewhere.
 */
export async function receiverProblem(
  reader: Pick<Reader, 'rows' | 'now' | 'db'>,
  centreId: string,
  { productId, versionId }: Pick<AmendedRegistration, 'productId' | 'versionId'>,
): Promise<string | null> {
  const today = dayInLondon(reader.now);
  const question = { centreId, productId, versionId, today };
  const claim = await mayClaim(question, reader);
  if (!claim.allowed) return claim.why;
  const version = await versionById(reader, versionId);
  if (version?.operationalEnd && version.operationalEnd < today) return null;
  const answer = await mayRegister(question, reader);
  return answer.allowed ? null : answer.why;
}

export interface MoveLook {
  readonly registration: AmendedRegistration;
  readonly preview: EndPreview;
  /** Why the centre that receives cannot take it over, or null. */
  readonly receiver: string | null;
}

/** What a move would do at the centre that gives, and what stands in its way. */
export async function lookAtMove(reader: Reader, registrationId: string, toCentreId: string | null): Promise<MoveLook> {
  const registration = await amendedRegistration(reader, registrationId, null);
  const { follows, obstacles } = await previewEnd(reader, registration);
  const allowed = transition(registration.state, 'transfer', registration);
  const problem = toCentreId === null ? null : await receiverProblem(reader, toCentreId, registration);
  return {
    registration,
    receiver: problem,
    preview: {
      follows,
      obstacles: [
        ...(allowed.ok ? [] : [allowed.message]),
        ...obstacles,
        ...(problem === null ? [] : [`The centre that receives: ${problem.replace(/\.$/, '')}`]),
      ],
    },
  };
}

/** Moves it, in the transaction of the acceptance. Returns the id of the registration that goes on. */
export async function moveRegistration(writer: Writer, transfer: Transfer, seen: string): Promise<string> {
  const { registrationId, fromCentreId, toCentreId } = transfer;
  await lockRegistrations(writer, fromCentreId, [registrationId]);
  const { registration, preview } = await lookAtMove(writer, registrationId, toCentreId);
  refuseUnseen(registration, preview, seen);
  if (preview.obstacles.length > 0) throw new Refused(preview.obstacles.join('. '));
  const number = transferNumber(transfer.number);
  for (const ender of registrationEnders())
    await ender.end?.(writer, registration, `The registration moved to another centre (${number})`);
  await changeRegistrationState(writer, {
    registrationId,
    act: 'transfer',
    reason: `Moved to ${transfer.toCentre} (${number})`,
  });
  const newId = await goOn(writer, transfer);
  await noteStates(writer, toCentreId, [
    {
      registrationId: newId,
      from: null,
      to: 'active',
      reason: `Moved here from ${transfer.fromCentre ?? ''} (${number})`,
    },
  ]);
  const choice = await choiceOf(writer, registrationId);
  if (!isOpen(choice))
    await recordChoices(writer, toCentreId, [{ registrationId: newId, choice, reason: `Moved here (${number})` }]);
  await carryWaiver(writer, registrationId, newId);
  await tellReceiver(writer, toCentreId, newId);
  const units = await carryUnits(writer, registrationId, newId);
  for (const centreId of [fromCentreId, toCentreId])
    await writer.audit(
      registrationMoved,
      { kind: 'registration', id: centreId === toCentreId ? newId : registrationId },
      { transfer: number, fromRegistration: registrationId, toRegistration: newId, units },
      centreId,
    );
  return newId;
}

/** The same registration at the other centre: all of it, but what was the first centre's own. */
async function goOn(writer: Writer, { registrationId, toCentreId }: Transfer): Promise<string> {
  await writer.rows(sql`
    insert into web_portal.centre_candidates (centre_id, candidate_id, how, joined_at, joined_by)
    select ${toCentreId}, r.candidate_id, 'transferred', ${writer.now}, ${writer.identity.personId}
    from web_portal.registrations r where r.id = ${registrationId} on conflict do nothing`);
  const [made] = await writer.rows(sql<{ id: string }>`
    insert into web_portal.registrations
    select n.* from web_portal.registrations r, lateral jsonb_populate_record(r, jsonb_build_object(
      'id', uuidv7(), 'centre_id', ${toCentreId}::uuid, 'site_id', null, 'order_reference', null, 'cohort', null, 'registered_by', null,
      'state', 'active', 'state_changed_at', ${writer.now}::timestamptz, 'units_achieved', 0, 'requirements_met_at', null,
      'transferred_from', r.id, 'origin_id', coalesce(r.origin_id, r.id))) n
    where r.id = ${registrationId} returning id`);
  return (made as { id: string }).id;
}

/** Lateness that our outage caused stays waived. */
async function carryWaiver(writer: Writer, fromId: string, toId: string): Promise<void> {
  await writer.rows(sql`
    insert into web_portal.lateness_waivers (registration_id, centre_id, outage_id, outage_began_at, outage_ended_at, waived_at)
    select n.id, n.centre_id, w.outage_id, w.outage_began_at, w.outage_ended_at, w.waived_at
    from web_portal.lateness_waivers w, web_portal.registrations n where w.registration_id = ${fromId} and n.id = ${toId}`);
}

/** The own system of the centre that receives hears of the registration as of every other. */
async function tellReceiver(writer: Writer, centreId: string, registrationId: string): Promise<void> {
  const made = await writer.rows(sql<EventData<'registration.made'>>`
    select r.id as "registrationId", c.id as "candidateId", c.candidate_number as "candidateNumber", p.code as "productCode",
      r.programme_start as "programmeStart", r.late
    from web_portal.registrations r join web_portal.candidates c on c.id = r.candidate_id
    join products.published_products p on p.id = r.product_id where r.id = ${registrationId}`);
  await tellWebhooks(writer, centreId, 'registration.made', made);
}

/** Each unit, with the day on which it was achieved and its grade; the source leads back to the first record of it. */
async function carryUnits(writer: Writer, fromId: string, toId: string): Promise<number> {
  const achieved = await unitAchievementsOf(writer, fromId);
  for (const { unitId, achievedAt, grade } of achieved)
    await recordUnitAchievement(writer, {
      registrationId: toId,
      unitId,
      sourceKind: 'transfer',
      sourceId: fromId,
      at: achievedAt,
      grade,
    });
  return achieved.length;
}
