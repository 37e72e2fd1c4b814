/** Delivers notifications by mail: at once, or in one mail a day. Each step is one transaction that can be begun again. */
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { notificationKindOf } from '#platform/notifications/notification-kinds.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { formatDate } from '#ui';
import { digestMail, type MailItem, type MailParts, notificationMail } from './compose-mail.ts';
import { digestDue } from './digest-time.ts';

/** So many mails in one transaction. */
const BATCH = 100;

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string | null;
  readonly organisation: string | null;
}

const COLUMNS = sql`t.id, t.kind, t.subject, t.body, t.person_id as "personId", p.given_names || ' ' || p.family_name as name, p.email,
  case o.kind when 'centre' then o.name || ' (centre ' || o.number || ')' else o.name end as organisation`;
const FROM = sql`platform.notifications t join accounts.published_people p on p.id = t.person_id
  left join accounts.published_organisations o on o.id = t.organisation_id`;

const partsFor = ({ settings }: Services, { name }: Row): MailParts => ({
  brandName: brand.name,
  publicUrl: settings.publicUrl,
  name,
});

const itemOf = ({ id, kind, subject, body, organisation }: Row): MailItem => {
  const known = notificationKindOf(kind);
  return {
    id,
    subject,
    body,
    organisation,
    because: known?.because ?? 'it concerns you',
    security: known?.security ?? false,
  };
};

/** Writes the mails of notifications that go out at once, oldest first. Returns how many. */
export async function mailNotifications(services: Services): Promise<number> {
  let written = 0;
  for (;;) {
    const count = await services.database.write(SYSTEM, (writer) => mailNext(services, writer));
    written += count;
    if (count < BATCH) return written;
  }
}

async function mailNext(services: Services, writer: Writer): Promise<number> {
  const rows = await writer.rows(sql<Row>`
    select ${COLUMNS} from ${FROM} where t.way in ('mail', 'both') and t.mailed_at is null
    order by t.at, t.id limit ${BATCH} for update of t skip locked`);
  for (const row of rows) {
    if (row.email)
      await writer.mail({
        kind: row.kind,
        to: row.email,
        personId: row.personId,
        ...notificationMail(partsFor(services, row), itemOf(row)),
      });
    await writer.db
      .updateTable('platform.notifications')
      // Without an address it stays in the page, unread.
      .set(row.email ? { mailed_at: writer.now } : { mailed_at: writer.now, way: 'page', read_at: null })
      .where('id', '=', row.id)
      .execute();
  }
  return rows.length;
}

/**
 * Writes the daily mails that are due, one person a transaction. A person gets at most one a day: the row of that day is
 * written with the mail. What was read in the page before is not told again. Returns how many mails were written.
 */
export async function mailDigests(services: Services): Promise<number> {
  const due = digestDue(services.clock.now());
  const people = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ id: string }>`
      select distinct t.person_id as id from platform.notifications t
      where t.way = 'digest' and t.digest_day is null and t.at < ${due.before}
        and not exists (select from platform.digests d where d.person_id = t.person_id and d.day = ${due.day}::date)`),
  );
  let written = 0;
  for (const { id } of people)
    written += await services.database.write(SYSTEM, (writer) => mailDigest(services, writer, id, due));
  return written;
}

async function mailDigest(
  services: Services,
  writer: Writer,
  personId: string,
  { day, before }: ReturnType<typeof digestDue>,
): Promise<number> {
  const [begun] = await writer.rows(sql<{ day: string }>`
    insert into platform.digests (person_id, day, items, written_at)
    select ${personId}, ${day}::date, count(*) filter (where read_at is null), ${writer.now} from platform.notifications
    where person_id = ${personId} and way = 'digest' and digest_day is null and at < ${before}
    on conflict do nothing returning day`);
  if (!begun) return 0;
  const rows = await writer.rows(sql<Row & { read: boolean }>`
    select ${COLUMNS}, t.read_at is not null as read from ${FROM}
    where t.person_id = ${personId} and t.way = 'digest' and t.digest_day is null and t.at < ${before}
    order by t.at, t.id for update of t`);
  await sql`update platform.notifications set digest_day = ${day}::date where id = any (${rows.map(({ id }) => id)}::uuid[])`.execute(
    writer.db,
  );
  const [first, ...more] = rows.filter(({ read }) => !read);
  if (!first?.email) return 0;
  const mail = digestMail(partsFor(services, first), formatDate(day), [first, ...more].map(itemOf));
  await writer.mail({ kind: 'connect.digest', to: first.email, personId, ...mail });
  return 1;
}
