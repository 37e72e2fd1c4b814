/** Every change of a notice, each asking the one transition function and recorded in the same transaction. */
import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { formatDate } from '#ui';
import { noticeDiscarded, noticeEnded, noticePublished, noticeWritten } from '../audit.ts';
import { noticeToConfirm } from '../notifications/notification-kinds.ts';
import { draftOf, type Notice, type NoticeContent, noticeById, publishedOf } from './notice-records.ts';
import { type NoticeAct, noticeTransition, standingOn } from './notice-state.ts';

const subject = (id: string) => ({ kind: 'notice', id });

/** The notice, locked, and the state after the act. Throws NotFound, and Refused with the sentence of the rule. */
async function moving(writer: Writer, id: string, act: NoticeAct) {
  const notice = await noticeById(writer, id, true);
  if (!notice) throw new NotFound();
  const moved = noticeTransition(notice.state, act, draftOf(notice) !== null);
  if (!moved.ok) throw new Refused(moved.message);
  return { notice, state: moved.state };
}

function columns(writer: Writer, content: NoticeContent) {
  return {
    title: content.title,
    body: content.body,
    reach: content.reach,
    product_id: content.productId,
    roles: [...content.roles],
    shows_from: content.showsFrom,
    shows_until: content.showsUntil,
    acknowledge_words: content.acknowledgeWords,
    correction: content.correction,
    renewed: content.renewed,
    written_at: writer.now,
    written_by: writer.identity.personId,
  };
}

/** Writes the draft of a new notice and returns its id. */
export async function draftNotice(writer: Writer, content: NoticeContent): Promise<string> {
  const { id } = await writer.db
    .insertInto('connect.notices')
    .values({ created_at: writer.now, created_by: writer.identity.personId })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addVersion(writer, id, 1, { ...content, correction: null, renewed: true });
  return id;
}

async function addVersion(writer: Writer, id: string, version: number, content: NoticeContent): Promise<void> {
  await writer.db
    .insertInto('connect.notice_versions')
    .values({ notice_id: id, version, ...columns(writer, content) })
    .execute();
  await writer.audit(noticeWritten, subject(id), { version }, null);
}

/** Changes the draft, of a notice or of a correction. */
export async function changeDraft(writer: Writer, id: string, content: NoticeContent): Promise<void> {
  const { notice } = await moving(writer, id, 'change');
  const version = draftOf(notice)?.version as number;
  const first = version === 1 ? { correction: null, renewed: true } : {};
  await writer.db
    .updateTable('connect.notice_versions')
    .set(columns(writer, { ...content, ...first }))
    .where('notice_id', '=', id)
    .where('version', '=', version)
    .execute();
  await writer.audit(noticeWritten, subject(id), { version }, null);
}

/** Drafts a correction of a published notice: the next version. */
export async function draftCorrection(writer: Writer, id: string, content: NoticeContent): Promise<void> {
  const { notice } = await moving(writer, id, 'correct');
  await addVersion(writer, id, (notice.versions[0]?.version ?? 0) + 1, content);
}

/** Throws away what was not published: the notice itself where nothing of it was. */
export async function discardDraft(writer: Writer, id: string): Promise<'notice' | 'correction'> {
  const { notice } = await moving(writer, id, 'discard');
  const version = draftOf(notice)?.version as number;
  await writer.db
    .deleteFrom('connect.notice_versions')
    .where('notice_id', '=', id)
    .where('version', '=', version)
    .execute();
  if (notice.state === 'draft') await writer.db.deleteFrom('connect.notices').where('id', '=', id).execute();
  await writer.audit(noticeDiscarded, subject(id), { version }, null);
  return notice.state === 'draft' ? 'notice' : 'correction';
}

/** Publishes the draft: from its first day on its readers see it, and are told at once where they must confirm it. */
export async function publishNotice(writer: Writer, id: string): Promise<void> {
  const { notice, state } = await moving(writer, id, 'publish');
  const draft = draftOf(notice) as NonNullable<ReturnType<typeof draftOf>>;
  const today = dayInLondon(writer.now);
  if (draft.showsUntil !== null && draft.showsUntil < today)
    throw new Refused('Its last day is over. Change the draft and choose a later day, or none');
  await writer.db
    .updateTable('connect.notice_versions')
    .set({ published_at: writer.now, published_by: writer.identity.personId })
    .where('notice_id', '=', id)
    .where('version', '=', draft.version)
    .execute();
  await writer.db
    .updateTable('connect.notices')
    .set({
      state,
      published_version: draft.version,
      ...(draft.renewed || notice.renewedVersion === null ? { renewed_version: draft.version } : {}),
    })
    .where('id', '=', id)
    .execute();
  const told = await tellReaders(writer, id);
  await writer.audit(
    noticePublished,
    subject(id),
    { version: draft.version, title: draft.title, reach: draft.reach, told },
    null,
  );
}

/** Ends a published notice: it is shown to nobody any more, but to those who had read it. */
export async function endNotice(writer: Writer, id: string, reason: string): Promise<void> {
  const { state } = await moving(writer, id, 'end');
  await writer.db
    .updateTable('connect.notices')
    .set({ state, ended_at: writer.now, ended_by: writer.identity.personId, end_reason: reason })
    .where('id', '=', id)
    .execute();
  await writer.audit(noticeEnded, subject(id), { reason }, null);
}

/** Notifies the readers of a notice that is in force and must be confirmed, once for each time it is shown as new. */
async function tellReaders(writer: Writer, id: string): Promise<number> {
  const notice = await noticeById(writer, id, true);
  const version = notice && publishedOf(notice);
  if (!notice || !version?.acknowledgeWords || notice.toldVersion === notice.renewedVersion) return 0;
  if (standingOn({ ...version, state: notice.state }, dayInLondon(writer.now)) !== 'shown') return 0;
  const readers = await writer.rows(sql<{ id: string }>`
    select distinct r.person_id as id from connect.readers_of(${id}, ${version.version}) r`);
  const told = await writer.notify({
    kind: noticeToConfirm,
    personIds: readers.map((reader) => reader.id),
    subject: `To confirm: ${version.title}`,
    body: `The awarding body has published the notice "${version.title}" and asks you to confirm that you have read it${untilWords(version.showsUntil)}.`,
    href: `/notices/${id}`,
  });
  await writer.db
    .updateTable('connect.notices')
    .set({ told_version: notice.renewedVersion })
    .where('id', '=', id)
    .execute();
  return told;
}

export const untilWords = (until: string | null) => (until ? `, until ${formatDate(until)}` : '');

/** Tells the readers of notices whose first day has come; each in a transaction of its own. Returns how many notices. */
export async function tellOfNoticesThatBegin(services: Services): Promise<number> {
  const due = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<Pick<Notice, 'id'>>`
      select n.id from connect.notices n
      join connect.notice_versions v on v.notice_id = n.id and v.version = n.published_version
      where n.state = 'published' and v.acknowledge_words is not null and n.told_version is distinct from n.renewed_version
        and v.shows_from <= ${dayInLondon(reader.now)}::date and (v.shows_until is null or v.shows_until >= ${dayInLondon(reader.now)}::date)`),
  );
  for (const { id } of due) await services.database.write(SYSTEM, (writer) => tellReaders(writer, id));
  return due.length;
}
