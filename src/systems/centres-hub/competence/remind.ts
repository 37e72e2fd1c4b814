import { Temporal } from 'temporal-polyfill';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatDate } from '#ui';
import { daysLeft, dueReminders, inDays, RAN_OUT, REMIND_DAYS } from '../reminders/reminders.ts';
import { competenceRanOut } from './audit.ts';
import { type Expiry, expiriesUntil, expiryInWords } from './expiries.ts';
import { competenceRunsOut, tellOfCompetence } from './tell.ts';

/**
 * Reminds of licences and approvals that run out, and enters those that have. Each distance is told once, whatever is
 * repeated, restarted or missed; the right itself ends by the dates, without this. Returns how many were told.
 */
export async function remindOfExpiries(services: Services): Promise<number> {
  const today = dayInLondon(services.clock.now());
  const until = Temporal.PlainDate.from(today).add({ days: REMIND_DAYS[0] }).toString();
  const found = await services.database.read(SYSTEM, (reader) => expiriesUntil(reader, until));
  let told = 0;
  for (const { aboutId, lastDay, written } of found) {
    if (dueReminders(lastDay, today, written).length === 0) continue;
    told += await services.database.write(SYSTEM, (writer) => remindOf(writer, aboutId, until));
  }
  return told;
}

/** One licence or approval, in one transaction: what was withdrawn or written in the meantime is left alone. */
async function remindOf(writer: Writer, aboutId: string, until: string): Promise<number> {
  const [expiry] = await expiriesUntil(writer, until, { aboutId });
  if (!expiry) return 0;
  const today = dayInLondon(writer.now);
  const due = dueReminders(expiry.lastDay, today, expiry.written);
  if (due.length === 0) return 0;
  const made = await writer.db
    .insertInto('centres_hub.competence_reminders')
    .values(
      due.map(({ daysBefore, told }) => ({
        about_id: aboutId,
        days_before: daysBefore,
        about: expiry.about,
        centre_id: expiry.centreId,
        staff_member_id: expiry.staffMemberId,
        last_day: expiry.lastDay,
        written_at: writer.now,
        told,
      })),
    )
    .onConflict((conflict) => conflict.columns(['about_id', 'days_before']).doNothing())
    .returning(['days_before', 'told'])
    .execute();
  const telling = made.find(({ told }) => told);
  if (!telling) return 0;
  await tell(writer, expiry, telling.days_before === RAN_OUT ? null : daysLeft(expiry.lastDay, today));
  return 1;
}

/** `left`: days to the last day; null when it has passed. */
async function tell(writer: Writer, expiry: Expiry, left: number | null): Promise<void> {
  const { name, lastDay, about, centreId, staffMemberId, personId } = expiry;
  const what = expiryInWords(expiry);
  const What = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  if (left === null)
    await writer.audit(
      competenceRanOut,
      { kind: about === 'licence' ? 'competence-record' : 'competence-decision', id: expiry.aboutId },
      { name, about, what: expiry.title, lastDay },
      centreId,
    );
  const next =
    about === 'licence'
      ? 'Add the renewed licence by correcting the record.'
      : 'The awarding body decides anew on the records: keep them up to date.';
  await tellOfCompetence(
    writer,
    competenceRunsOut,
    centreId,
    { id: personId ?? staffMemberId, personId },
    {
      subject: left === null ? `${What} of ${name} has run out` : `${What} of ${name} runs out ${inDays(left)}`,
      body:
        left === null
          ? `${What} of ${name} ran out on ${formatDate(lastDay)}. The right that rests on it has ended. ${next}`
          : `${What} of ${name} runs out: its last day is ${formatDate(lastDay)}. The right that rests on it ends with that day. ${next}`,
    },
  );
}
