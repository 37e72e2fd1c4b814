import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { formatDateTime } from '#ui';
import { noticeReminded } from '../audit.ts';
import { untilWords } from '../notices/move-notice.ts';
import { missingReaders } from '../notices/notice-figures.ts';
import { noticeById, publishedOf } from '../notices/notice-records.ts';
import { standingOn } from '../notices/notice-state.ts';
import { noticeReminder } from '../notifications/notification-kinds.ts';

const PAUSE_MS = 24 * 3_600_000;
const MOST = 100_000;

/** Notifies those who have not confirmed a notice, or where nothing is confirmed not read it; at most once a day. */
export async function remindReaders(writer: Writer, id: string): Promise<number> {
  const notice = await noticeById(writer, id, true);
  if (!notice) throw new NotFound();
  const version = publishedOf(notice);
  if (!version || standingOn({ ...version, state: notice.state }, dayInLondon(writer.now)) !== 'shown')
    throw new Refused('Nobody is reminded of a notice that is not shown today');
  const [last] = await writer.rows(sql<{ at: Date }>`
    select max(sent_at) as at from connect.notice_reminders where notice_id = ${id} having max(sent_at) is not null`);
  if (last && writer.now.getTime() - last.at.getTime() < PAUSE_MS)
    throw new Refused(`The last reminder went out on ${formatDateTime(last.at)}. Send the next one a day later`);
  const confirm = version.acknowledgeWords !== null;
  const missing = await missingReaders(writer, id, confirm ? 'acknowledged' : 'read', { limit: MOST, offset: 0 });
  if (missing.length === 0) throw new Refused('There is nobody left to remind');
  await writer.notify({
    kind: noticeReminder,
    personIds: missing.map(({ personId }) => personId),
    subject: `Reminder: ${version.title}`,
    body: `The notice "${version.title}" still waits for you to ${confirm ? 'confirm' : 'read'} it${untilWords(version.showsUntil)}.`,
    href: `/notices/${id}`,
  });
  await writer.db
    .insertInto('connect.notice_reminders')
    .values({ notice_id: id, sent_at: writer.now, sent_by: writer.identity.personId, people: missing.length })
    .execute();
  await writer.audit(noticeReminded, { kind: 'notice', id }, { people: missing.length }, null);
  return missing.length;
}
