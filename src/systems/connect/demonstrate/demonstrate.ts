import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import type { Writer } from '#platform/database/database.ts';
import { type PersonPrincipal, SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { allProducts } from '#products';
import { notices, type PlannedNotice } from '../../../../content/demonstration/notices.ts';
import { draftNotice, publishNotice } from '../notices/move-notice.ts';

const DAY = 86_400_000;

/** Notices of the awarding body, some of them read and confirmed, by the same actions as the pages. */
export async function demonstrate(services: Services): Promise<void> {
  const people = new Map(
    (
      await services.database.read(SYSTEM, (reader) =>
        reader.rows(
          sql<{ id: string; email: string }>`select id, email from accounts.published_people where email is not null`,
        ),
      )
    ).map(({ id, email }) => [email, id]),
  );
  const products = await services.database.read(SYSTEM, allProducts);
  for (const planned of notices) {
    const writerId = people.get(planned.writtenBy);
    const productId = products.find(({ code }) => code === planned.product)?.id ?? null;
    if (!writerId || (planned.reach === 'product' && !productId)) continue;
    const id = await services.database.write({ kind: 'system', personId: writerId }, async (writer) =>
      write(at(writer, planned.daysAgo), planned, productId),
    );
    for (const email of planned.readBy ?? []) await read(services, people.get(email), id, planned, false);
    for (const email of planned.confirmedBy ?? []) await read(services, people.get(email), id, planned, true);
  }
  await services.database.write(SYSTEM, async ({ db, now }) => {
    // Nobody is mailed of what happened before there was anybody.
    await db
      .updateTable('platform.notifications')
      .set({ mailed_at: now })
      .where('way', 'in', ['mail', 'both'])
      .where('mailed_at', 'is', null)
      .execute();
  });
}

const at = (writer: Writer, daysAgo: number): Writer => ({
  ...writer,
  now: new Date(writer.now.getTime() - daysAgo * DAY),
});

async function write(writer: Writer, planned: PlannedNotice, productId: string | null): Promise<string> {
  const { title, body, reach, roles, acknowledgeWords = null, daysLeft } = planned;
  const id = await draftNotice(writer, {
    title,
    body,
    reach,
    roles,
    productId,
    showsFrom: dayInLondon(writer.now),
    showsUntil:
      daysLeft === undefined ? null : dayInLondon(new Date(writer.now.getTime() + (planned.daysAgo + daysLeft) * DAY)),
    acknowledgeWords,
    correction: null,
    renewed: true,
  });
  if (!planned.draft) await publishNotice(writer, id);
  return id;
}

/** In the scope of the reader, a day after it was published. */
async function read(
  services: Services,
  personId: string | undefined,
  noticeId: string,
  { daysAgo, acknowledgeWords }: PlannedNotice,
  confirm: boolean,
): Promise<void> {
  if (!personId) return;
  await services.database.write(
    readerOf(personId, services),
    async (own) => {
      const { db, now } = at(own, Math.max(daysAgo - 1, 0));
      const row = { notice_id: noticeId, person_id: personId, version: 1 };
      await db
        .insertInto('connect.notice_readings')
        .values({ ...row, read_at: now })
        .execute();
      if (confirm && acknowledgeWords)
        await db
          .insertInto('connect.notice_acknowledgements')
          .values({ ...row, words: acknowledgeWords, acknowledged_at: now })
          .execute();
      await db
        .updateTable('platform.notifications')
        .set({ read_at: now })
        .where('person_id', '=', personId)
        .where('href', '=', `/notices/${noticeId}`)
        .execute();
    },
    { capability: 'connect.notices' },
  );
}

/** Somebody who does nothing but read. */
const readerOf = (personId: string, { clock }: Services): PersonPrincipal => ({
  kind: 'person',
  personId,
  sessionHash: Buffer.alloc(0),
  givenNames: '',
  familyName: '',
  username: '',
  email: null,
  confirmedAt: clock.now(),
  sessionEnd: { at: new Date('2100-01-01T00:00:00Z'), final: false },
  organisations: [],
  acting: null,
  secondFactor: { setUp: false, given: false, required: false },
  capabilities: new Set(['connect.notices']),
});
