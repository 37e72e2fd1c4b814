import { sql } from 'kysely';
import { dayInLondon } from '#platform/clock/day-in-london.ts';
import { Refused } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { changeTransfer } from './change-transfer.ts';

/** Ends what nobody answered by its last day, each in a transaction of its own. */
export async function expireTransfers(services: Services): Promise<void> {
  const due = await services.database.read(SYSTEM, (reader) =>
    reader.rows(sql<{ id: string }>`
      select id from web_portal.transfers where state = 'asked' and answer_by < ${dayInLondon(reader.now)}::date order by id`),
  );
  for (const { id } of due) {
    try {
      await services.database.write(SYSTEM, (writer) =>
        changeTransfer(writer, { id, act: 'expire', centreId: null, words: '', seen: '' }),
      );
    } catch (error) {
      // Answered or taken back at this very moment: that counts.
      if (!(error instanceof Refused)) throw error;
    }
  }
}
