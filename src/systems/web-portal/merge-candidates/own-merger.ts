/** What of the Web Portal moves when two candidate records become one: centres, registrations, arrangements, numbers. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import { plural } from '#ui';
import { type RegistrationState, STATE_WORDS } from '../registration-state/registration-state.ts';
import type { CandidateMerge, CandidateMerger } from './merger.ts';

type Rows = Pick<Reader, 'rows'>;

async function preview(reader: Rows, { mergedId }: CandidateMerge): Promise<string[]> {
  const centres = await reader.rows(sql<{ words: string }>`
    select o.name || ' (' || o.number || ')' as words from web_portal.centre_candidates j
    join centres_hub.published_centres o on o.id = j.centre_id where j.candidate_id = ${mergedId} order by o.number`);
  const registrations = await reader.rows(sql<{
    title: string;
    state: RegistrationState;
    units: number;
    centre: string;
  }>`
    select p.title, r.state, o.number as centre,
      (select count(*)::int from web_portal.unit_achievements a where a.registration_id = r.id) as units
    from web_portal.registrations r join products.published_products p on p.id = r.product_id
    join centres_hub.published_centres o on o.id = r.centre_id
    where r.candidate_id = ${mergedId} order by r.registered_at`);
  const [arrangements] = await reader.rows(sql<{ count: number }>`
    select count(*)::int as count from web_portal.access_arrangements a where a.candidate_id = ${mergedId} and a.ended_at is null`);
  return [
    ...centres.map(({ words }) => `Candidate of ${words}`),
    ...registrations.map(
      ({ title, state, units, centre }) =>
        `Registration for ${title} at centre ${centre}, ${STATE_WORDS[state].toLowerCase()}, ${plural(units, 'unit')} achieved`,
    ),
    ...(arrangements?.count ? [plural(arrangements.count, 'access arrangement')] : []),
  ];
}

async function obstacles(reader: Rows, { keptId, mergedId }: CandidateMerge): Promise<string[]> {
  const twice = await reader.rows(sql<{ title: string; kept: string; merged: string }>`
    select p.title, ok.number as kept, om.number as merged
    from web_portal.registrations k
    join web_portal.registrations m on m.product_id = k.product_id and m.state = 'active' and m.candidate_id = ${mergedId}
    join products.published_products p on p.id = k.product_id
    join centres_hub.published_centres ok on ok.id = k.centre_id
    join centres_hub.published_centres om on om.id = m.centre_id
    where k.candidate_id = ${keptId} and k.state = 'active' order by p.title`);
  const arrangements = await reader.rows(sql<{ number: string }>`
    select o.number from web_portal.access_arrangements k
    join web_portal.access_arrangements m on m.centre_id = k.centre_id and m.ended_at is null and m.candidate_id = ${mergedId}
    join centres_hub.published_centres o on o.id = k.centre_id
    where k.candidate_id = ${keptId} and k.ended_at is null order by o.number`);
  const corrections = await reader.rows(sql<{ number: string }>`
    select 'A-' || a.number as number from web_portal.candidate_amendments a
    where a.candidate_id in (${keptId}, ${mergedId}) and a.state = 'asked' order by a.number`);
  const accounts = await reader.rows(sql<{ two: boolean }>`
    select k.person_id <> m.person_id as two from web_portal.candidates k, web_portal.candidates m
    where k.id = ${keptId} and m.id = ${mergedId}`);
  return [
    ...twice.map(
      ({ title, kept, merged }) =>
        `Both records have a registration in progress for ${title} (centres ${kept} and ${merged}). One of them must be withdrawn or transferred first`,
    ),
    ...arrangements.map(
      ({ number }) =>
        `Both records have an access arrangement in force at centre ${number}. One of them must end first, or be replaced by a request`,
    ),
    ...corrections.map(({ number }) => `Correction ${number} of one of the records is not decided. Decide it first`),
    ...(accounts[0]?.two
      ? ['The records belong to two accounts. Merge the two people under People first, then these records']
      : []),
  ];
}

/** What goes to the record that stays. */
const MOVED = [
  'web_portal.registrations',
  'web_portal.access_arrangements',
  'web_portal.candidate_amendments',
  'web_portal.registration_drafts',
] as const;

async function move(writer: Writer, { keptId, mergedId }: CandidateMerge): Promise<void> {
  const { db } = writer;
  await writer.rows(sql`
    insert into web_portal.centre_candidates (centre_id, candidate_id, centre_reference, how, joined_at, joined_by)
    select j.centre_id, ${keptId}::uuid, j.centre_reference, 'merged', j.joined_at, j.joined_by
    from web_portal.centre_candidates j where j.candidate_id = ${mergedId}
    on conflict do nothing`);
  for (const table of MOVED) {
    await db.updateTable(table).set({ candidate_id: keptId }).where('candidate_id', '=', mergedId).execute();
  }
  await db.deleteFrom('web_portal.centre_candidates').where('candidate_id', '=', mergedId).execute();
  await moveDetails(writer, keptId, mergedId);
}

/** Learner numbers, address and account: the record that stays keeps its own and takes the other's where it has none. */
async function moveDetails({ db }: Writer, keptId: string, mergedId: string): Promise<void> {
  const read = (id: string) =>
    db
      .selectFrom('web_portal.candidates')
      .select([
        'candidate_number',
        'person_id',
        'uln',
        'scottish_number',
        'uln_absent_reason',
        'postcode',
        'email',
        'search_text',
      ])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  const [kept, merged] = [await read(keptId), await read(mergedId)];
  // A learner number is held by one record: first off the merged one, then to the other.
  await db
    .updateTable('web_portal.candidates')
    .set({
      uln: null,
      scottish_number: null,
      uln_absent_reason: `Merged into ${kept.candidate_number}`,
      person_id: null,
      merged_into: keptId,
    })
    .where('id', '=', mergedId)
    .execute();
  const [uln, scottish] = [kept.uln ?? merged.uln, kept.scottish_number ?? merged.scottish_number];
  const taken = [kept.uln === null && merged.uln, kept.scottish_number === null && merged.scottish_number];
  await db
    .updateTable('web_portal.candidates')
    .set({
      uln,
      scottish_number: scottish,
      uln_absent_reason: uln === null && scottish === null ? kept.uln_absent_reason : null,
      person_id: kept.person_id ?? merged.person_id,
      postcode: kept.postcode ?? merged.postcode,
      email: kept.email ?? merged.email,
      search_text: [kept.search_text, ...taken].filter(Boolean).join(' '),
    })
    .where('id', '=', keptId)
    .execute();
  await db
    .updateTable('web_portal.former_candidates')
    .set({ candidate_id: keptId })
    .where('candidate_id', '=', mergedId)
    .execute();
  await db
    .insertInto('web_portal.former_candidates')
    .values({ former_id: mergedId, candidate_number: merged.candidate_number, candidate_id: keptId })
    .execute();
}

export const ownMerger: CandidateMerger = { preview, obstacles, move };
