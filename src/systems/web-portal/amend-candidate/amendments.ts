/** Corrections of candidates' details as they are stored. */
import { sql } from 'kysely';
import type { Reader, Writer } from '#platform/database/database.ts';
import type { ReceivedFile } from '#platform/files/receive-form.ts';
import { NotFound } from '#platform/http/answers.ts';
import type { AmendmentAct, AmendmentState, Values } from './amendment-rule.ts';

export const AMENDMENTS = '/web-portal/amendments';
/** What people call it: "A-1001". */
export const amendmentNumber = (number: number): string => `A-${number}`;

export interface Amendment {
  readonly id: string;
  readonly number: number;
  readonly centreId: string;
  readonly centre: string;
  readonly candidateId: string;
  readonly candidateNumber: string;
  readonly candidateName: string;
  readonly before: Values;
  readonly after: Values;
  readonly reason: string;
  readonly state: AmendmentState;
  readonly askedAt: Date;
  readonly changedAt: Date;
}

export const AMENDMENT_ROW = sql`a.id, a.number, a.centre_id as "centreId", o.name || ', centre ' || o.number as centre,
  c.id as "candidateId", c.candidate_number as "candidateNumber", c.given_names || ' ' || c.family_name as "candidateName",
  a.before, a.after, a.reason, a.state, a.asked_at as "askedAt", a.state_changed_at as "changedAt"`;
export const AMENDMENT_FROM = sql`web_portal.candidate_amendments a
  join web_portal.candidates c on c.id = a.candidate_id
  join centres_hub.published_centres o on o.id = a.centre_id`;

/** One in the reader's scope; of one centre when `centreId` is given. NotFound else. */
export async function amendmentById(
  reader: Pick<Reader, 'rows'>,
  id: string,
  centreId: string | null,
): Promise<Amendment> {
  const [found] = await reader.rows(sql<Amendment>`select ${AMENDMENT_ROW} from ${AMENDMENT_FROM}
    where a.id = ${id} and (${centreId}::uuid is null or a.centre_id = ${centreId}::uuid)`);
  if (!found) throw new NotFound();
  return found;
}

export interface AmendmentEvent {
  readonly act: AmendmentAct | 'do' | 'ask';
  readonly at: Date;
  readonly side: 'centre' | 'body';
  /** Null where the reader is not told who: a centre reads of "the awarding body". */
  readonly name: string | null;
  readonly words: string;
}

/** What happened to it, oldest first. */
export async function amendmentEvents(
  reader: Pick<Reader, 'rows'>,
  id: string,
  forBody: boolean,
): Promise<AmendmentEvent[]> {
  const rows = await reader.rows(sql<AmendmentEvent>`
    select e.act, e.at, e.side, e.words,
      (select n.given_names || ' ' || n.family_name from accounts.published_people n where n.id = e.person_id) as name
    from web_portal.candidate_amendment_events e where e.amendment_id = ${id} order by e.at, e.id`);
  return rows.map((event) => (forBody || event.side === 'centre' ? event : { ...event, name: null }));
}

/** Adds to the history of a correction. */
export async function noteAmendment(
  writer: Writer,
  { id, centreId }: Pick<Amendment, 'id' | 'centreId'>,
  { act, side, words }: Pick<AmendmentEvent, 'act' | 'side' | 'words'>,
): Promise<void> {
  await writer.db
    .insertInto('web_portal.candidate_amendment_events')
    .values({
      amendment_id: id,
      centre_id: centreId,
      act,
      at: writer.now,
      person_id: writer.identity.personId,
      side,
      words,
    })
    .execute();
}

export interface AmendmentFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export function amendmentFiles(reader: Pick<Reader, 'rows'>, id: string): Promise<AmendmentFile[]> {
  return reader.rows(sql<AmendmentFile>`
    select f.id, f.name, f.bytes from web_portal.candidate_amendment_files f where f.amendment_id = ${id} order by f.id`);
}

/** Keeps evidence with a correction. */
export async function storeAmendmentFiles(
  writer: Writer,
  { id, centreId }: Pick<Amendment, 'id' | 'centreId'>,
  files: readonly ReceivedFile[],
): Promise<void> {
  for (const { name, kind, content, sha256 } of files)
    await writer.db
      .insertInto('web_portal.candidate_amendment_files')
      .values({
        amendment_id: id,
        centre_id: centreId,
        name,
        media_type: kind?.mediaType ?? 'application/octet-stream',
        bytes: content.length,
        sha256,
        content,
        added_at: writer.now,
        added_by: writer.identity.personId as string,
      })
      .execute();
}
