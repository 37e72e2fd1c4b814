/** The one way in which a candidate's details change after the entry. */
import { sql } from 'kysely';
import { holdersOf, mailableEmail } from '#accounts';
import type { Reader, Writer } from '#platform/database/database.ts';
import { NotFound, Refused } from '#platform/http/answers.ts';
import { brand } from '#platform/settings/brand.ts';
import { candidateAmended } from '../audit.ts';
import { addressChangedMail } from '../candidate-account/mails.ts';
import { nameKey, searchText } from '../names/names.ts';
import { candidateDetailsChanged } from '../notifications.ts';
import { AMENDED_FIELDS, type Changes, type Details, FIELD_NAMES } from './amendment-rule.ts';

const ASKED_ABOUT = 'Given before: the awarding body asks whose it is';

export interface StoredDetails extends Details {
  readonly id: string;
  readonly number: string;
}

const DETAILS = sql`c.id, c.candidate_number as number, c.given_names as "givenNames", c.family_name as "familyName",
  c.birth_date as "birthDate", c.uln, c.scottish_number as "scottishNumber", c.uln_absent_reason as "ulnAbsentReason", c.postcode, c.email`;

export async function detailsOf(reader: Pick<Reader, 'rows'>, candidateId: string): Promise<StoredDetails> {
  const [found] = await reader.rows(sql<StoredDetails>`
    select ${DETAILS} from web_portal.candidates c where c.id = ${candidateId} and c.merged_into is null`);
  if (!found) throw new NotFound();
  return found;
}

/** The same, locked until the end of the transaction: two corrections of one record wait for each other. */
export async function lockDetails(writer: Writer, candidateId: string): Promise<StoredDetails> {
  await writer.rows(sql`select id from web_portal.candidates where id = ${candidateId} for update`);
  return detailsOf(writer, candidateId);
}

/** Refused when a field is no longer what it was when the correction was written; says what it is now. */
export function refuseChanged(now: Details, { before }: Changes): void {
  const changed = FIELD_NAMES.filter((field) => field in before && now[field] !== before[field]);
  if (changed.length === 0) return;
  throw new Refused(
    `The record changed meanwhile: ${changed.map((field) => `${AMENDED_FIELDS[field]} is now ${now[field] ?? 'empty'}`).join(', ')}. Look at it again`,
  );
}

/**
 * Writes a correction to a locked record, as the product or the awarding body: with its searched line, an entry of the
 * audit at the centre that asked, and word to the other centres of the candidate and to the address it had. A learner number that another record holds
 * is set aside, and each record that it makes alike becomes a question for the awarding body, as at an entry.
 */
export async function applyAmendment(
  writer: Writer,
  stored: StoredDetails,
  amendment: Changes & { readonly id: string; readonly centreId: string; readonly how: 'done' | 'granted' },
): Promise<void> {
  const { centreId } = amendment;
  const asked: Details = { ...stored, ...(amendment.after as Partial<Details>) };
  for (const number of [asked.uln && `uln:${asked.uln}`, asked.scottishNumber && `scn:${asked.scottishNumber}`])
    if (number) await writer.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`web-portal.${number}`}, 0))`);
  const key = nameKey(asked.givenNames, asked.familyName);
  const alike = await writer.rows(sql<Alike>`
    select k.id, k.candidate_number as number, k.uln = ${asked.uln} as uln, k.scottish_number = ${asked.scottishNumber} as scottish,
      k.name_key = ${key} as name, k.birth_date = ${asked.birthDate}::date as birth
    from web_portal.candidates k where k.merged_into is null and k.id <> ${stored.id}
      and ((k.name_key = ${key} and k.birth_date = ${asked.birthDate}::date) or k.uln = ${asked.uln} or k.scottish_number = ${asked.scottishNumber})`);
  const uln = alike.some((one) => one.uln) ? stored.uln : asked.uln;
  const scottish = alike.some((one) => one.scottish) ? stored.scottishNumber : asked.scottishNumber;
  const kept: Details = {
    ...asked,
    uln,
    scottishNumber: scottish,
    ulnAbsentReason: uln === null && scottish === null ? (asked.ulnAbsentReason ?? ASKED_ABOUT) : null,
  };
  await writer.db
    .updateTable('web_portal.candidates')
    .set({
      given_names: kept.givenNames,
      family_name: kept.familyName,
      birth_date: kept.birthDate,
      uln: kept.uln,
      scottish_number: kept.scottishNumber,
      uln_absent_reason: kept.ulnAbsentReason,
      postcode: kept.postcode,
      email: kept.email,
      name_key: key,
      search_text: searchText({ ...kept, candidateNumber: stored.number }),
    })
    .where('id', '=', stored.id)
    .execute();
  await askAbout(writer, stored, asked, centreId, alike);
  await writer.audit(
    candidateAmended,
    { kind: 'candidate', id: stored.id },
    {
      candidateNumber: stored.number,
      amendmentId: amendment.id,
      fields: Object.keys(amendment.after),
      how: amendment.how,
    },
    centreId,
  );
  await tellOthers(writer, stored, centreId);
  await tellFormerAddress(writer, stored.email, kept.email);
}

/** The address leads to the own account: whoever had it learns that it leads there no longer. */
async function tellFormerAddress(writer: Writer, before: string | null, now: string | null): Promise<void> {
  if (before === null || before === now || !mailableEmail.safeParse(before).success) return;
  await writer.mail({ kind: 'web-portal.address-changed', to: before, ...addressChangedMail(brand) });
}

interface Alike {
  id: string;
  number: string;
  uln: boolean | null;
  scottish: boolean | null;
  name: boolean;
  birth: boolean;
}

/** Nobody is asked again about two records of which it was decided, or is asked, already. */
async function askAbout(
  writer: Writer,
  stored: StoredDetails,
  asked: Details,
  centreId: string,
  alike: readonly Alike[],
): Promise<void> {
  for (const one of alike) {
    const agrees = [one.name && 'name', one.birth && 'birth_date', one.uln && 'uln', one.scottish && 'scottish_number'];
    await writer.rows(sql`
      insert into web_portal.identity_questions (centre_id, candidate_id, other_id, candidate_number, other_number, source, agrees,
        centre_says, uln_set_aside, scottish_number_set_aside, asked_at, asked_by)
      select ${centreId}, ${stored.id}, ${one.id}, ${stored.number}, ${one.number}, 'entry', ${agrees.filter(Boolean)}::text[], 'not_asked',
        ${one.uln ? asked.uln : null}, ${one.scottish ? asked.scottishNumber : null}, ${writer.now}, ${writer.identity.personId}
      where not exists (select from web_portal.identity_questions q where q.state in ('open', 'another')
        and ${stored.id}::uuid in (q.candidate_id, q.other_id) and ${one.id}::uuid in (q.candidate_id, q.other_id))`);
  }
}

/** The other centres of the candidate learn that details changed; the page says which. */
async function tellOthers(writer: Writer, stored: StoredDetails, centreId: string): Promise<void> {
  const centres = await writer.rows(sql<{ id: string }>`
    select j.centre_id as id from web_portal.centre_candidates j where j.candidate_id = ${stored.id} and j.centre_id <> ${centreId}`);
  for (const { id } of centres)
    await writer.notify({
      kind: candidateDetailsChanged,
      personIds: await holdersOf(writer, id, ['coordinator', 'administrator']),
      subject: `Details of candidate ${stored.number} were corrected`,
      body: 'Another centre of the candidate has corrected the record that both use. Its page says which details changed.',
      href: `/web-portal/candidates/${stored.id}`,
      organisationId: id,
    });
}
