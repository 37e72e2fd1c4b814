/** Codes mailed to the address of a record, for a person who knows its number and birth date. */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Writer } from '#platform/database/database.ts';
import { Refused } from '#platform/http/answers.ts';
import { SYSTEM } from '#platform/permissions/principal.ts';
import type { Services } from '#platform/services.ts';
import { brand } from '#platform/settings/brand.ts';
import { linkAccount } from './account-links.ts';
import { TRIES } from './invitations.ts';
import { codeMail, linkedAlreadyMail } from './mails.ts';

/** Minutes that a code works. */
export const CODE_MINUTES = 30;

const hashOf = ({ keys }: Services, personId: string, code: string) =>
  createHmac('sha256', keys.sessions)
    .update(JSON.stringify(['candidate code', personId, code]))
    .digest();

/**
 * Mails a code to the address of the record when number and birth date are those of one record with an address; else
 * nothing is mailed. What the asker sees is the same. `writer` is the system's.
 */
export async function sendCode(
  writer: Writer,
  services: Services,
  asked: { readonly personId: string; readonly number: string; readonly birthDate: string },
): Promise<void> {
  const { personId, number, birthDate } = asked;
  const [found] = await writer.rows(sql<{ id: string; email: string | null; personId: string | null }>`
    select c.id, c.email, c.person_id as "personId" from web_portal.candidates c
    left join web_portal.former_candidates f on f.candidate_id = c.id and f.candidate_number = ${number}
    where c.merged_into is null and (c.candidate_number = ${number} or f.former_id is not null) and c.birth_date = ${birthDate}::date`);
  const mayLink = found?.email && (found.personId === null || found.personId === personId);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await writer.db
    .insertInto('web_portal.account_codes')
    .values({
      person_id: personId,
      candidate_id: mayLink ? found.id : null,
      code_hash: hashOf(services, personId, code),
      asked_at: writer.now,
      expires_at: new Date(writer.now.getTime() + CODE_MINUTES * 60_000),
    })
    .execute();
  if (!found?.email) return;
  const text = mayLink ? codeMail(brand, code, CODE_MINUTES) : linkedAlreadyMail(brand, services.settings.publicUrl);
  await writer.mail({ kind: 'web-portal.account-code', to: found.email, ...text });
}

/**
 * Links the record of the newest code that the person asked for. False when the code is wrong, was used, or is too old;
 * wrong ones are counted, and after five a new one has to be asked for. Throws Refused as `linkAccount` does.
 */
export async function useCode(
  writer: Writer,
  services: Services,
  given: { readonly personId: string; readonly code: string },
): Promise<boolean> {
  const { personId, code } = given;
  const asked = await writer.db
    .selectFrom('web_portal.account_codes')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!asked || asked.used_at || asked.expires_at <= writer.now || asked.wrong_tries >= TRIES) return false;
  if (asked.candidate_id === null || !timingSafeEqual(asked.code_hash, hashOf(services, personId, code))) {
    await writer.db
      .updateTable('web_portal.account_codes')
      .set({ wrong_tries: asked.wrong_tries + 1 })
      .where('id', '=', asked.id)
      .execute();
    return false;
  }
  await writer.db
    .updateTable('web_portal.account_codes')
    .set({ used_at: writer.now })
    .where('id', '=', asked.id)
    .execute();
  await linkAccount(writer, { candidateId: asked.candidate_id, personId, how: 'code' });
  return true;
}

/** Deletes the codes that ended a day ago: who asked about whom is nobody's business afterwards. */
export async function forgetCodes(services: Services): Promise<void> {
  await services.database.write(SYSTEM, ({ db, now }) =>
    db
      .deleteFrom('web_portal.account_codes')
      .where('expires_at', '<', new Date(now.getTime() - 86_400_000))
      .execute(),
  );
}

/** What is said of a code that does not fit. */
export const WRONG_CODE = new Refused([
  {
    field: 'code',
    message: `This code does not fit. Enter the 6 digits of the newest mail; a code works for ${CODE_MINUTES} minutes and takes ${TRIES} tries`,
  },
]);
